"""Which twelve months does a return cover?"""

import re
from dataclasses import dataclass
from datetime import date

from placements.returns.exceptions import ReturnRefused

WRITTEN = re.compile(r"(20\d\d)[-/](?:20)?(\d\d)")
FIRST_YEAR = 2015  # the codes of places changed in April 2015; placements/reference/return_codes.csv begins there


@dataclass(frozen=True, order=True)
class CollectionYear:
    """A year from 1 April to 31 March, by the calendar year in which it starts."""

    starts_in: int

    @classmethod
    def read(cls, text: str) -> "CollectionYear":
        """The year of "2025-26". Raises ReturnRefused for anything else, and before 2015-16."""
        found = WRITTEN.fullmatch(text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ReturnRefused(f"{text!r} is no collection year: give it as 2025-26.")
        if int(found[1]) < FIRST_YEAR:
            raise ReturnRefused(f"The code lists begin with 2015-16, so {text} cannot be read: give a later year.")
        return cls(int(found[1]))

    def __str__(self) -> str:
        return f"{self.starts_in}-{(self.starts_in + 1) % 100:02}"

    @property
    def last_day(self) -> date:
        """31 March: the day on whose map a return is answered."""
        return date(self.starts_in + 1, 3, 31)
