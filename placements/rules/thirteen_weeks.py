"""When had a child been looked after for 13 weeks since 14, and when did that make an eligible child?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from placements.rules.ages import Birthday, birthday
from placements.rules.periods_of_care import (
    CountedPeriod,
    LegalStatus,
    PeriodOfCare,
    clipped,
    counted,
    joined,
    reached_on,
    without_short_breaks,
)
from placements.rules.written_dates import date_in_words, day_in_words

NIGHTS_OF_13_WEEKS = 91  # reg. 40(1)
COUNTED_FROM_AGE = 14  # reg. 40(1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way of counting gives: the day that reached 91, and the first day as an eligible child."""

    ninety_first_on: date | None
    eligible_since: date | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "ninety_first_on": self.ninety_first_on.isoformat() if self.ninety_first_on else None,
            "eligible_since": self.eligible_since.isoformat() if self.eligible_since else None,
        }


@dataclass(frozen=True, kw_only=True)
class ThirteenWeeks:
    """The count as at a day. Dates of the readings may lie later than that day if care goes on as it does.

    `by_nights` is the reading that binds here. `other` counts both ends of every stay, and 28 February for
    a birthday on the 29th: the earliest defensible answer (ADR 0015, ADR 0016). `lines` are the sum, up to
    the 91st night or the day asked about; `nights` are all of them up to that day. Each is worked out when asked for:
    a sweep over many asks for little of it.
    """

    on: date
    fourteenth_birthday: Birthday
    sixteenth_birthday: Birthday
    eighteenth_birthday: Birthday
    childhood: tuple[PeriodOfCare, ...]

    @cached_property
    def by_nights(self) -> Reading:
        return _reading(
            self.childhood,
            since=self.fourteenth_birthday.on,
            sixteen_on=self.sixteenth_birthday.on,
            counts_both_ends=False,
        )

    @cached_property
    def other(self) -> Reading:
        return _reading(
            self.childhood,
            since=self.fourteenth_birthday.earlier_on,
            sixteen_on=self.sixteenth_birthday.earlier_on,
            counts_both_ends=True,
        )

    @property
    def is_reached(self) -> bool:
        return self.by_nights.ninety_first_on is not None and self.by_nights.ninety_first_on <= self.on

    @property
    def lines(self) -> tuple[CountedPeriod, ...]:
        until = min(self.on, self.by_nights.ninety_first_on or self.on)
        return counted(self.childhood, since=self.fourteenth_birthday.on, until=until)

    @property
    def nights(self) -> int:
        until_on = counted(self.childhood, since=self.fourteenth_birthday.on, until=self.on)
        return until_on[-1].running_total if until_on else 0

    @property
    def sentence(self) -> str:
        """The sum in words: "41 (10 January 2025 to 20 February 2025) + 50 (...) = 91, reached on ..."."""
        since = f"Nights looked after since the 14th birthday ({date_in_words(self.fourteenth_birthday.on)}): "
        if not self.lines:
            return f"{since}none."
        total = f"{' + '.join(line.sentence for line in self.lines)} = {self.lines[-1].running_total}"
        if not self.is_reached or self.by_nights.ninety_first_on is None:
            return f"{since}{total}."
        return f"{since}{total}, reached on {day_in_words(self.by_nights.ninety_first_on)}."

    @property
    def other_sentence(self) -> str:
        """How it was counted, and what the other way would give."""
        how = "Nights are counted, as the sector's validator does"
        other_way = "counting both ends"
        if self.fourteenth_birthday.other_reading_on:
            other_way += f", from {day_in_words(self.fourteenth_birthday.other_reading_on)},"
        if self.other.ninety_first_on is None:
            return f"{how}; {other_way} would not reach 91 either."
        return f"{how}; {other_way} would give {day_in_words(self.other.ninety_first_on)}."

    def as_dict(self) -> dict[str, Any]:
        return {
            "fourteenth_birthday": self.fourteenth_birthday.as_dict(),
            "sixteenth_birthday": self.sixteenth_birthday.as_dict(),
            "eighteenth_birthday": self.eighteenth_birthday.as_dict(),
            "by_nights": self.by_nights.as_dict(),
            "other": self.other.as_dict(),
            "lines": [line.as_dict() for line in self.lines],
            "nights": self.nights,
            "is_reached": self.is_reached,
            "sentence": self.sentence,
            "other_sentence": self.other_sentence,
        }


def thirteen_weeks(
    *, date_of_birth: date, periods: Sequence[PeriodOfCare], legal_statuses: Sequence[LegalStatus] = (), on: date
) -> ThirteenWeeks:
    """Count the nights of reg. 40(1): looked after since 14, before 18, short breaks left out.

    Periods add up, gaps do not start the count again, and a stay that began before 14 counts from 14.
    """
    return counted_nights(
        date_of_birth=date_of_birth, nights=without_short_breaks(joined(periods), legal_statuses), on=on
    )


def counted_nights(*, date_of_birth: date, nights: Sequence[PeriodOfCare], on: date) -> ThirteenWeeks:
    """The same of periods that are joined, with short breaks left out already."""
    fourteenth, sixteenth, eighteenth = (
        birthday(date_of_birth=date_of_birth, age=age) for age in (COUNTED_FROM_AGE, 16, 18)
    )
    return ThirteenWeeks(
        on=on,
        fourteenth_birthday=fourteenth,
        sixteenth_birthday=sixteenth,
        eighteenth_birthday=eighteenth,
        childhood=clipped(nights, until=eighteenth.on),
    )


def _reading(childhood: Sequence[PeriodOfCare], *, since: date, sixteen_on: date, counts_both_ends: bool) -> Reading:
    def first_day(not_before: date) -> date | None:
        return reached_on(
            childhood,
            since=since,
            nights=NIGHTS_OF_13_WEEKS,
            not_before=not_before,
            counts_both_ends=counts_both_ends,
        )

    return Reading(ninety_first_on=first_day(since), eligible_since=first_day(sixteen_on))
