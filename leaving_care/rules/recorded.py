"""What has been done for a young person, and where have they lived since leaving care came into view?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Place codes of the return: with foster carers, relatives and friends among them.
FOSTER_CODES = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})


class Power(StrEnum):
    """Under which section somebody is accommodated; the law asks different things of each."""

    LOOKED_AFTER = "looked_after"
    S23B = "s23B"
    S24B = "s24B"
    S23C = "s23C"
    THEIR_OWN = "their_own"
    NOT_KNOWN = "not_known"

    @property
    def asks_for_visits(self) -> bool:
        """SI 2010/2571 regs. 7(3), 8(2): only accommodation provided under s. 23B or s. 24B."""
        return self in (Power.S23B, Power.S24B)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where somebody lives from a day until a day (half-open), under which power.

    `area` names the authority whose area it is: "" where that is not known; s. 24C(1) reaches England and Wales. The
    same address under another power, as at 18, is a home of its own. `is_foster_home`: with foster carers, for staying put.
    """

    key: str
    from_on: date
    until_on: date | None = None
    area: str = ""
    is_in_our_area: bool = False
    is_in_england_or_wales: bool = True
    power: Power = Power.NOT_KNOWN
    is_foster_home: bool = False

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That an authority was told that somebody lives in its area, or has left it."""

    area: str
    on: date
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everything that was recorded as done, days in any order.

    `review_asked_on`: the young person asked for a review of the pathway plan. `contacts` are the ages for which the
    return's contact was made. `offers` are the offers of support after 21.
    """

    adviser_since: date | None = None
    planned_on: tuple[date, ...] = ()
    assessed_on: date | None = None
    plan_made_on: date | None = None
    review_asked_on: tuple[date, ...] = ()
    reviewed_on: tuple[date, ...] = ()
    visited_on: tuple[date, ...] = ()
    told: tuple[Told, ...] = ()
    staying_put_decided_on: date | None = None
    contacts: tuple[tuple[int, date], ...] = ()
    offers: tuple[date, ...] = ()
    homes: tuple[Home, ...] = ()


def first_from(days: tuple[date, ...], since: date) -> date | None:
    """The earliest of the days that is not before `since`."""
    return min((day for day in days if day >= since), default=None)
