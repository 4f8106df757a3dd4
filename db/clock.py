"""What time is it? One clock: the database's, with an offset that only the example's and the tests' role may set."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, connections

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The product's time as an aware UTC datetime. Asked by views, tasks and commands only; rules get dates passed in."""
    with connection.cursor() as cursor:
        cursor.execute("select placewatch_now()")
        return cursor.fetchone()[0]


def real_now() -> datetime:
    """The database's own time, whatever a story's clock says: what receivers of signed messages compare with theirs."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def today() -> date:
    """The London date of `now()`."""
    return london_date(now())


def london_date(at: datetime) -> date:
    """The day on which an instant falls in London."""
    return at.astimezone(LONDON).date()


def set_to(at: datetime | None) -> None:
    """Move the product's clock to an instant, or back to the database's own with None.

    For the example and the tests: needs the role placewatch_clock (CLOCK_DATABASE_URL), which no web or worker
    process has. Time goes on from there.
    """
    with connections["clock"].cursor() as cursor:
        if at is None:
            cursor.execute("update db_clock set clock_offset = interval '0'")
        else:
            cursor.execute("update db_clock set clock_offset = %s - clock_timestamp()", [at])
