"""Who is woken when an area changed? A worker, at the commit; the row that the database wrote stays the truth.

A nudge that is lost costs twenty seconds: the sweep finds the same rows (config/celery.py).
"""

from uuid import UUID

from notifications.delivery import outbox

CHECK = "placements.tasks.check_after_changes"


def check_after_commit(owner_id: UUID) -> None:
    """Let the registers near an owner's areas be checked as soon as the transaction has committed; once, however often said."""
    outbox.nudge_on_commit(CHECK, str(owner_id))
