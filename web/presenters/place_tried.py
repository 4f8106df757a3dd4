"""How is it said why a child lives where it does and not nearer: the reason, and the places that were asked?"""

from collections.abc import Iterable

from placements.models import Placement, PlaceTried
from web.presenters import dates
from web.presenters.elements import Row, Table

NOT_RECORDED = "Not recorded"


def reasons(placement: Placement) -> tuple[Row, ...]:
    """Why here, as it was recorded."""
    shown = [Row("Reason for the distance", placement.reason_for_distance or NOT_RECORDED)]
    if placement.is_emergency:
        shown.append(Row("Why it could not wait", placement.why_not_wait or NOT_RECORDED))
    return tuple(shown)


def table(tried: Iterable[PlaceTried]) -> Table:
    """The places that were asked, in the order in which that was recorded."""
    rows = tuple(
        (
            one.place,
            one.why_not,
            dates.day(one.asked_on, otherwise="day not recorded"),
            f"{dates.instant(one.recorded_at)}, by {one.recorded_by}",
        )
        for one in tried
    )
    return Table("Places tried", ("Which place", "Why not", "Asked", "Recorded"), rows, f"{NOT_RECORDED}.")
