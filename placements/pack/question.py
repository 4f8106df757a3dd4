"""What is a pack asked for? One authority, one period, and the instant up to which what was recorded counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from db.clock import LONDON, london_date
from geo.models import Authority
from placements.exceptions import UnreadableField

LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True, kw_only=True)
class Question:
    """Both days are counted in. What was recorded after `as_at` is not read, whenever it had happened.

    Refuses (UnreadableField) a period that ends before it begins, reaches beyond `as_at`, or is over five years long.
    """

    authority: Authority
    starts_on: date
    ends_on: date
    as_at: datetime

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise UnreadableField("ends_on", "The last day of the period comes before its first.")
        if self.ends_on > self.last_day:
            raise UnreadableField("ends_on", "The period reaches beyond what can be recorded yet: end it earlier.")
        if self.ends_on - self.starts_on > LONGEST:
            raise UnreadableField("starts_on", "The period is over five years long: ask for a shorter one.")

    @property
    def last_day(self) -> date:
        """The London day of `as_at`: lateness is told as it stood on it."""
        return london_date(self.as_at)

    def began_in(self, on: date | None) -> bool:
        """Whether a day lies in the period."""
        return on is not None and self.starts_on <= on <= self.ends_on

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The instants from which and until which the period runs, the second one outside it."""
        return _midnight(self.starts_on), _midnight(self.ends_on + timedelta(days=1))


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=LONDON).astimezone(UTC)
