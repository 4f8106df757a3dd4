"""How is a concern about exploitation said: who thought what, when, how long ago, and how it closed?"""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from placements.models import Concern
from placements.overlay import ledger
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Value

HEADS = ("Concern", "Last looked at", "Now")


def table(concerns: Iterable[Concern], on: date) -> Table:
    """A child's concerns, open ones first, past ones after them."""
    rows = tuple((_link(one), looked_at(one, on), _now(one)) for one in concerns)
    return Table("Concerns about exploitation", HEADS, rows, "None is recorded. That says nothing about the child.")


def rows(concern: Concern, on: date) -> tuple[Row, ...]:
    """The whole of one concern but its assessments."""
    shown = [
        Row("Child", Link(concern.child.name, reverse("child", args=[concern.child_id]))),
        Row("Recorded", f"{dates.instant(concern.raised_at)}, by {concern.raised_by}"),
        Row("Last looked at", looked_at(concern, on)),
        Row("Now", _now(concern)),
    ]
    if concern.closed_at:
        shown += [
            Row("Why it was closed", concern.closing_reason),
            Row("Agreed with", concern.closing_supervisor),
            Row("To be looked at again", dates.day(concern.look_again_on)),
        ]
    return tuple(shown)


def assessments(concern: Concern) -> Table:
    """Every assessment with its author, the newest first."""
    shown = tuple(
        (dates.short_day(one.assessed_on), _words(one.words, one.not_known), one.author, dates.instant(one.recorded_at))
        for one in concern.looked_at
    )
    return Table("Assessments", ("Assessed", "What was thought", "By", "Recorded"), shown)


def looked_at(concern: Concern, on: date) -> str:
    """ "41 days ago, on 3 March 2027": how old the newest assessment is, never hidden."""
    days = ledger.days_since_looked(concern, on)
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"last looked at {ago}, on {dates.short_day(ledger.last_looked_on(concern))}"


def _words(words: str, not_known: str) -> Value:
    return Lines((words, f"Not known: {not_known}")) if not_known else words


def _link(concern: Concern) -> Link:
    began = f"Recorded on {dates.instant(concern.raised_at)}"
    return Link(began, reverse("concern", args=[concern.id]))


def _now(concern: Concern) -> str:
    return f"Closed by {concern.closed_by}, {dates.instant(concern.closed_at)}" if concern.closed_at else "Open"
