"""How is an instant written in a sentence, in the clock of England?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from placements.rules.written_dates import MONTHS, day_in_words

LONDON = ZoneInfo("Europe/London")


class NotAnInstant(ValueError):
    """A time was given without its offset from UTC: in October the same time comes twice."""


def in_london(at: datetime) -> datetime:
    """The instant by the clock of England. Refuses a time without an offset."""
    if at.tzinfo is None:
        raise NotAnInstant(f"{at.isoformat()} has no offset from UTC. Give the instant, not a clock's reading.")
    return at.astimezone(LONDON)


def london_day(at: datetime) -> date:
    """The day in England on which the instant falls."""
    return in_london(at).date()


def moment_in_words(at: datetime) -> str:
    """Day, time and which clock: "Wed 31 March 2027, 00:30 summer time"."""
    local = in_london(at)
    clock = "summer time" if local.dst() != timedelta(0) else "GMT"
    return f"{day_in_words(local.date())}, {local:%H:%M} {clock}"


def short_moment_in_words(at: datetime) -> str:
    """Day and time, for a line whose year is plain from what stands around it: "19 January 10:40"."""
    local = in_london(at)
    return f"{local.day} {MONTHS[local.month - 1]} {local:%H:%M}"
