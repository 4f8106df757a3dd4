"""Which ages that change something does a young person reach in a span of days?"""

from dataclasses import dataclass
from datetime import date

from placements.rules.ages import birthday
from placements.rules.calendar_months import add_months

AGES = (16, 18, 21)
HALF_YEAR_MONTHS = 6


@dataclass(frozen=True, slots=True)
class AgeAhead:
    """An age in words, and the day on which it is reached."""

    words: str
    on: date


def ages_ahead(*, date_of_birth: date, on: date, until: date) -> tuple[AgeAhead, ...]:
    """16, 17 and a half, 18 and 21, where they are reached from `on` to before `until`, in order."""
    reached = [AgeAhead(str(age), birthday(date_of_birth=date_of_birth, age=age).on) for age in AGES]
    seventeen = birthday(date_of_birth=date_of_birth, age=17).on
    reached.append(AgeAhead("17 and a half", add_months(from_on=seventeen, months=HALF_YEAR_MONTHS)))
    return tuple(sorted((one for one in reached if on <= one.on < until), key=lambda one: one.on))
