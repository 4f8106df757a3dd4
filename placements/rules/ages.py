"""On which day does a person reach an age?"""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Birthday:
    """The day whose first moment brings an age.

    `other_reading_on` is 28 February for a person born on 29 February who reaches the age in a common
    year, where we read 1 March (ADR 0015); None for everybody else.
    """

    on: date
    other_reading_on: date | None = None

    @property
    def earlier_on(self) -> date:
        """The day from which to warn."""
        return self.other_reading_on or self.on

    def as_dict(self) -> dict[str, Any]:
        other = self.other_reading_on
        return {"on": self.on.isoformat(), "other_reading_on": other.isoformat() if other else None}


# A sweep asks for the same few ages of the same birthdays, of thousands of children.
@lru_cache(maxsize=4_096)
def birthday(*, date_of_birth: date, age: int) -> Birthday:
    """The day on which somebody reaches `age`, at its start (Family Law Reform Act 1969, s. 9(1))."""
    year = date_of_birth.year + age
    if (date_of_birth.month, date_of_birth.day) == (2, 29) and not calendar.isleap(year):
        return Birthday(on=date(year, 3, 1), other_reading_on=date(year, 2, 28))
    return Birthday(on=date_of_birth.replace(year=year))


def age_on(*, date_of_birth: date, on: date) -> int:
    """Whole years of age on that day. Refuses a day before the birth."""
    if on < date_of_birth:
        raise ValueError(f"There is no age on {on.isoformat()}: the date of birth is later.")
    years = on.year - date_of_birth.year
    return years if birthday(date_of_birth=date_of_birth, age=years).on <= on else years - 1
