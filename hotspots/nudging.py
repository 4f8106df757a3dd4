"""Who is woken when an area changed, or a large file came? A worker, at the commit; the row stays the truth.

A nudge that is lost costs twenty seconds: the sweep finds the same rows (config/celery.py).
"""

from uuid import UUID

from notifications.delivery import outbox

CHECK = "placements.tasks.check_after_changes"
FILES = "placements.tasks.work_on_files"


def check_after_commit(owner_id: UUID) -> None:
    """Let the registers near an owner's areas be checked as soon as the transaction has committed; once, however often said."""
    outbox.nudge_on_commit(CHECK, str(owner_id))


def work_on_files_after_commit(owner_id: UUID) -> None:
    """Let what was asked of an owner's large files be done as soon as the transaction has committed."""
    outbox.nudge_on_commit(FILES, str(owner_id))
