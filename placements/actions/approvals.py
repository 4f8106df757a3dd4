"""How is an approval given or declined, by whom, and how is it recorded for somebody who said it on the telephone?"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from accounts.models import User
from audit import log
from duties.actions import meet, raise_duties
from placements import states
from placements.approving import approvals, approvers
from placements.events import write_event
from placements.exceptions import (
    ApprovalNotFound,
    DecidedAlready,
    InvalidTransition,
    RequirementsNotMet,
    UnreadableField,
)
from placements.models import Approval, Placement
from placements.owed import calendar, found_again, obligations
from placements.place import verdicts
from placements.rules.finding import Finding
from placements.rules.satisfied_of import Answer, Item, not_yet
from placements.rules.written_times import moment_in_words
from placements.telling import completeness, not_going_ahead

Decision = Approval.Decision
Status = Placement.Status


@transaction.atomic
def decide(
    *,
    approval_id: UUID,
    decision: str,
    answers: Mapping[str, Answer],
    words: str = "",
    decider_id: UUID | None = None,
    decided_at: datetime | None = None,
    is_by_telephone: bool = False,
    by: Actor,
    at: datetime,
) -> Approval:
    """Record the decision of the grade that is asked, taken by `by`, or by `decider_id` and recorded by `by`.

    Approving needs evidence or a reason for each thing that the approver must be satisfied of; declining says why.
    A decision recorded for somebody else becomes a duty of that person: to confirm it. Raises NotPermitted,
    ApprovalNotFound, DecidedAlready (somebody was first), InvalidTransition (the plan is off), NotTheRightGrade,
    RequirementsNotMet (a finding for each item that nobody answered), UnreadableField, KeptClosed.
    """
    cover.require("approvals.decide" if decider_id is None else "approvals.record", by)
    approval = to_decide(approval_id, decision, by)
    decided_at, decider_id = decided_at or at, decider_id or by.person_id
    _check_words(decision, words, decided_at, at)
    office = approvers.office_of(decider_id, asked=approval.grade, authority_id=approval.authority_id, at=decided_at)
    items = approvals.items(approval, answers, at=at)
    if decision == Decision.APPROVED:
        _check_satisfied(items)
    approval.decision = Decision(decision)
    approval.decided_as, approval.is_deputy = office.grade, office.is_deputy
    approval.decider = User.objects.get(id=decider_id)
    approval.decided_by = approval.decider.name
    approval.decided_at, approval.recorded_at, approval.recorded_by = decided_at, at, by.name
    approval.is_by_telephone, approval.words = is_by_telephone, words.strip()
    approval.items = [item.as_dict() for item in items]
    approval.confirmed_at = at if decider_id == by.person_id else None
    approval.save()
    _follow(approval, by=by, at=at)
    return approval


@transaction.atomic
def confirm(*, approval_id: UUID, by: Actor, at: datetime) -> Approval:
    """The decider confirms a decision that somebody else recorded.

    Raises NotPermitted, ApprovalNotFound for anybody but the decider, DecidedAlready where it is confirmed.
    """
    cover.require("approvals.confirm", by)
    approval = _locked(approval_id, by)
    if not approval.decision or approval.decider_id != by.person_id:
        raise ApprovalNotFound
    if approval.confirmed_at:
        raise DecidedAlready(f"This was confirmed on {moment_in_words(approval.confirmed_at)}.")
    approval.confirmed_at = at
    approval.save(update_fields=["confirmed_at"])
    evidence = f"Confirmed by {by.name}."
    meet(found_again.confirmation(approval).key, authority_id=by.authority_id, evidence=evidence, by=by.name, at=at)
    write_event(approval.placement, f"{by.name} confirmed the decision recorded for them", at, by=by, at=at)
    log.record(operation="approvals.confirm", subject_kind="approval", subject_ids=[approval.id])
    return approval


def _follow(approval: Approval, *, by: Actor, at: datetime) -> None:
    """What a decision brings about: its duty met, the placement's state, what an emergency leaves owed, a confirmation."""
    placement = approval.placement
    _write(approval, by=by, at=at)
    standing = approvals.stands(placement)
    placement.is_approved = standing == "approved"
    if placement.is_approved and placement.status == Status.PROPOSED:
        states.move(placement, Status.APPROVED)
    if standing == "declined" and placement.status == Status.PROPOSED:
        states.move(placement, Status.DECLINED)
        reason = f"{approval.get_grade_display()} declined. {approval.words}"
        not_going_ahead.follow(placement, reason=reason, by=by, at=at)
    if placement.starts_on and placement.breach_reason:
        _take_breach_away(approval, by=by, at=at)
    placement.version += 1
    placement.save()
    is_approved_in_emergency = placement.is_emergency and approval.decision == Decision.APPROVED
    if is_approved_in_emergency and approval.under == Approval.Under.REG_11:
        judged = verdicts.current(placement)
        obligations.raise_for(placement, judged, holidays=calendar.holidays(), by=by.name, at=at)
        completeness.catch_up(placement, by=by, at=at)
    if approval.confirmed_at is None:
        owed = found_again.confirmation(approval)
        raise_duties([owed], authority_id=approval.authority_id, by=by.name, at=at)


def _write(approval: Approval, *, by: Actor, at: datetime) -> None:
    """The decision's line in the timeline and in the log-book, and its duty met when it was decided."""
    placement = approval.placement
    what = f"{approval.get_decision_display()} by {approval.decided_by}{_office(approval)}"
    what += ", by telephone" if approval.is_by_telephone else ""
    under = approval.get_under_display()
    write_event(placement, f"{what}: {under}", approval.decided_at, by=by, at=at, words=approval.words)
    log.record(
        operation=f"approvals.{approval.decision}",
        subject_kind="placement",
        subject_ids=[placement.id, approval.id],
        detail={"under": approval.under, "as": approval.decided_as, "by_telephone": approval.is_by_telephone},
    )
    meet(
        f"approval:{approval.id}",
        authority_id=placement.authority_id,
        evidence=f"{what}.",
        by=by.name,
        at=at,
        done_at=approval.decided_at,
    )


def _office(approval: Approval) -> str:
    """As what the decider decided. Of a closed address it says how far away it lies, and is left out."""
    if approval.placement.is_restricted:
        return ""
    acting = " (acting, by a recorded appointment)" if approval.is_deputy else ""
    return f", {Approval.Grade(approval.decided_as).label.lower()}{acting}"


def _take_breach_away(approval: Approval, *, by: Actor, at: datetime) -> None:
    """A start recorded as a breach is none where every approval was decided before it; otherwise it stays one."""
    placement = approval.placement
    found = approvals.breaches(placement, started_at=placement.started_at)
    if found:
        sentences = " ".join(finding.sentence for finding in found)
        write_event(placement, "Still a breach", at, by=by, at=at, words=sentences)
        return
    what = (
        f"No breach: approved on {moment_in_words(approval.decided_at)}, before the start on "
        f"{moment_in_words(placement.started_at)}; recorded on {moment_in_words(at)}"
    )
    words = f"Until now it stood as a breach: {placement.breach_reason}"
    placement.breach_reason = ""
    write_event(placement, what, approval.decided_at, by=by, at=at, words=words)


def _check_words(decision: str, words: str, decided_at: datetime, at: datetime) -> None:
    if decided_at > at:
        raise UnreadableField("decided_at", "A decision that lies ahead cannot be recorded yet.")
    if decision == Decision.DECLINED and not words.strip():
        raise UnreadableField("words", "Say why it is declined.")


def _check_satisfied(items: tuple[Item, ...]) -> None:
    missing = [
        Finding(
            one.requirement.code,
            f"Give evidence or a reason: {one.requirement.sentence} {one.sentence}",
            one.requirement.citation,
        )
        for one in not_yet(items)
    ]
    if missing:
        raise RequirementsNotMet(*missing)


def to_decide(approval_id: UUID, decision: str, by: Actor) -> Approval:
    """The approval that still waits, locked with its placement; whoever comes second is told who was first."""
    approval = _locked(approval_id, by)
    if approval.decision:
        when = moment_in_words(approval.decided_at)
        raise DecidedAlready(f"{approval.get_decision_display()} by {approval.decided_by} on {when}.")
    if approval.placement.status in (Status.WITHDRAWN, Status.DECLINED):
        present = approval.placement.get_status_display()
        raise InvalidTransition(present, Decision(decision).label, [])
    return approval


def _locked(approval_id: UUID, by: Actor) -> Approval:
    """The approval about the present place, locked after its placement, as every other action locks."""
    wanted = Approval.objects.filter(id=approval_id, authority_id=by.authority_id, superseded_at=None)
    placement = Placement.objects.select_for_update().filter(approvals__in=wanted).first()
    found = wanted.select_for_update(of=("self",)).select_related("placement__child", "placement__authority").first()
    if placement is None or found is None:
        raise ApprovalNotFound
    return found
