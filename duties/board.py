"""What is owed, soonest first, and what is late? The queries behind the board."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.acting import Actor
from accounts.roles import Role
from db.clock import london_date
from duties.models import Closing, Duty


def open_duties(*, role: str = "") -> QuerySet[Duty]:
    """Open duties by due date; those without a time limit stand last. With a role: those that it can act on."""
    duties = Duty.objects.filter(closed_at=None).order_by(F("due_on").asc(nulls_last=True), "raised_at", "id")
    return duties.filter(role=role) if role else duties


def needs(actor: Actor, *, on: date, within_days: int) -> QuerySet[Duty]:
    """Open duties that wait for this person: theirs by name or by role, late or due within so many days.

    A manager's are all of the authority's.
    """
    duties = open_duties().filter(due_on__lte=on + timedelta(days=within_days))
    if actor.role == Role.MANAGER:
        return duties
    return duties.filter(Q(owner_id=actor.person_id) | Q(owner=None, role=actor.role))


def about(subject_kind: str, subject_id: UUID) -> QuerySet[Duty]:
    """Every duty about a subject, open and closed, in the order in which they fall due."""
    return Duty.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by(
        F("due_on").asc(nulls_last=True), "raised_at", "id"
    )


def is_late(duty: Duty, on: date) -> bool:
    """Whether the duty is late on a day, or was met late: late is a fact of dates, whenever it is found.

    What was not owed was never late; what a replaced duty asked for is late, if at all, by its successor's date.
    """
    if duty.closing in (Closing.NOT_OWED, Closing.REPLACED):
        return False
    ended_at = duty.done_at or duty.closed_at
    last = min(on, london_date(ended_at)) if ended_at else on
    return duty.late_from is not None and last >= duty.late_from


def late_count(on: date) -> int:
    """How many open duties are late on a day."""
    return Duty.objects.filter(closed_at=None, late_from__lte=on).count()
