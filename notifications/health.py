"""How does registered post stand, and do the parts of the service work? Counts and ages, nothing of anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from celery import current_app
from django.db import connection

from audit.life import MOST_SKEW_SECONDS, WRONG_CLOCK, ages
from audit.timetable import lines
from db.clock import today
from geo.holidays import known_until

FIGURES = "select * from post_in_figures()"
UNSEALED = "select count(*) from log_unsealed(60)"
CLOCK = "select clock_timestamp()"
# What an upgrade of the machine changes under a running database: how it sorts, and what PostGIS is loaded from its disk.
DATABASE = """
select current_setting('server_version'),
       (select extversion from pg_extension where extname = 'postgis'), postgis_lib_version(),
       (select datcollversion from pg_database where datname = current_database()),
       (select pg_database_collation_actual_version(oid) from pg_database where datname = current_database())
"""

BROKER_SECONDS = 0.5
# What leaves a sign of life beside the sweeps, and after how many seconds of silence something is wrong.
SIGNS_OF_LIFE = {
    "beat": ("The timetable", 30),
    "worker": ("The worker", 30),
    "fallback": ("What goes on without the broker", 60),
}
LONGEST_WAIT_SECONDS = 60
# A worker with a wrong clock says so at each of its tasks; after so long without, it was put right.
CLOCK_PUT_RIGHT_SECONDS = 120
# So long before the last bank holiday that is known, the next edition is asked for.
HOLIDAYS_AHEAD = timedelta(days=183)


@dataclass(frozen=True)
class Light:
    """One thing that is watched: what it is, how it stands in words, and whether somebody must look."""

    name: str
    what: str
    stands: str
    needs_somebody: bool


def board() -> list[Light]:
    """Everything that is watched, in the order in which an operator asks."""
    return [*_post(), _broker(), *_signs(), _sealer(), _clock(), _database(), holidays_light(today())]


def broker_answers() -> bool:
    """Whether Celery's broker can be reached now, whichever it is."""
    try:
        with current_app.connection_for_read(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except Exception:
        # Redis and RabbitMQ each raise their own: whatever it is, the broker is away.
        return False
    return True


def _post() -> Iterator[Light]:
    row = _one(FIGURES)
    undelivered, unread = _age(row["oldest_undelivered_seconds"]), _age(row["oldest_unacknowledged_seconds"])
    yield Light("undelivered", "Oldest not delivered yet", f"{undelivered} ({row['waiting']} wait)", False)
    handed_over = f"{_age(row['oldest_handed_over_seconds'])} ({row['handed_over']} wait)"
    yield Light("handed_over", "Oldest e-mail handed over that may still come back", handed_over, False)
    yield Light("overdue", "Waiting past its time", _many(row["overdue"]), row["overdue"] > 0)
    yield Light("unacknowledged", "Oldest without a reply yet", f"{unread} ({row['unacknowledged']} wait)", False)
    yield Light("follow_ups", "Follow-ups past their time", _many(row["climbs_overdue"]), row["climbs_overdue"] > 0)
    yield Light("dead_letters", "Could not be delivered", _many(row["dead"]), row["dead"] > 0)
    yield Light("circuits", "Receivers that are let rest", _many(row["open_circuits"]), row["open_circuits"] > 0)
    lease = row["oldest_lease_seconds"]
    is_stuck = lease is not None and lease > LONGEST_WAIT_SECONDS
    yield Light("leases", "Oldest call that was never ended", _age(lease if is_stuck else None), is_stuck)


def _broker() -> Light:
    is_there = broker_answers()
    stands = "answers" if is_there else "is away: all goes on without it, some seconds later"
    return Light("broker", "The broker", stands, not is_there)


def _signs() -> Iterator[Light]:
    seen = ages()
    sweeps = {one.sweep.part: (f"Last done: {one.words}", one.silent_seconds) for one in lines()}
    for part, (what, silence) in (SIGNS_OF_LIFE | sweeps).items():
        age = seen.get(part)
        yield Light(part, what, f"{_age(age)} ago" if age is not None else "never seen", age is None or age > silence)
    yield _clocks(seen.get(WRONG_CLOCK))


def _clocks(last_wrong: float | None) -> Light:
    is_wrong = last_wrong is not None and last_wrong < CLOCK_PUT_RIGHT_SECONDS
    stands = f"one was over {MOST_SKEW_SECONDS} seconds wrong, {_age(last_wrong)} ago" if is_wrong else "agree"
    return Light("worker_clocks", "The clocks of the workers and of the database", stands, is_wrong)


def _sealer() -> Light:
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        unsealed = cursor.fetchone()[0]
    return Light("unsealed", "Lines of the log-book without a seal after a minute", _many(unsealed), unsealed > 0)


def _clock() -> Light:
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
        (theirs,) = cursor.fetchone()
    skew = abs(datetime.now(tz=UTC) - theirs)
    is_off = skew > timedelta(seconds=MOST_SKEW_SECONDS)
    return Light(
        "clock", "This machine’s clock and the database’s", f"{skew.total_seconds():.1f} seconds apart", is_off
    )


def _database() -> Light:
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        return database_light(*cursor.fetchone())


def database_light(
    server: str, postgis: str, postgis_loaded: str, sorts_as_made: str | None, sorts_now: str | None
) -> Light:
    """Which database answers, and whether the machine was upgraded under it."""
    stands = f"PostgreSQL {server.partition(' ')[0]}, PostGIS {postgis}"
    if postgis_loaded != postgis:
        stands += (
            f"; PostGIS {postgis_loaded} was installed under it: restart it, then “alter extension postgis update”"
        )
    if sorts_as_made != sorts_now:
        stands += (
            "; the machine sorts words otherwise since an upgrade: “reindex database”, then “refresh collation version”"
        )
    return Light("database", "The database", stands, postgis_loaded != postgis or sorts_as_made != sorts_now)


def holidays_light(on: date) -> Light:
    """How far bank holidays are known; past that no date is counted in working days (ADR 0010)."""
    until = known_until()
    needs_somebody = on > until - HOLIDAYS_AHEAD
    stands = f"known until {until:%d %B %Y}" + ("; install the version that knows later ones" if needs_somebody else "")
    return Light("bank_holidays", "Bank holidays of England and Wales", stands, needs_somebody)


def _one(statement: str) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))


def _many(number: int) -> str:
    return str(number) if number else "none"


def _age(seconds: float | None) -> str:
    if seconds is None:
        return "none"
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}s"
    return "1 second" if round(seconds) == 1 else f"{max(seconds, 0):.0f} seconds"
