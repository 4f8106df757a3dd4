"""How does an approver decide, how is a decision taken on the telephone recorded, and how is it confirmed?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from placements.actions import approvals as actions
from placements.actions import considered
from placements.approving import approvals, approvers
from placements.exceptions import ApprovalNotFound, DecidedAlready
from placements.models import Approval
from web.access import operation, own, showing
from web.forms.approval import ConfirmForm, DecisionForm, GatherForm, RecordedDecisionForm
from web.presenters import approval as presented
from web.presenters import dates
from web.views.answers import back_to, page, sent_in


@operation("approvals.gather", methods=("GET", "POST"))
def gather(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """What there is for each thing that the approver must be satisfied of, written down before anybody decides."""
    found = _waiting(request, approval_id)
    items = approvals.items(found, {}, at=now())
    form = GatherForm(items, approvals.gathered(found, at=now()), sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"approval_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(considered.gather, answers=form.answers, **arguments):
            messages.success(request, "It is written down. Whoever decides sees it item by item.")
            return redirect("placement", placement_id=found.placement_id)
    return _decision_page(request, found, items, form, title="What there is for the approver")


@operation("approvals.decide", methods=("GET", "POST"))
def decide(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Each thing that the approver must be satisfied of, with its evidence as it stands now; then yes or no."""
    found = _waiting(request, approval_id)
    items = approvals.items(found, {}, at=now())
    form = DecisionForm(items, sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"approval_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.decide, **form.decided, **arguments):
            messages.success(request, "Your decision is recorded.")
            return redirect("placement", placement_id=found.placement_id)
    return _decision_page(request, found, items, form, title="Approve or decline a placement")


@operation("approvals.record", methods=("GET", "POST"))
def record(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """A decision that somebody took on the telephone: when they took it and when it is written down, kept apart."""
    found = _waiting(request, approval_id)
    items = approvals.items(found, {}, at=now())
    deciders = approvers.who_may(found.grade, authority_id=found.authority_id, at=now())
    form = RecordedDecisionForm(deciders, items, sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"approval_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.decide, **form.decided, **arguments):
            messages.success(request, "It is recorded. Whoever decided is asked to confirm it.")
            return redirect("placement", placement_id=found.placement_id)
    return _decision_page(request, found, items, form, title="Record a decision taken by telephone")


@operation("approvals.confirm", methods=("GET", "POST"))
def confirm(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    found = own(request, _rows().filter(id=approval_id, decider_id=request.actor.person_id)).first()
    if found is None or not found.decision:
        raise ApprovalNotFound
    showing("approvals.confirm", "approval", [found.id])
    form = ConfirmForm(sent_in(request))
    given = {"approval_id": found.id, "by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(actions.confirm, **given):
        messages.success(request, "You have confirmed it.")
        return redirect("placement", placement_id=found.placement_id)
    return page(
        request,
        "approval",
        title="Confirm a decision recorded for you",
        form=form,
        back=_back(found),
        rows=presented.rows(found),
        evidence=presented.decided_on(found),
        lead=f"{found.recorded_by} recorded this for you. If it is not what you decided, tell them: it is not confirmed.",
    )


def _waiting(request: HttpRequest, approval_id: UUID) -> Approval:
    """An approval that waits for its decision; one decided meanwhile says by whom."""
    found = own(request, _rows().filter(id=approval_id, superseded_at=None)).first()
    if found is None:
        raise ApprovalNotFound
    if found.decision:
        when = dates.instant(found.decided_at)
        raise DecidedAlready(f"{found.get_decision_display()} by {found.decided_by} on {when}.")
    showing("approvals.read", "approval", [found.id])
    return found


def _decision_page(request: HttpRequest, found: Approval, items, form: DecisionForm, *, title: str) -> HttpResponse:
    return page(
        request,
        "approval",
        title=title,
        form=form,
        back=_back(found),
        rows=presented.rows(found),
        evidence=presented.evidence(items, approvals.gathered(found, at=now())),
    )


def _rows():
    return Approval.objects.select_related("placement__child", "placement__authority")


def _back(approval: Approval):
    return back_to("The placement", "placement", placement_id=approval.placement_id)
