"""In which state is a placement, and what may come next? One table; the database's constraints repeat what it can."""

from placements.exceptions import InvalidTransition
from placements.models import Placement

Status = Placement.Status

TRANSITIONS: dict[Status, tuple[Status, ...]] = {
    Status.PROPOSED: (Status.APPROVED, Status.DECLINED, Status.STARTED, Status.WITHDRAWN),
    Status.APPROVED: (Status.PROPOSED, Status.STARTED, Status.WITHDRAWN),
    Status.DECLINED: (),
    Status.STARTED: (Status.ENDED,),
    Status.ENDED: (),
    Status.WITHDRAWN: (),
}

# Where the child is, or is meant to be.
OPEN = (Status.PROPOSED, Status.APPROVED, Status.STARTED)


def move(placement: Placement, to: Status) -> None:
    """Set the status of a row whose lock the caller holds; refuses every pair that is not in the table."""
    present = Status(placement.status)
    if to not in TRANSITIONS[present]:
        raise InvalidTransition(present.label, to.label, [status.label for status in TRANSITIONS[present]])
    placement.status = to
