"""How is a day written in a sentence?"""

from datetime import date
from functools import lru_cache

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=16_384)
def day_in_words(on: date) -> str:
    """The day as people write it, whatever the machine's locale: "Fri 25 December 2026"."""
    return f"{WEEKDAYS[on.weekday()]} {date_in_words(on)}"


def date_in_words(on: date) -> str:
    """The day without its weekday: "25 December 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
