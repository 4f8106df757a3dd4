"""By which clock does the timetable go? By the machine's steady one, which nobody can set.

Celery's own goes by the time of day, and is silent for an hour after a clock was put back by an hour. Nothing is kept on
disk either: at each start all of the timetable is due, and a worker leaves what has just been done (audit/timetable.py).
"""

import time
from datetime import UTC, datetime

from celery.beat import Scheduler

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def steady_now() -> datetime:
    """An instant that only goes forward, with the machine's own running time; it says nothing about the date."""
    return datetime.fromtimestamp(time.monotonic(), tz=UTC)


class SteadyScheduler(Scheduler):
    """Celery's scheduler with another clock."""

    def setup_schedule(self) -> None:
        """The lines of the timetable, all due now."""
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.schedule.nowfun = steady_now
            entry.last_run_at = LONG_AGO
