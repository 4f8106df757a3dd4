"""Who can approve, as what, and was what they approved in order when the placement began?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from accounts.appointments import appointments, is_acting_director
from accounts.membership import members
from accounts.models import User
from db.clock import london_date
from placements.exceptions import NotTheRightGrade
from placements.models import Approval, Placement
from placements.rules.approval import Approver
from placements.rules.finding import Citation, Finding
from placements.rules.instruments import care_planning
from placements.rules.right_approver import SUFFICES, ApprovalDecision, approval_breaches

Grade = Approval.Grade
APPROVERS = {
    Grade.NOMINATED_OFFICER: Approver.NOMINATED_OFFICER,
    Grade.DIRECTOR: Approver.DIRECTOR_OF_CHILDRENS_SERVICES,
}
GRADES = {approver: grade for grade, approver in APPROVERS.items()}
PROVISIONS: dict[str, Citation] = {
    Approval.Under.REG_11: care_planning("reg. 11(1)"),
    Approval.Under.REG_10: care_planning("reg. 10(1)"),
    Approval.Under.REG_18: care_planning("reg. 18(1)"),
}


@dataclass(frozen=True)
class Office:
    """The office in which somebody decides; a deputy acts as the director under a recorded appointment."""

    grade: Grade
    is_deputy: bool = False


def sufficing(grade: str) -> tuple[Grade, ...]:
    """The grades whose approval does where one is asked for, that one first."""
    return tuple(sorted((GRADES[one] for one in SUFFICES[APPROVERS[Grade(grade)]]), key=lambda one: one != grade))


def office_of(person_id: UUID | None, *, asked: str, authority_id: UUID, at: datetime) -> Office:
    """The office in which a person could give, at an instant, an approval asked of a grade. Raises NotTheRightGrade."""
    theirs = members(authority_id, on=london_date(at)).filter(user_id=person_id)
    held = set(theirs.values_list("role", flat=True))
    for grade in sufficing(asked):
        if grade in held:
            return Office(grade)
    if is_acting_director(person_id, authority_id=authority_id, at=at):
        return Office(Grade.DIRECTOR, is_deputy=True)
    raise NotTheRightGrade(Grade(asked).label)


def who_may(asked: str, *, authority_id: UUID, at: datetime) -> list[tuple[User, str]]:
    """The people who may give an approval asked of a grade, each with the office, those of the grade itself first."""
    found: dict[User, str] = {}
    for grade in sufficing(asked):
        for one in members(authority_id, on=london_date(at)).filter(role=grade):
            found.setdefault(one.user, grade.label)
    for one in appointments().filter(authority_id=authority_id, starts_at__lte=at, ends_at__gt=at, ended_at=None):
        found.setdefault(one.person, f"Acting for the {Grade.DIRECTOR.label.lower()}")
    return list(found.items())


def grades_of(actor: Actor, *, at: datetime) -> set[str]:
    """Of which grades the approvals wait for the actor: their own, or the director's whose deputy they are."""
    own = {actor.role} & set(Grade.values)
    is_deputy = is_acting_director(actor.person_id, authority_id=actor.authority_id, at=at)
    return own | ({Grade.DIRECTOR} if is_deputy else set())


def breaches(placement: Placement, approvals: Iterable[Approval], *, started_at: datetime | None) -> list[Finding]:
    """What was wrong with the approvals when the placement began: missing, declined, or decided afterwards.

    Whether a deputy was appointed was asked when the decision was recorded.
    """
    started_on = london_date(started_at) if started_at else placement.starts_on
    return [
        finding
        for one in approvals
        for finding in approval_breaches(
            required=APPROVERS[Grade(one.grade)],
            decision=_decision(one),
            started_on=started_on,
            started_at=started_at,
            provision=PROVISIONS[one.under],
        )
    ]


def _decision(approval: Approval) -> ApprovalDecision | None:
    if approval.decision != Approval.Decision.APPROVED:
        return None
    return ApprovalDecision(office=APPROVERS[Grade(approval.decided_as)], decided_at=approval.decided_at)
