"""When had a child been looked after for 13 weeks since 14, and when did that make an eligible child?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirteenWeeks:
    """The count as at a day. Dates of the readings may lie later than that day if care goes on as it does.

    `by_nights` is the reading that binds here. `other` counts both ends of every stay, and 28 February for
    a birthday on the 29th: the earliest defensible answer (ADR 0015, ADR 0016). `lines` are the sum, up to
    the 91st night or the day asked about; `nights` are all of them up to that day.
    """

    fourteenth_birthday: Birthday
    sixteenth_birthday: Birthday
    eighteenth_birthday: Birthday
    by_nights: Reading
    other: Reading
    lines: tuple[CountedPeriod, ...]
    nights: int
    is_reached: bool

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
    fourteenth, sixteenth, eighteenth = (
        birthday(date_of_birth=date_of_birth, age=age) for age in (COUNTED_FROM_AGE, 16, 18)
    )
    childhood = clipped(without_short_breaks(joined(periods), legal_statuses), until=eighteenth.on)
    by_nights = _reading(childhood, since=fourteenth.on, sixteen_on=sixteenth.on, counts_both_ends=False)
    other = _reading(childhood, since=fourteenth.earlier_on, sixteen_on=sixteenth.earlier_on, counts_both_ends=True)
    is_reached = by_nights.ninety_first_on is not None and by_nights.ninety_first_on <= on
    until_on = counted(childhood, since=fourteenth.on, until=on)
    return ThirteenWeeks(
        fourteenth_birthday=fourteenth,
        sixteenth_birthday=sixteenth,
        eighteenth_birthday=eighteenth,
        by_nights=by_nights,
        other=other,
        lines=counted(childhood, since=fourteenth.on, until=min(on, by_nights.ninety_first_on or on)),
        nights=until_on[-1].running_total if until_on else 0,
        is_reached=is_reached,
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
