"""Which reading of a rule held on a day, where the rule has changed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from placements.rules.finding import Citation
from placements.rules.written_dates import day_in_words

T = TypeVar("T")


class NoReading(Exception):
    """A rule was asked about a day on which it had not yet been made, or no longer held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedReading(Generic[T]):
    """What a rule said from `from_on` until the day before `until`, or still says where `until` is None."""

    from_on: date
    until: date | None = None
    says: T
    citation: Citation

    def holds_on(self, on: date) -> bool:
        return self.from_on <= on and (self.until is None or on < self.until)


def reading_on(readings: Sequence[DatedReading[T]], *, on: date) -> DatedReading[T]:
    """The one reading that held on that day (ADR 0025). Raises NoReading for a day before the first of them."""
    for reading in readings:
        if reading.holds_on(on):
            return reading
    raise NoReading(
        f"Nothing is held of what {readings[0].citation} said on {day_in_words(on)}: other rules applied then. "
        "A person decides."
    )
