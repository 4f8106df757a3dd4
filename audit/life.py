"""When was a part of the service, or one of its sweeps, last seen at work? The health page reads it."""

from django.db import connection

SEEN = """
insert into audit_signoflife (part, seen_at) values (%s, clock_timestamp())
on conflict (part) do update set seen_at = excluded.seen_at
"""


def was_seen(part: str) -> None:
    """Keep that the part works now, by the database's own clock."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [part])
