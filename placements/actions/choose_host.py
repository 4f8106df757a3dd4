"""How is it said in whose area a place lies whose postcode lies in several, and how is that undone when it was wrong?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from db.clock import london_date
from placements.actions.placements import locked, save
from placements.events import write_event
from placements.exceptions import InvalidTransition, KeptClosed, UnreadableField
from placements.models import Placement
from placements.owed import facts
from placements.place import hosts, places, verdicts
from placements.place.new_place import tell_of_new_place
from placements.place.rejudging import re_judge

GONE = (Placement.Status.WITHDRAWN, Placement.Status.DECLINED)


@transaction.atomic
def choose_host(
    *,
    placement_id: UUID,
    host_id: UUID | None,
    why: str = "",
    tell_host: bool = True,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Say in whose area a placement lies, one of those that its postcode leaves possible; None takes a choice back.

    A choice made before is undone with the reason: a new verdict, approval asked for anew, the former host's notice
    taken back, duties replaced. Raises NotPermitted, PlacementNotFound, StaleVersion, InvalidTransition (it does not go
    ahead), KeptClosed (a closed address, without a grant), UnreadableField.
    """
    policy.require("placements.choose_host", by.role)
    placement = locked(placement_id, version, by)
    if placement.status in GONE:
        raise InvalidTransition(placement.get_status_display(), "a placement in another area", [])
    place = places.of(placement)
    if place is None:
        raise KeptClosed
    earlier = hosts.current(placement)
    if earlier is None and host_id is None:
        raise UnreadableField("host", "Nobody has chosen yet: there is nothing to take back.")
    if earlier is not None:
        if earlier.host_id == host_id:
            raise UnreadableField("host", f"{earlier.host.name} is chosen already.")
        if not why.strip():
            raise UnreadableField("why", f"Say how you know that it is not {earlier.host.name}.")
        hosts.take_back(earlier, why=why.strip(), by=by, at=at)
    before = verdicts.current(placement)
    what = "The choice of the area was taken back"
    if host_id is not None:
        made = hosts.choose(placement, place.postcode, host_id, on=judged_for(placement, at), by=by, at=at)
        what = f"The area was chosen, where the postcode lies in several{_named(placement, made.host.name)}"
    reason = _unnamed(
        placement, f"Not {earlier.host.name}: {why.strip()}" if earlier else "Until then nobody had chosen."
    )
    write_event(placement, what, at, by=by, at=at, words=reason)
    re_judge(placement, reason=reason, by=by, at=at)
    save(placement)
    tell_of_new_place(placement, before, reason=reason, tell_host=tell_host, by=by, at=at)
    return placement


def judged_for(placement: Placement, at: datetime) -> date:
    """The day for which a placement's place is judged."""
    return facts.start_of(placement) or london_date(at)


def _named(placement: Placement, host: str) -> str:
    """A closed address is given away by its authority: everybody of ours reads the timeline."""
    return "" if placement.is_restricted else f": {host}"


def _unnamed(placement: Placement, reason: str) -> str:
    return "It is kept with the closed address." if placement.is_restricted else reason
