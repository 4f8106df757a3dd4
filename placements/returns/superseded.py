"""What becomes of what was owed because of a placement that a newer return does not hold? Closed, with a line saying why."""

from datetime import datetime
from uuid import UUID

from duties.actions import close_as_not_owed
from duties.models import Duty
from placements.models import Placement

REASON = "The placement is not in the return that was imported last: it was superseded, and with it what it asked for."


def close_what_was_owed(authority_id: UUID, *, by: str, at: datetime) -> int:
    """Close the open duties about placements of returns that have been superseded; returns how many."""
    gone = Placement.objects.filter(
        authority_id=authority_id, source=Placement.Source.RETURN, superseded_at__isnull=False
    )
    owed = Duty.objects.filter(
        authority_id=authority_id, subject_kind="placement", subject_id__in=gone.values("id"), closed_at=None
    )
    duty_ids = list(owed.values_list("id", flat=True))
    for duty_id in duty_ids:
        close_as_not_owed(duty_id, reason=REASON, by=by, at=at)
    return len(duty_ids)
