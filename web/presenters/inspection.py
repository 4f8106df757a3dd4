"""How is an inspection pack said, and how is one child's story shown?"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from placements.models import PackRequest
from placements.pack import table as pack_table
from placements.pack.requests import State, state_of
from web.presenters import dates
from web.presenters.elements import Link, Row, Table, Tag

# Who it is stands in the page's heading; a placement is known by the day on which it began.
NOT_SHOWN = {"child", "placement"}


def table(packs: Iterable[PackRequest], at: datetime) -> Table:
    """The packs that were asked for, the latest first."""
    rows = tuple(
        (
            Link(dates.stretch(one.starts_on, one.ends_on), reverse("pack", args=[one.id])),
            one.get_purpose_display(),
            f"{dates.instant(one.asked_at)}, by {one.asked_by}",
            Tag(state_of(one, at).value),
        )
        for one in packs
    )
    return Table("Inspection packs", ("Period", "For", "Asked for", "Now"), rows, "No pack was asked for yet.")


def rows(pack: PackRequest, state: State) -> tuple[Row, ...]:
    """The whole of one request, and how far it is."""
    shown = [
        Row("Period", dates.stretch(pack.starts_on, pack.ends_on)),
        Row("As recorded up to", dates.instant(pack.as_at)),
        Row("For", pack.get_purpose_display()),
        Row("Asked for", f"{dates.instant(pack.asked_at)}, by {pack.asked_by}"),
        Row("Now", Tag(state.value)),
    ]
    if pack.made_at:
        shown += [
            Row("Made", dates.instant(pack.made_at)),
            Row("Rows over all its files", f"{pack.row_count:,}"),
            Row("SHA-256", pack.sha256),
            Row("Agreed to", _agreed(pack)),
            Row("Can be taken until", dates.instant(pack.expires_at)),
        ]
    return tuple(shown)


def what_is_agreed_to(pack: PackRequest) -> str:
    """The sentence above the button."""
    rows = f"{pack.row_count:,} rows" if pack.row_count is not None else "not made yet"
    return (
        f"{pack.asked_by} asked for the out-of-area placements of {dates.stretch(pack.starts_on, pack.ends_on)}"
        f" ({rows}). For: {pack.get_purpose_display()}. The list of every child leaves Placewatch."
    )


def as_recorded(at: datetime) -> str:
    """As of when a story is told."""
    return (
        f"As recorded up to {dates.instant(at)}. Of an address that is kept closed, place, distance and host are left"
        " out."
    )


def told(one: pack_table.Table) -> Table:
    """A table of a story as the pages show it."""
    shown = [number for number, column in enumerate(one.columns) if column not in NOT_SHOWN]
    heads = tuple(pack_table.heading(one.columns[number]) for number in shown)
    rows = tuple(tuple(pack_table.in_words(row.cells[number]) for number in shown) for row in one.rows)
    return Table(one.title, heads, rows, "Nothing is recorded.")


def _agreed(pack: PackRequest) -> str:
    if pack.agreed_at:
        return f"{dates.instant(pack.agreed_at)}, by {pack.agreed_by}"
    return "by nobody"
