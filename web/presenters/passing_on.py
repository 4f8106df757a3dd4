"""How are questions about passing on said, to whoever asked and to whoever answers? No child is named in them."""

from collections.abc import Iterable

from django.urls import reverse

from hotspots.models import PassingOn
from hotspots.sharing.passing_on import Bound
from web.presenters import dates
from web.presenters.elements import Link, Row, Section, Table


def asked_of_us(found: Iterable[PassingOn]) -> Table:
    """What partners ask, those that wait first."""
    rows = tuple(
        (
            Link(one.hotspot.reference, reverse("answer_passing_on", args=[one.id]), f"asked by {one.sender.name}"),
            one.sender.name,
            one.get_audience_display(),
            one.get_output_display(),
            dates.instant(one.asked_at),
            _answer(one),
        )
        for one in found
    )
    heads = ("Area", "Asked by", "To whom", "In what", "Asked", "Answer")
    return Table("What partners ask to pass on", heads, rows, "Nobody asks.")


def we_asked(found: Iterable[PassingOn]) -> Table:
    """What we asked about one place, and what was answered."""
    rows = tuple(
        (
            one.recipient.name,
            one.get_audience_display(),
            one.get_output_display(),
            f"{dates.instant(one.asked_at)}, by {one.asked_by}",
            _answer(one),
        )
        for one in found
    )
    return Table("What we asked", ("Asked of", "To whom", "In what", "Asked", "Answer"), rows, "Nobody was asked.")


def question_rows(one: PassingOn) -> tuple[Row, ...]:
    """The question as its owner reads it."""
    return (
        Row("Area", one.hotspot.reference),
        Row("Asked by", f"{one.sender.name}: {one.asked_by}"),
        Row("To whom", one.get_audience_display()),
        Row("In what", one.get_output_display()),
        Row("Asked", dates.instant(one.asked_at)),
        Row("Answer", _answer(one)),
    )


def conditions(bound: Iterable[Bound]) -> Section:
    """The originators' conditions, while the area is open to us."""
    items = tuple(
        f"{one.originator or one.owner}: {one.conditions or 'a condition is attached'}. Ask {one.owner}."
        for one in bound
    )
    return Section("Conditions that bind it", items, "No condition that is open to you binds it.")


def _answer(one: PassingOn) -> str:
    if not one.answer:
        return "No answer yet"
    words = f" {one.words}" if one.words else ""
    return f"{one.get_answer_display()}.{words} {one.answered_by}, {dates.instant(one.answered_at)}"
