"""How is it said what follows from an emergency move: who approves, whom to ring, what is shared, what is owed by when?"""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from duties.models import Duty
from notifications.models import Contact
from placements.emergency_check import Followed
from placements.models import Approval, Child
from placements.place.places import Place
from web.presenters import dates
from web.presenters.duty import due_with_working
from web.presenters.elements import Row, Section, Table, Tag, Value
from web.presenters.placement import rows as placement_rows

KEPT = {"Kind of place", "Provider", "Legal status", "Address"}
NOBODY_ANSWERS = (
    "If nobody can be reached, ring on and write down whom you rang and when. The child’s bed does not wait: record the "
    "arrival all the same, with the reason, and it stands as a breach until an approval is recorded."
)


def rows(followed: Followed, place: Place, why_not_wait: str, when: str) -> tuple[Row, ...]:
    """The five answers as they would stand in the register."""
    shown = [row for row in placement_rows(followed.placement, place) if row.key in KEPT]
    return (
        Row("Who", _who(followed.placement.child)),
        *shown,
        Row("When", when),
        Row("Why it cannot wait", why_not_wait),
    )


def whom_to_ring(grade: str, approvers: Sequence[tuple[User, str]], contact: Contact | None) -> Section:
    """Who must approve, by name, and on which number; what to do where nobody answers."""
    office = Approval.Grade(grade).label
    reached = contact.telephone or contact.email if contact else "no number is on file: ask whoever keeps the directory"
    people = tuple(f"{person.name} ({post.lower()})" for person, post in approvers)
    return Section(
        "Whom to ring for the approval", (f"{office}: {reached}", *people, NOBODY_ANSWERS), "Nobody is on file."
    )


def judgement(duties: Sequence[Sequence[Duty]]) -> str:
    """By when the judgement is owed, for each day on which the child may arrive."""
    days = dict.fromkeys(dates.day(one.due_on) for listed in duties for one in listed if one.kind == "judgement")
    return f"A judgement is owed by {', or '.join(days)} (our own rule)." if days else ""


def duties(listed: Sequence[tuple[date, Sequence[Duty]]], on: date) -> Table:
    """What would be owed by when; where the child may arrive on either side of midnight, both days are counted."""
    heads = ("What", "Kind", "Where it is written", *(_head(arrives_on, listed) for arrives_on, _ in listed))
    by_kind = [{one.kind: one for one in found} for _, found in listed]
    lines = tuple(
        (one.title, Tag(one.get_basis_display()), one.citation, *(_due(found.get(one.kind), on) for found in by_kind))
        for one in listed[0][1]
    )
    return Table("What will be owed, and by when", heads, lines, "Nothing would be owed.")


def _head(arrives_on: date, listed: Sequence) -> str:
    return f"If the child arrives on {dates.day(arrives_on)}" if len(listed) > 1 else "Due"


def _due(one: Duty | None, on: date) -> Value:
    return "Not owed" if one is None else due_with_working(one, on)


def _who(child: Child) -> str:
    if not child.is_born_on_estimated:
        return f"{child.name} ({child.reference}), born {dates.short_day(child.born_on)}"
    return f"{child.name}, about {dates.short_day(child.born_on)} by estimate"
