"""Where does the authority's own system take notices, and how does the post stand?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from notifications import health
from notifications.delivery import endpoints as acting
from notifications.delivery import outbox
from notifications.models import Endpoint
from web.access import operation, own, showing
from web.forms.endpoint import AgreeForm, EndEndpointForm, EndpointForm, ProofForm, RotateForm
from web.presenters import endpoint as presented
from web.presenters.elements import Row
from web.views.answers import back_to, page, paged, sent_in

SHOWN_ONCE = "Put this secret in place in your system now: it is shown this once, and is kept where nobody can read it."
SEND_CHALLENGES = "notifications.tasks.send_challenges"


@operation("endpoints.read")
def endpoints(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, Endpoint.objects.order_by("-added_at", "id")))
    showing("endpoints.read", "endpoint", [one.id for one in found])
    return page(request, "endpoints", title="Our own systems", found=found, table=presented.table(found))


@operation("endpoints.read")
def endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    found = _found(request, endpoint_id)
    showing("endpoints.read", "endpoint", [found.id])
    rows = presented.rows(found, at=now())
    back = back_to("Our own systems", "endpoints")
    return page(request, "endpoint", title="A system of ours", endpoint=found, rows=rows, back=back)


@operation("endpoints.add", methods=("GET", "POST"))
def new_endpoint(request: HttpRequest) -> HttpResponse:
    form = EndpointForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(acting.propose, url=form.cleaned_data["url"], by=request.actor, at=now())
        if made:
            return _with_secret(request, *made)
    lead = "A second person has to agree before any notice goes there, after your system has proved itself."
    return page(
        request,
        "form",
        title="Add a system of ours",
        form=form,
        lead=lead,
        back=back_to("Our own systems", "endpoints"),
    )


@operation("endpoints.prove", methods=("GET", "POST"))
def prove(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    found = _found(request, endpoint_id)
    if request.method == "POST":
        acting.ask_for_proof(found.id, by=request.actor, at=now())
        outbox.nudge_on_commit(SEND_CHALLENGES)
        messages.success(request, "The challenge is on its way. Look here again in a few seconds.")
        return redirect("endpoint", endpoint_id=found.id)
    lead = "Your system gets a challenge, and answers with what only the secret’s holder can work out."
    return _form(request, found, ProofForm(), title="Have the system prove itself", lead=lead)


@operation("endpoints.agree", methods=("GET", "POST"))
def agree(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    found = _found(request, endpoint_id)
    form = AgreeForm(sent_in(request))
    if request.method == "POST" and form.carry_out(acting.agree, endpoint_id=found.id, by=request.actor, at=now()):
        messages.success(request, "Notices that are sent from now on go there too.")
        return redirect("endpoint", endpoint_id=found.id)
    lead = "Agree only if this is your authority’s own system: it is told that notices wait, and nothing about a child."
    return _form(request, found, form, title="Agree to this address", lead=lead)


@operation("endpoints.rotate", methods=("GET", "POST"))
def rotate(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    found = _found(request, endpoint_id)
    form = RotateForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        secret = form.carry_out(
            acting.rotate, endpoint_id=found.id, overlap=form.overlap_asked, by=request.actor, at=now()
        )
        if secret:
            return _with_secret(request, found, secret)
    return _form(request, found, form, title="Change the secret")


@operation("endpoints.end", methods=("GET", "POST"))
def end(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    found = _found(request, endpoint_id)
    form = EndEndpointForm(sent_in(request))
    if request.method == "POST" and form.carry_out(acting.end, endpoint_id=found.id, by=request.actor, at=now()):
        messages.success(request, "Nothing more is sent there. Notices stand in the inbox.")
        return redirect("endpoint", endpoint_id=found.id)
    lead = "What is still waiting to be sent there becomes a task of whoever sent it."
    return _form(request, found, form, title="End this address", lead=lead)


@operation("health.read")
def health_board(request: HttpRequest) -> HttpResponse:
    table = presented.board(health.board())
    lead = "A notice that waits is in its recipient’s inbox all the same. Nobody is late for not having replied."
    return page(request, "plain_table", title="How the post stands", table=table, lead=lead)


def _found(request: HttpRequest, endpoint_id: UUID) -> Endpoint:
    return own(request, Endpoint.objects.all()).get(id=endpoint_id)


def _form(request: HttpRequest, found: Endpoint, form, *, title: str, lead: str = "") -> HttpResponse:
    rows = (Row("Address", found.url),)
    back = back_to("The system", "endpoint", endpoint_id=found.id)
    return page(request, "form", title=title, form=form, lead=lead, rows=rows, back=back)


def _with_secret(request: HttpRequest, made: Endpoint, secret: str) -> HttpResponse:
    rows = (Row("Address", made.url), Row("Secret", secret))
    back = back_to("The system", "endpoint", endpoint_id=made.id)
    return page(request, "secret", title="The secret of your system", rows=rows, lead=SHOWN_ONCE, back=back)
