"""Why does a child live there and not nearer? The reason and the places that were asked, as they were recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from placements.models import PlaceTried
from placements.pack.register import ABOUT, Entry, Group
from placements.pack.table import KEPT_CLOSED, NOT_RECORDED, Row, Table, in_words, table

Tried = Mapping[UUID, Sequence[PlaceTried]]

COLUMNS = f"{ABOUT} reason_for_distance place_asked why_not asked_on recorded_at recorded_by"


def places_tried(entries: Sequence[Entry], *, as_at: datetime) -> Tried:
    """What was recorded up to an instant of the places asked, by placement, in the order in which it was."""
    rows = PlaceTried.objects.filter(placement__in=[one.placement.id for one in entries], recorded_at__lte=as_at)
    found: dict[UUID, list[PlaceTried]] = {}
    for one in rows.order_by("recorded_at", "id"):
        found.setdefault(one.placement_id, []).append(one)
    return found


def in_a_cell(entry: Entry, tried: Tried) -> str:
    """The places asked, in one cell of a list."""
    found = tried.get(entry.placement.id)
    if not found:
        return NOT_RECORDED
    return KEPT_CLOSED if entry.is_closed else "; ".join(_words(one) for one in found)


def here(entries: Sequence[Entry], tried: Tried) -> Table:
    """For each placement out of area the reason and a row a place asked, or that nothing is recorded."""
    rows = [
        row for one in entries if one.group is Group.OUT_OF_AREA or one.placement.id in tried for row in _of(one, tried)
    ]
    return table("why_here", "Why there and not nearer, and which places were asked", COLUMNS, rows)


def _of(entry: Entry, tried: Tried) -> list[Row]:
    found = tried.get(entry.placement.id)
    reason = entry.placement.reason_for_distance or NOT_RECORDED
    if entry.is_closed:
        return [entry.row(KEPT_CLOSED, KEPT_CLOSED, KEPT_CLOSED, None, None, "")]
    if not found:
        return [entry.row(reason, NOT_RECORDED, NOT_RECORDED, None, None, "")]
    return [entry.row(reason, one.place, one.why_not, one.asked_on, one.recorded_at, one.recorded_by) for one in found]


def _words(tried: PlaceTried) -> str:
    day = f" ({in_words(tried.asked_on)})" if tried.asked_on else ""
    return f"{tried.place}{day}: {tried.why_not}"
