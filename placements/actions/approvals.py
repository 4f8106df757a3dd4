"""How is an approval given or declined, by whom, and how is it recorded for somebody who said it on the telephone?"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import policy
from accounts.acting import Actor
from accounts.models import ActingAppointment, Membership, User
from accounts.roles import Role
from audit import log
from db.clock import london_date
from duties.actions import meet, raise_duties
from duties.models import Basis
from duties.owed import Owed
from placements import approvals, calendar, completeness, obligations, states, verdicts
from placements.events import write_event
from placements.exceptions import ApprovalNotFound, NotTheRightGrade, RequirementsNotMet, UnreadableField
from placements.models import Approval, Placement
from placements.rules.finding import Finding
from placements.rules.satisfied_of import Answer, not_yet

Decision = Approval.Decision


@transaction.atomic
def decide(
    *,
    approval_id: UUID,
    decision: str,
    answers: Mapping[str, Answer],
    decider_id: UUID | None = None,
    decided_at: datetime | None = None,
    is_by_telephone: bool = False,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Approval:
    """Record the decision of the grade that is asked, taken by `by`, or by `decider_id` and recorded by `by`.

    Approving needs evidence or a reason for each thing that the approver must be satisfied of. A decision recorded
    for somebody else becomes a duty of that person: to confirm it. Raises NotPermitted, ApprovalNotFound,
    NotTheRightGrade, RequirementsNotMet (a finding for each item that nobody answered), UnreadableField.
    """
    policy.require("approvals.decide" if decider_id is None else "approvals.record", by.role)
    approval = _locked(approval_id, by)
    decided_at = decided_at or at
    if decided_at > at:
        raise UnreadableField("decided_at", "A decision that lies ahead cannot be recorded yet.")
    decider_id = decider_id or by.person_id
    is_deputy = _check_grade(approval, decider_id, decided_at)
    items = approvals.items(approval, answers, at=at)
    if decision == Decision.APPROVED and (missing := not_yet(items)):
        raise RequirementsNotMet(
            *(Finding(one.requirement.code, one.requirement.sentence, one.requirement.citation) for one in missing)
        )
    approval.decision = Decision(decision)
    approval.decided_as = approval.grade
    approval.decider_id, approval.is_deputy = decider_id, is_deputy
    approval.decided_by = User.objects.get(id=decider_id).name
    approval.decided_at, approval.recorded_at, approval.recorded_by = decided_at, at, by.name
    approval.is_by_telephone, approval.words = is_by_telephone, words.strip()
    approval.items = [item.as_dict() for item in items]
    approval.confirmed_at = at if decider_id == by.person_id else None
    approval.save()
    _follow(approval, by=by, at=at)
    return approval


@transaction.atomic
def confirm(*, approval_id: UUID, by: Actor, at: datetime) -> Approval:
    """The decider confirms a decision that somebody else recorded. Raises ApprovalNotFound for anybody else."""
    approval = (
        Approval.objects.select_for_update()
        .filter(id=approval_id, authority_id=by.authority_id, decider_id=by.person_id, confirmed_at=None)
        .exclude(decision="")
        .select_related("placement")
        .first()
    )
    if approval is None:
        raise ApprovalNotFound
    approval.confirmed_at = at
    approval.save(update_fields=["confirmed_at"])
    evidence = f"Confirmed by {by.name}."
    meet(f"confirm:{approval.id}", authority_id=by.authority_id, evidence=evidence, by=by.name, at=at)
    write_event(approval.placement, f"{by.name} confirmed the decision recorded for them", at, by=by, at=at)
    return approval


def _follow(approval: Approval, *, by: Actor, at: datetime) -> None:
    """What a decision brings about: the placement's state, its duties met, what an emergency leaves owed, a confirmation."""
    placement = approval.placement
    what = f"{approval.get_decision_display()} by {approval.decided_by}, {approval.get_grade_display().lower()}"
    how = ", by telephone" if approval.is_by_telephone else ""
    write_event(placement, f"{what}{how} ({approval.under.replace('_', '. ')})", approval.decided_at, by=by, at=at)
    log.record(
        operation=f"approvals.{approval.decision}",
        subject_kind="placement",
        subject_ids=[placement.id, approval.id],
        detail={"under": approval.under, "grade": approval.grade, "by_telephone": approval.is_by_telephone},
    )
    meet(
        f"approval:{approval.id}",
        authority_id=placement.authority_id,
        evidence=f"{what}{how}.",
        by=by.name,
        at=at,
        done_at=approval.decided_at,
    )
    if approval.confirmed_at is None:
        _ask_to_confirm(approval, by=by, at=at)
    standing = approvals.stands(placement)
    if standing == "approved":
        placement.is_approved = True
        if placement.status == Placement.Status.PROPOSED:
            states.move(placement, Placement.Status.APPROVED)
        if approval.under == Approval.Under.REG_11 and placement.is_emergency:
            judged = verdicts.current(placement)
            obligations.raise_for(placement, judged, holidays=calendar.holidays(), by=by.name, at=at)
            completeness.catch_up(placement, by=by, at=at)
    elif standing == "declined" and placement.status == Placement.Status.PROPOSED:
        states.move(placement, Placement.Status.DECLINED)
    placement.version += 1
    placement.save()


def _ask_to_confirm(approval: Approval, *, by: Actor, at: datetime) -> None:
    owed = Owed(
        key=f"confirm:{approval.id}",
        kind="confirm_decision",
        title=f"Confirm the decision that {by.name} recorded for you",
        basis=Basis.LOCAL_RULE,
        citation="Our own rule: a decision recorded for somebody is confirmed by them",
        subject_kind="placement",
        subject_id=approval.placement_id,
        subject_reference=approval.placement.child.reference,
        role=Role(approval.grade),
        owner_id=approval.decider_id,
    )
    raise_duties([owed], authority_id=approval.authority_id, by=by.name, at=at)


def _check_grade(approval: Approval, decider_id: UUID | None, decided_at: datetime) -> bool:
    """Whether the decider acted as a deputy; refuses anybody who did not hold the grade at that instant."""
    on = london_date(decided_at)
    holds = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        authority_id=approval.authority_id,
        user_id=decider_id,
        role=approval.grade,
        starts_on__lte=on,
    )
    if holds.exists():
        return False
    acting = ActingAppointment.objects.filter(
        authority_id=approval.authority_id, person_id=decider_id, starts_at__lte=decided_at, ends_at__gt=decided_at
    )
    if approval.grade == Approval.Grade.DIRECTOR and acting.exists():
        return True
    raise NotTheRightGrade(approval.get_grade_display())


def _locked(approval_id: UUID, by: Actor) -> Approval:
    approval = (
        Approval.objects.select_for_update(of=("self", "placement"))
        .select_related("placement__child", "placement__authority")
        .filter(id=approval_id, authority_id=by.authority_id, superseded_at=None, decision="")
        .first()
    )
    if approval is None:
        raise ApprovalNotFound
    return approval
