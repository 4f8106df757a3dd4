"""How is it said who is told of a placement, and who is not, on whose decision, until when?"""

from collections.abc import Iterable

from django.urls import reverse

from duties.models import Basis
from placements.models import Withholding
from placements.telling.people import Person
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Tag, Value


def table(people: Iterable[Person]) -> Table:
    """Everybody whom reg. 13 names, then each named person about whom something was decided."""
    rows = tuple(
        (
            one.who,
            Tag(Basis(one.telling.recipient.basis.value).label),
            str(one.telling.recipient.citation),
            _told(one),
        )
        for one in people
    )
    empty = "Regulation 13 does not apply to this stay: a short break, a temporary stay or an adoption."
    return Table("Who is told", ("Who", "Kind", "Where it is written", "Told?"), rows, empty)


def decisions(decided: Iterable[Withholding], *, may_end: bool) -> Table:
    """The decisions that hold now."""
    rows = tuple(
        (
            one.person,
            one.get_what_display(),
            one.reason,
            f"{one.decided_by}, {dates.short_day(one.decided_on)}",
            dates.day(one.look_again_on),
            Link("Look at it again", reverse("end_withholding", args=[one.id]), f"about {one.person}")
            if may_end
            else "",
        )
        for one in decided
    )
    heads = ("Who", "What", "Why", "Decided by", "Looked at again", "Change")
    return Table("Decisions that somebody is not told", heads, rows, "Nobody is left out.")


def decision(one: Withholding) -> tuple[Row, ...]:
    """One decision, whole."""
    return (
        Row("Who", one.person),
        Row("What was decided", one.get_what_display()),
        Row("Why", one.reason),
        Row("Decided by", f"{one.decided_by}, {dates.day(one.decided_on)}"),
        Row("Looked at again", dates.day(one.look_again_on)),
    )


def _told(one: Person) -> Value:
    said = "Not told" if not one.telling.is_told else "Told"
    if one.telling.is_told and not one.telling.shows_address:
        said = "Told without the address"
    return Lines((said, *(finding.sentence for finding in one.telling.findings)))
