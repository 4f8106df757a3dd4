"""How is a duty said: what, of which kind, by when, with its working?"""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.roles import Role
from duties.board import is_late
from duties.models import Duty
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Tag, Value
from web.presenters.rules import working

LATE, DUE, UNDATED = "Late", "Due", "Without a time limit"
HEADS = ("What is owed", "About", "Kind", "Due")
PAGES_OF_SUBJECTS = {
    "child": ("child", "child_id"),
    "placement": ("placement", "placement_id"),
    "document": ("sent_notice", "document_id"),
}


def table(duties: Iterable[Duty], on: date, *, caption: str, empty: str = "Nothing is owed.") -> Table:
    """Duties in the order given, each with what it is, about whom, of which kind, and when due."""
    rows = tuple((_link(duty), duty.subject_reference, Tag(duty.get_basis_display()), due(duty, on)) for duty in duties)
    return Table(caption, HEADS, rows, empty)


def grouped(duties: Iterable[Duty], on: date) -> list[Table]:
    """Late, due, without a time limit: a table each, those with no duty left out."""
    groups: dict[str, list[Duty]] = {LATE: [], DUE: [], UNDATED: []}
    for duty in duties:
        groups[_group(duty, on)].append(duty)
    return [table(found, on, caption=name) for name, found in groups.items() if found]


def due(duty: Duty, on: date) -> Value:
    """When it is due, and whether it is late: in words, no colour."""
    if duty.due_on is None and duty.due_at is None:
        return "No time limit"
    written = dates.instant(duty.due_at) if duty.due_at else dates.day(duty.due_on)
    if duty.late_from and duty.late_from == duty.due_on:
        written = f"before {written}"
    return Lines((written, Tag("Late"))) if is_late(duty, on) else written


def rows(duty: Duty, on: date) -> tuple[Row, ...]:
    """The whole of one duty."""
    shown = [
        Row("About", _subject(duty)),
        Row("Kind", Tag(duty.get_basis_display())),
        Row("Where it is written", duty.citation),
        Row("Due", due(duty, on)),
        Row("Who", _who(duty)),
    ]
    if duty.working:
        shown.append(Row("Working", working(duty.working)))
    if duty.closed_at:
        shown.append(
            Row("Closed", f"{duty.get_closing_display()}, {dates.instant(duty.closed_at)}, by {duty.closed_by}")
        )
        shown.append(Row("In these words", duty.evidence or duty.reason))
    return tuple(shown)


def history(duty: Duty) -> Table:
    """What happened to the duty, in order."""
    lines = tuple((dates.instant(one.at), one.what, one.by, one.reason) for one in duty.history.order_by("at"))
    return Table("History", ("When", "What", "By", "Words"), lines)


def _group(duty: Duty, on: date) -> str:
    if is_late(duty, on):
        return LATE
    return UNDATED if duty.due_on is None and duty.due_at is None else DUE


def _link(duty: Duty) -> Link:
    return Link(duty.title, reverse("duty", args=[duty.id]), f"about {duty.subject_reference}")


def _subject(duty: Duty) -> Value:
    if duty.subject_kind not in PAGES_OF_SUBJECTS:
        return duty.subject_reference
    name, argument = PAGES_OF_SUBJECTS[duty.subject_kind]
    return Link(duty.subject_reference, reverse(name, kwargs={argument: duty.subject_id}))


def _who(duty: Duty) -> str:
    role = Role(duty.role).label if duty.role else "Anyone who may"
    return f"{duty.owner.name} ({role})" if duty.owner else role
