"""How are days and instants written on a page?"""

from datetime import date, datetime

from db.clock import LONDON
from placements.rules.written_dates import date_in_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(on: date | None, *, otherwise: str = "not known") -> str:
    """ "Tuesday 29 December 2026"."""
    return f"{WEEKDAYS[on.weekday()]} {date_in_words(on)}" if on else otherwise


def short_day(on: date | None, *, otherwise: str = "not known") -> str:
    """ "29 December 2026", where a column is narrow or the weekday says nothing."""
    return date_in_words(on) if on else otherwise


def instant(at: datetime | None, *, otherwise: str = "not yet") -> str:
    """London time: "Thursday 17 December 2026, 23:50"."""
    if at is None:
        return otherwise
    return f"{day(at.astimezone(LONDON).date())}, {clock(at)}"


def clock(at: datetime) -> str:
    """The time of day in London: "23:50"."""
    return f"{at.astimezone(LONDON):%H:%M}"


def stretch(starts_on: date | None, ends_on: date | None) -> str:
    """ "10 January 2025 to 20 February 2025", or "since …"."""
    if ends_on is None:
        return f"since {short_day(starts_on)}"
    return f"{short_day(starts_on)} to {short_day(ends_on)}"
