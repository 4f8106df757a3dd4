"""What worries people about the exploitation of a child, and how is that assessed and closed?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from placements.actions import concerns as actions
from placements.exceptions import ConcernNotFound
from placements.models import Concern
from placements.overlay import ledger
from web.access import operation, own, showing
from web.forms.concern import AssessmentForm, CloseConcernForm
from web.presenters import concern as presented
from web.presenters.elements import Link
from web.views.answers import back_to, page, sent_in
from web.views.children import own_child


@operation("concerns.read")
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    found = own_concern(request, concern_id)
    showing("concerns.read", "concern", [found.id])
    return page(
        request,
        "concern",
        title="A concern about exploitation",
        back=back_to("The child", "child", child_id=found.child_id),
        concern=found,
        rows=presented.rows(found, today()),
        assessments=presented.assessments(found),
    )


@operation("concerns.write", methods=("GET", "POST"))
def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = own_child(request, child_id)
    form = AssessmentForm(sent_in(request), initial={"assessed_on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"child_id": child.id, "by": request.actor, "at": now()}
        made = form.carry_out(actions.raise_concern, **form.cleaned_data, **arguments)
        if made:
            messages.success(request, "The concern is recorded.")
            return redirect("concern", concern_id=made.id)
    back = back_to("The child", "child", child_id=child.id)
    return page(request, "form", title="Record a concern about exploitation", form=form, back=back)


@operation("concerns.write", methods=("GET", "POST"))
def assess(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    found = own_concern(request, concern_id)
    form = AssessmentForm(sent_in(request), initial={"assessed_on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"concern_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.assess_concern, **form.cleaned_data, **arguments):
            messages.success(request, "The assessment is saved.")
            return redirect("concern", concern_id=found.id)
    return page(request, "form", title="Look at a concern again", form=form, back=_back(found))


@operation("concerns.write", methods=("GET", "POST"))
def close(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    found = own_concern(request, concern_id)
    form = CloseConcernForm(actions.supervisors(request.actor.authority_id, on=today()), sent_in(request))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        arguments = {"concern_id": found.id, "supervisor_id": UUID(given.pop("supervisor")), **given}
        if form.carry_out(actions.close_concern, **arguments, by=request.actor, at=now()):
            messages.success(request, "The concern is closed, and stays to be read.")
            return redirect("concern", concern_id=found.id)
    return page(request, "form", title="Close a concern", form=form, back=_back(found))


def own_concern(request: HttpRequest, concern_id: UUID) -> Concern:
    """A concern of the authority acted for; another's and an absent one are the same."""
    rows = ledger.with_assessments(Concern.objects.filter(id=concern_id).select_related("child"))
    found = own(request, rows).first()
    if found is None:
        raise ConcernNotFound
    return found


def _back(concern: Concern) -> Link:
    return back_to("The concern", "concern", concern_id=concern.id)
