"""What happens when two people act on one child at the same moment?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from placements import queries
from placements.actions import placements as actions
from placements.models import Placement
from tests.factories import acting, child, person, placement_at

Status = Placement.Status


def test_of_two_starts_for_a_child_at_once_the_later_ends_the_earlier(committing):
    priya = person()
    kayla = child(priya)
    first, second = (placement_at(Status.APPROVED, priya, of=kayla) for _ in range(2))
    at = datetime(2026, 12, 7, 18, 0, tzinfo=UTC)

    def start(placement: Placement, hour: int) -> None:
        started_at = datetime(2026, 12, 7, hour, 0, tzinfo=UTC)
        with acting(priya):
            actions.start(placement_id=placement.id, started_at=started_at, by=priya, at=at)

    def start_the_second() -> None:
        try:
            start(second, 17)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as somebody_else:
        with acting(priya):
            start(first, 16)
            waiting = somebody_else.submit(start_the_second)
            while not waits_for_us() and not waiting.done():
                pass
        waiting.result()

    with acting(priya):
        first.refresh_from_db()
        assert (first.status, first.ended_at.hour) == (Status.ENDED, 17)
        assert list(queries.current().filter(child=kayla)) == [second]


def waits_for_us() -> bool:
    """Whether another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where pg_backend_pid() = any(pg_blocking_pids(pid)))")
        return cursor.fetchone()[0]
