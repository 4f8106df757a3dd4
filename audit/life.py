"""When was a part of the service, or one of its sweeps, last seen at work? The health page reads it.

A sweep that had to wait behind others finds that its work has just been done, by the database's clock. The broker's
way, a time after which a message is thrown away, is judged by the worker's: one that runs fast would throw away all.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.db import connection

# A process whose own clock is further from the database's leaves this sign beside its own.
WRONG_CLOCK = "wrong_clock"
MOST_SKEW_SECONDS = 10

SEEN = """
insert into audit_signoflife (part, seen_at)
select part, clock_timestamp() from unnest(%(parts)s::text[]) part
where part <> %(wrong)s or abs(extract(epoch from clock_timestamp() - %(here)s)) > %(most)s
on conflict (part) do update set seen_at = excluded.seen_at
"""
WITHIN = """
select exists (
    select from audit_signoflife where part = %s and seen_at > clock_timestamp() - make_interval(secs => %s)
)
"""


def was_seen(part: str) -> None:
    """Keep that the part works now, by the database's own clock; and where this process's is wrong, that one is."""
    here = datetime.now(tz=UTC)
    with connection.cursor() as cursor:
        asked = {"parts": [part, WRONG_CLOCK], "wrong": WRONG_CLOCK, "here": here, "most": MOST_SKEW_SECONDS}
        cursor.execute(SEEN, asked)


def seen_within(part: str, *, seconds: float) -> bool:
    """Whether the part was at work within these seconds."""
    with connection.cursor() as cursor:
        cursor.execute(WITHIN, [part, seconds])
        return cursor.fetchone()[0]


def unless_just_done(part: str, *, seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Leave a sweep that was done within these seconds; one that is done leaves a sign of life."""

    def of(sweep: Callable[[], None]) -> Callable[[], None]:
        @wraps(sweep)
        def run() -> None:
            if not seen_within(part, seconds=seconds):
                sweep()
                was_seen(part)

        return run

    return of
