"""How is what a rule asks for a placement handed to the duties?"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from accounts.roles import Role
from duties.models import Basis
from duties.owed import Owed
from placements.models import Placement
from placements.rules.finding import DueDate
from placements.rules.working_days import CalendarNotKnown

Answer = TypeVar("Answer")
BEYOND_THE_TABLE = (
    "The table of bank holidays does not reach the dates of this placement: the day is not determined.",
)


def owed(
    placement: Placement,
    kind: str,
    title: str,
    basis: Basis,
    citation: str,
    *,
    due_on: date | None = None,
    late_from: date | None = None,
    working: tuple[str, ...] = (),
    role: str = Role.PLACEMENT_OFFICER,
    key: str = "",
) -> Owed:
    """Something owed because of a placement. `key` is needed only where one placement owes several of a kind."""
    return Owed(
        key=key or f"{kind}:{placement.id}",
        kind=kind,
        title=title,
        basis=basis,
        citation=citation,
        subject_kind="placement",
        subject_id=placement.id,
        subject_reference=placement.child.reference,
        due_on=due_on,
        late_from=late_from,
        working=working,
        role=role,
    )


def by_a_day(
    placement: Placement, kind: str, title: str, due: DueDate, *, role: str = Role.SOCIAL_WORKER, key: str = ""
) -> Owed:
    """Something owed by the day of a rule's answer, with the days that it counted and skipped."""
    return owed(
        placement,
        kind,
        title,
        Basis(due.basis.value),
        str(due.citation),
        due_on=due.due_on,
        late_from=due.late_from,
        working=said(due),
        role=role,
        key=key,
    )


def by_no_day(
    placement: Placement,
    kind: str,
    title: str,
    citation: str,
    working: Sequence[str],
    *,
    role: str = Role.SOCIAL_WORKER,
) -> Owed:
    """Something owed in law of which no day can be asserted; the working says why."""
    return owed(placement, kind, title, Basis.LAW, citation, working=tuple(working), role=role)


def said(due: DueDate) -> tuple[str, ...]:
    """The sentence of a due date and the steps of its count."""
    return (due.sentence, *(step.text for step in due.working))


def counted(count: Callable[[], Answer]) -> Answer | None:
    """A rule's answer; None where the bank holidays of that time are not known."""
    try:
        return count()
    except CalendarNotKnown:
        return None
