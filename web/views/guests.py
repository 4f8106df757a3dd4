"""How is a document given to somebody without an account, and what does a guest see? Nothing before the code."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.acting import acting_for, service
from db.clock import now, today
from notifications import documents
from notifications.directory import directory
from notifications.guests import guest_callers, guests, outside_answers
from notifications.models import GuestDoor
from placements.place import grants
from web import callers
from web.access import operation
from web.forms.notice import CodeForm, GuestForm, ReadForm, TelephoneForm
from web.presenters import guest as guest_words
from web.presenters import notice as presented
from web.presenters.directory import numbers as numbers_as_choices
from web.views.answers import back_to, page, sent_in

PURPOSE = "guest link"
SESSION_KEY = "guest"
# Long enough to read a notice; whoever comes later types the code again, which is kept again.
READING = timedelta(minutes=30)
NO_DOOR, CLOSED = "This link leads nowhere", "This link is closed"
WAIT = "Too many tries came from where you are: wait an hour"


@operation("guests.invite", methods=("GET", "POST"))
def invite(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Make a link and a code; both are shown this once."""
    found = grants.documents_sent(by=request.actor, at=now()).get(id=document_id)
    numbers = numbers_as_choices(directory.uses_of_numbers(found.recipient_id, today()))
    form = GuestForm(numbers, sent_in(request))
    back = back_to("The notice", "sent_notice", document_id=found.id)
    if request.method == "POST" and form.is_valid():
        arguments = {"document_id": found.id, "number": form.cleaned_data["number"]}
        made = form.carry_out(guests.invite, **arguments, by=request.actor, at=now())
        if made:
            link = request.build_absolute_uri(reverse("guest", args=[made.token]))
            shown = {"link": link, "code": guest_words.spoken(made.code), "made": made.link}
            return page(request, "guest_made", title="The link and the code", back=back, document=found, **shown)
    title = f"Give {found.reference} to somebody without an account"
    return page(request, "guest_invite", title=title, form=form, back=back, numbers=numbers)


@operation("notices.key_acknowledgement", methods=("GET", "POST"))
def by_telephone(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Key what was said on the telephone: shown as such ever after."""
    found = grants.documents_sent(by=request.actor, at=now()).get(id=document_id)
    numbers = numbers_as_choices(directory.uses_of_numbers(found.recipient_id, today()))
    form = TelephoneForm(sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        arguments = {name: said[name] for name in ("person", "post", "telephone")}
        keyed = form.carry_out(
            outside_answers.key_acknowledgement,
            document_id=found.id,
            said_at=form.said_at,
            **arguments,
            by=request.actor,
            at=now(),
        )
        if keyed:
            messages.success(request, f"Recorded: {keyed.person} has read {found.reference}, said by telephone.")
            return redirect("sent_notice", document_id=found.id)
    title = f"Record that {found.reference} was read, said by telephone"
    back = back_to("The notice", "sent_notice", document_id=found.id)
    on_file = "; ".join(words for _, words in numbers)
    lead = f"On file: {on_file}." if numbers else "No number of this authority is on file."
    return page(request, "form", title=title, form=form, lead=lead, back=back)


@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The code is asked; then the one document is shown, with the place for a name and a post."""
    caller = callers.address_of(request)
    door = guests.door(token)
    if door is None:
        guest_callers.knocked_in_vain(caller, at=now())
        return page(request, "guest_closed", title=NO_DOOR)
    with acting_for(service(door.authority_id), PURPOSE):
        if _is_reading(request, door):
            return _document(request, door, ReadForm())
        if not guest_callers.may_knock(caller, at=now()):
            return _has_to_wait(request)
        form = CodeForm(sent_in(request))
        if request.method == "POST" and form.is_valid():
            outcome = guests.knock(link_id=door.link_id, code=form.cleaned_data["code"], at=now())
            if outcome is guests.Outcome.OPENED:
                until = now() + READING
                # Whoever knew this browser's session before the code was typed does not know the one after it.
                request.session.cycle_key()
                request.session[SESSION_KEY] = {"door": door.digest, "until": until.isoformat()}
                return redirect("guest", token=token)
            guest_callers.knocked_in_vain(caller, at=now())
            if outcome is guests.Outcome.CLOSED:
                return page(request, "guest_closed", title=CLOSED)
            form.add_error("code", "This is not the code. After five wrong ones the link closes. Ring whoever sent it.")
        return page(request, "guest", title="A document waits for you", form=form)


@require_http_methods(["POST"])
def read(request: HttpRequest, token: str) -> HttpResponse:
    """A typed name and post: a person has read it."""
    door = guests.door(token)
    if door is None:
        return page(request, "guest_closed", title=NO_DOOR)
    with acting_for(service(door.authority_id), PURPOSE):
        if not _is_reading(request, door):
            return redirect("guest", token=token)
        form = ReadForm(request.POST)
        if form.is_valid() and form.carry_out(guests.acknowledge, link_id=door.link_id, **form.cleaned_data, at=now()):
            messages.success(request, "Thank you. Whoever sent it sees that you have read it.")
            return redirect("guest", token=token)
        return _document(request, door, form)


def _has_to_wait(request: HttpRequest) -> HttpResponse:
    answer = page(request, "guest_waits", title=WAIT)
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer


def _is_reading(request: HttpRequest, door: GuestDoor) -> bool:
    """Whether this browser opened this link with its code a short while ago."""
    held = request.session.get(SESSION_KEY, {})
    return held.get("door") == door.digest and now() < datetime.fromisoformat(held["until"])


def _document(request: HttpRequest, door: GuestDoor, form: ReadForm) -> HttpResponse:
    found = guests.shown(door.link_id, at=now())
    if found is None:
        return page(request, "guest_closed", title=CLOSED)
    # Whoever made the link could read the document.
    document = documents.sent(door.authority_id, open_matters=[found.subject_id]).get(id=found.id)
    return page(
        request,
        "guest_document",
        title="The document",
        form=form,
        rows=presented.rows(document),
        body=presented.told(document),
        answered=any(one.fact == "acknowledged" for one in document.facts.all()),
        action=reverse("guest_read", args=[request.resolver_match.kwargs["token"]]),
    )
