"""From which day does an authority's register raise duties one by one? What began earlier stands on one list."""

from datetime import date
from uuid import UUID

from placements.models import GoLive, Placement
from placements.owed.facts import start_of

# The line by which a placement of before go-live leaves the list: from then on it owes like any other.
NO_TRACE = "No trace is found that the host was told before Placewatch"


def day_of(authority_id: UUID) -> date | None:
    """The authority's go-live day; None before its first import and while nobody has set one."""
    live = GoLive.objects.filter(authority_id=authority_id).first()
    return live.on if live else None


def began_before(placement: Placement) -> bool:
    """Whether the placement began before go-live: it raises no duties, and its host is not told by itself."""
    live_on = day_of(placement.authority_id)
    start_on = start_of(placement)
    return live_on is not None and start_on is not None and start_on < live_on
