"""How is a line of a placement's timeline written, with its line in the log-book?"""

from datetime import datetime

from accounts.acting import Actor
from audit import log
from placements.models import Placement, PlacementEvent


def write_event(
    placement: Placement, what: str, happened_at: datetime, *, by: Actor, at: datetime, words: str = ""
) -> None:
    """One line: what happened, when, and when and by whom it was recorded."""
    PlacementEvent.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        what=what,
        happened_at=happened_at,
        recorded_at=at,
        recorded_by=by.name,
        words=words,
    )
    log.record(operation=f"placements.{placement.status}", subject_kind="placement", subject_ids=[placement.id])
