"""On how many nights was a child looked after since a birthday, and when was a number of them reached?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placements.rules.written_dates import date_in_words

SHORT_BREAK_STATUSES = frozenset({"V3", "V4"})


@dataclass(frozen=True, slots=True)
class PeriodOfCare:
    """Half-open: looked after from `start_on` until, and not including, the night of `end_on`.

    `end_on` is None while it goes on. Refuses an end that is not after the start.
    """

    start_on: date
    end_on: date | None = None

    def __post_init__(self) -> None:
        if self.end_on is not None and self.end_on <= self.start_on:
            raise ValueError(
                f"A period of care from {self.start_on.isoformat()} cannot end on {self.end_on.isoformat()}: "
                "the end comes after the start. Correct the record first."
            )

    @property
    def until(self) -> date:
        return self.end_on or date.max


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """A code of the 903 return (V3, C2 ...) over a half-open span."""

    code: str
    start_on: date
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class CountedPeriod:
    """One line of the sum: the nights counted from `counted_from` to the morning of `counted_until`."""

    counted_from: date
    counted_until: date
    nights: int
    running_total: int

    @property
    def days_counting_both_ends(self) -> int:
        return self.nights + 1

    @property
    def sentence(self) -> str:
        return f"{self.nights} ({date_in_words(self.counted_from)} to {date_in_words(self.counted_until)})"

    def as_dict(self) -> dict[str, Any]:
        return {
            "counted_from": self.counted_from.isoformat(),
            "counted_until": self.counted_until.isoformat(),
            "nights": self.nights,
            "running_total": self.running_total,
            "days_counting_both_ends": self.days_counting_both_ends,
        }


def joined(periods: Iterable[PeriodOfCare]) -> tuple[PeriodOfCare, ...]:
    """The same days as periods that neither touch nor overlap, in order: no night is counted twice."""
    result: list[PeriodOfCare] = []
    for period in sorted(periods, key=lambda period: period.start_on):
        if result and period.start_on <= result[-1].until:
            until = max(result[-1].until, period.until)
            result[-1] = PeriodOfCare(result[-1].start_on, None if until == date.max else until)
        else:
            result.append(period)
    return tuple(result)


def without_short_breaks(periods: Sequence[PeriodOfCare], statuses: Iterable[LegalStatus]) -> tuple[PeriodOfCare, ...]:
    """The periods, joined already, less every span of V3 or V4, which stand for reg. 48 short breaks (reg. 40(2))."""
    breaks = [status for status in statuses if status.code in SHORT_BREAK_STATUSES]
    if not breaks:
        return tuple(periods)
    return joined(_less(list(periods), breaks))


def clipped(periods: Sequence[PeriodOfCare], *, until: date) -> tuple[PeriodOfCare, ...]:
    """The part of the periods before the morning of `until`."""
    return tuple(
        PeriodOfCare(period.start_on, min(period.until, until)) for period in periods if period.start_on < until
    )


def is_looked_after(periods: Iterable[PeriodOfCare], *, on: date) -> bool:
    """Whether the night of `on` falls in a period."""
    return any(period.start_on <= on < period.until for period in periods)


def counted(periods: Sequence[PeriodOfCare], *, since: date, until: date) -> tuple[CountedPeriod, ...]:
    """The nights of each period from `since` to the morning of `until`, with the running total.

    `periods` are joined already. A stay that began before `since` counts from `since`.
    """
    result = []
    total = 0
    for period in periods:
        start, end = max(period.start_on, since), min(period.until, until)
        if start < end:
            nights = (end - start).days
            total += nights
            result.append(CountedPeriod(start, end, nights, total))
    return tuple(result)


def reached_on(
    periods: Sequence[PeriodOfCare], *, since: date, nights: int, not_before: date, counts_both_ends: bool = False
) -> date | None:
    """The first day from `not_before` on, looked after, with that many nights since `since` behind it.

    The day on which a period ends is still a day of it. With `counts_both_ends` the day of arrival and
    the day itself are counted too. None if it is never reached, however long an open period goes on.
    """
    extra = 1 if counts_both_ends else 0
    total = 0
    for period in periods:
        start, end = max(period.start_on, since), period.until
        if end <= since:
            continue
        # A number already reached is reached on a period's first day, and on no day that ends it as it starts.
        candidate = max(start + timedelta(days=max(nights - total - extra, 0)), not_before)
        is_last_day_enough = counts_both_ends or end > not_before
        if candidate < end or (candidate == end and is_last_day_enough):
            return candidate
        total += (end - start).days + extra
    return None


def _less(periods: list[PeriodOfCare], breaks: list[LegalStatus]) -> Iterator[PeriodOfCare]:
    for period in periods:
        remaining = [period]
        for gap in breaks:
            remaining = [piece for whole in remaining for piece in _cut(whole, gap.start_on, gap.end_on or date.max)]
        yield from remaining


def _cut(period: PeriodOfCare, gap_from: date, gap_until: date) -> Iterator[PeriodOfCare]:
    if period.start_on < min(gap_from, period.until):
        end = min(gap_from, period.until)
        yield PeriodOfCare(period.start_on, None if end == date.max else end)
    if max(gap_until, period.start_on) < period.until:
        yield PeriodOfCare(max(gap_until, period.start_on), period.end_on)
