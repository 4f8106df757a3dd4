"""What follows when a planned move does not go ahead, withdrawn or declined?"""

from datetime import datetime

from accounts.acting import Actor
from placements import endings
from placements.models import Placement
from placements.owed import obligations
from placements.telling import notices


def follow(placement: Placement, *, reason: str, by: Actor, at: datetime) -> None:
    """The host's sight of its notices closes, what was owed is not owed, and the child's present placement goes on."""
    notices.tell_not_going_ahead(placement, by=by, at=at)
    obligations.close_not_going_ahead(placement, reason=reason, by=by, at=at)
    present = endings.of_the_child_now(placement)
    if present is not None:
        endings.bring_up_to_date(present, reason=f"The move does not go ahead: {reason}", by=by, at=at)
