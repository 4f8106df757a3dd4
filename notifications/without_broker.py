"""What goes on while the broker is gone? All of the timetable: what Celery has not done for a while is done here.

It needs the database alone. What Celery's sweeps leave as signs of life is not touched: the health page still tells that
they have stopped, whatever the reason.
"""

import logging
import time
from collections import defaultdict
from math import inf
from threading import Event

from django.db import connection

from audit.life import ages, was_seen
from audit.timetable import Line, lines

logger = logging.getLogger(__name__)

PART = "fallback"
LOOK_EVERY_SECONDS = 1.0


class Substitute:
    """Does one queue's share of the timetable wherever Celery is late with it.

    One for each queue, each in a thread of its own, as Celery has a worker for each: a long screening holds up no notice.
    """

    def __init__(self, share: list[Line]):
        self._share = share
        self._begun_at: dict[str, float] = {}

    def go_on(self, stopped: Event) -> None:
        """Look every second until it is stopped; what it began it ends."""
        while not stopped.wait(LOOK_EVERY_SECONDS):
            self.do_what_is_late(stopped)

    def do_what_is_late(self, stopped: Event | None = None) -> None:
        """Do once whatever nobody has done lately. Never raises: what failed is done the next time."""
        try:
            was_seen(PART)
            seen = ages()
            late = [line for line in self._share if self._is_late(line, seen)]
        except Exception:
            _log("what is late could not be asked")
            return
        for line in late:
            if stopped and stopped.is_set():
                return
            self._begun_at[line.sweep.part] = time.monotonic()
            try:
                line.sweep.run()
            except Exception:
                _log(line.words)

    def _is_late(self, line: Line, seen: dict[str, float]) -> bool:
        waited = time.monotonic() - self._begun_at.get(line.sweep.part, -inf)
        return waited >= line.every_seconds and seen.get(line.sweep.part, inf) > line.late_seconds


def substitutes() -> list[Substitute]:
    """One for each queue that the timetable knows."""
    shares: dict[str, list[Line]] = defaultdict(list)
    for line in lines():
        shares[line.queue].append(line)
    return [Substitute(share) for share in shares.values()]


def _log(what: str) -> None:
    logger.exception("not done without the broker: %s", what)
    # It may be the connection that broke: the next one is new.
    connection.close()
