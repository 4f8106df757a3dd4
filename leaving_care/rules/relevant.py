"""Is a young person of 16 or 17, no longer looked after, a relevant child?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from leaving_care.rules.circumstances import Circumstances, Ending, HomeStay, Stay, months_at_home_reached_on
from placements.rules.calendar_months import add_months
from placements.rules.periods_of_care import PeriodOfCare, counted, is_looked_after
from placements.rules.thirteen_weeks import NIGHTS_OF_13_WEEKS, ThirteenWeeks

MONTHS_SETTLED_AT_HOME = 6  # SI 2010/2571 reg. 3(3)
CARE_ORDERS = frozenset({"C1", "C2"})
# Endings after which the young person lives with somebody to whom reg. 3(3) may apply.
TO_A_HOME = frozenset({Ending.HOME, Ending.SPECIAL_GUARDIANSHIP})


class Limb(StrEnum):
    """By which words somebody is a relevant child."""

    LEFT_CARE = "left_care"
    HELD_AT_16 = "held_at_16"
    HOME_BROKE_DOWN = "home_broke_down"


@dataclass(frozen=True, slots=True)
class Relevance:
    """A relevant child, by which limb and since when. `asks_about_home`: six months have passed and nobody has said."""

    limb: Limb
    since: date
    asks_about_home: bool = False


def relevance(
    *,
    circumstances: Circumstances,
    count: ThirteenWeeks,
    eligible_since: date | None,
    whole: Sequence[PeriodOfCare],
    nights: Sequence[PeriodOfCare],
    on: date,
) -> Relevance | None:
    """Whether the young person is a relevant child on a day before the 18th birthday; None if not.

    `whole` are the periods of care joined, `nights` the same without short breaks.

    CA 1989 s. 23A(2): not looked after, and an eligible child immediately before last ceasing to be. SI 2010/2571
    reg. 3(2): on the 16th birthday detained or in hospital, not in care, and looked after for 13 weeks just before
    that. Reg. 3(3), (4): not while settled at home for six months or more; again when that breaks down.
    """
    sixteenth_on = count.sixteenth_birthday.on
    if on < sixteenth_on or is_looked_after(whole, on=on):
        return None
    stay = circumstances.last_stay(on=on)
    if stay is None or not stay.is_with_us or stay.ending is Ending.TRANSFERRED:
        return None
    ended_on = stay.period.end_on
    if ended_on is None or not _was_eligible(nights, eligible_since, stay):
        if _was_held_at_16(circumstances, nights, count, sixteenth_on):
            return Relevance(Limb.HELD_AT_16, sixteenth_on)
        return None
    return _since_home(circumstances, stay, ended_on, on)


def _was_eligible(nights: Sequence[PeriodOfCare], since: date | None, stay: Stay) -> bool:
    """Whether the last day of the stay was a day as an eligible child; a last night of short breaks was none."""
    ended_on = stay.period.end_on
    if ended_on is None or since is None or since > ended_on:
        return False
    return is_looked_after(nights, on=ended_on - timedelta(days=1))


def _since_home(circumstances: Circumstances, stay: Stay, ended_on: date, on: date) -> Relevance | None:
    homes = [home for home in circumstances.at_home if ended_on <= home.span.start_on <= on]
    long_enough = [home for home in homes if _has_lasted(home, on)]
    settled = [home for home in long_enough if home.is_settled]
    if any(home.span.holds(on) for home in settled):
        return None
    asks = any(home.is_settled is None for home in long_enough)
    if not homes and stay.ending in TO_A_HOME:
        asks = add_months(from_on=ended_on, months=MONTHS_SETTLED_AT_HOME) <= on
    broke_down = [home.span.end_on for home in settled if home.span.end_on]
    if broke_down:
        return Relevance(Limb.HOME_BROKE_DOWN, max(broke_down), asks)
    return Relevance(Limb.LEFT_CARE, ended_on, asks)


def _has_lasted(home: HomeStay, on: date) -> bool:
    reached = months_at_home_reached_on(home, MONTHS_SETTLED_AT_HOME)
    return reached is not None and reached <= on


def _was_held_at_16(
    circumstances: Circumstances, nights: Sequence[PeriodOfCare], count: ThirteenWeeks, sixteenth_on: date
) -> bool:
    in_care = any(
        status.code in CARE_ORDERS and status.start_on <= sixteenth_on < (status.end_on or date.max)
        for status in circumstances.legal_statuses
    )
    if in_care:
        return False
    for span in circumstances.held:
        if not span.holds(sixteenth_on):
            continue
        lines = counted(nights, since=count.fourteenth_birthday.on, until=span.start_on)
        is_just_before = is_looked_after(nights, on=span.start_on - timedelta(days=1))
        if is_just_before and lines and lines[-1].running_total >= NIGHTS_OF_13_WEEKS:
            return True
    return False
