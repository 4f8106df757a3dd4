"""When was a part of the service, or one of its sweeps, last seen at work? The health page reads it."""

from datetime import UTC, datetime
from math import inf

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
AGES = "select part, extract(epoch from clock_timestamp() - seen_at)::float8 from audit_signoflife"


def was_seen(part: str) -> None:
    """Keep that the part works now, by the database's own clock; and where this process's is wrong, that one is."""
    here = datetime.now(tz=UTC)
    with connection.cursor() as cursor:
        asked = {"parts": [part, WRONG_CLOCK], "wrong": WRONG_CLOCK, "here": here, "most": MOST_SKEW_SECONDS}
        cursor.execute(SEEN, asked)


def ages() -> dict[str, float]:
    """How many seconds ago each part was last at work, by the database's own clock; without those never seen."""
    with connection.cursor() as cursor:
        cursor.execute(AGES)
        return dict(cursor.fetchall())


def seen_within(part: str, *, seconds: float) -> bool:
    """Whether the part was at work within these seconds."""
    return ages().get(part, inf) < seconds
