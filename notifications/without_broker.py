"""What goes on while the broker is gone? What Celery has not done for a while is done here, from the database alone.

Notices are given, e-mails asked about, ladders climbed and the log-book sealed. What Celery's sweeps leave as signs of
life is not touched: the health page still tells that they have stopped, whatever the reason.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import connection

from audit import seal
from audit.life import seen_within, was_seen
from notifications.delivery import bounces, delivery, emails
from notifications.ladder import climbing

logger = logging.getLogger(__name__)

PART = "fallback"


@dataclass(frozen=True)
class Work:
    """One recurring work: whose sign of life is missed, for how many seconds, and what is done then."""

    part: str
    late_seconds: float
    do: Callable[[], object]


# The timetable has each of them done at least every ten seconds.
WORK = (
    Work("post", 10.0, delivery.deliver_due),
    Work("emails", 30.0, bounces.read_waiting),
    Work("emails", 30.0, emails.ask_due),
    Work("ladders", 30.0, climbing.climb_due),
    Work("sealer", 10.0, seal.seal),
)


def do_what_is_late() -> None:
    """Do once whatever nobody has done lately. Never raises: what failed is done the next time."""
    for work in WORK:
        _try(partial(_do_if_late, work))
    _try(partial(was_seen, PART))


def _do_if_late(work: Work) -> None:
    if not seen_within(work.part, seconds=work.late_seconds):
        work.do()


def _try(do: Callable[[], None]) -> None:
    try:
        do()
    except Exception:
        logger.exception("what goes on without the broker failed")
        # It may be the connection that broke: the next one is new.
        connection.close()
