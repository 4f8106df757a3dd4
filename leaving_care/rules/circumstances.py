"""What has to be known of a young person before anybody can say what they are entitled to?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placements.rules.calendar_months import add_months
from placements.rules.periods_of_care import LegalStatus, PeriodOfCare


class Ending(StrEnum):
    """How a period of being looked after ended, as far as leaving care asks."""

    ADOPTED = "adopted"
    DIED = "died"
    TRANSFERRED = "transferred"
    SPECIAL_GUARDIANSHIP = "special_guardianship"
    HOME = "home"
    CUSTODY = "custody"
    AGE_ASSESSED_ADULT = "age_assessed_adult"
    OTHER = "other"
    NOT_KNOWN = "not_known"


# Codes of the SSDA903 return's column REC; what is not named here ended in another way.
ENDING_CODES = {
    "": Ending.NOT_KNOWN,
    "E11": Ending.ADOPTED,
    "E12": Ending.ADOPTED,
    "E2": Ending.DIED,
    "E3": Ending.TRANSFERRED,
    "E4A": Ending.HOME,
    "E4B": Ending.HOME,
    "E41": Ending.HOME,
    "E43": Ending.SPECIAL_GUARDIANSHIP,
    "E44": Ending.SPECIAL_GUARDIANSHIP,
    "E45": Ending.SPECIAL_GUARDIANSHIP,
    "E46": Ending.SPECIAL_GUARDIANSHIP,
    "E47": Ending.SPECIAL_GUARDIANSHIP,
    "E48": Ending.SPECIAL_GUARDIANSHIP,
    "E9": Ending.CUSTODY,
    "E15": Ending.AGE_ASSESSED_ADULT,
}


def ending_of(code: str) -> Ending:
    """What a REC code says; X1 or nothing: not known."""
    return Ending.NOT_KNOWN if code == "X1" else ENDING_CODES.get(code, Ending.OTHER)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open days: from `start_on` until, and not including, `end_on`; None while it goes on."""

    start_on: date
    end_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.start_on <= on and (self.end_on is None or on < self.end_on)


@dataclass(frozen=True, slots=True)
class Stay:
    """A period of being looked after, by us or by another authority in the United Kingdom, and how it ended."""

    period: PeriodOfCare
    ending: Ending = Ending.NOT_KNOWN
    is_with_us: bool = True


@dataclass(frozen=True, slots=True)
class HomeStay:
    """Living with a parent, somebody with parental responsibility or the person named in an order, since leaving care.

    `is_settled` is a person's answer; None while nobody has given one.
    """

    span: Span
    is_settled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """A young person's periods of care and what else the status turns on. Everything beyond them may be unknown.

    `other_date_of_birth`: the date that the other side of an age dispute holds. `held`: detained, or in hospital.
    `decided_eligible_on`: a person decided, with advice, that this is an eligible child from then on, short of 91 nights.
    `support_asked_for`: from the day when a person of 21 or more says that they want support until it ends.
    `education_until`: the day to which the pathway plan sets out education or training.
    """

    date_of_birth: date
    is_date_of_birth_estimated: bool = False
    other_date_of_birth: date | None = None
    stays: tuple[Stay, ...] = ()
    legal_statuses: tuple[LegalStatus, ...] = ()
    at_home: tuple[HomeStay, ...] = ()
    held: tuple[Span, ...] = ()
    special_guardianship: tuple[Span, ...] = ()
    decided_eligible_on: date | None = None
    adopted_on: date | None = None
    died_on: date | None = None
    support_asked_for: tuple[Span, ...] = ()
    education_until: date | None = None

    @property
    def periods(self) -> tuple[PeriodOfCare, ...]:
        return tuple(stay.period for stay in self.stays)

    def last_stay(self, *, on: date) -> Stay | None:
        """The stay that is going on, else the one that ended last, on or before that day."""
        begun = [stay for stay in self.stays if stay.period.start_on <= on]
        return max(begun, key=lambda stay: (stay.period.until, stay.period.start_on), default=None)

    def ended_as(self, ending: Ending, *, by: date) -> date | None:
        """The first day on which a stay ended so, on or before that day."""
        return min(
            (s.period.end_on for s in self.stays if s.ending is ending and s.period.end_on and s.period.end_on <= by),
            default=None,
        )


def holds_any(spans: Iterable[Span], *, on: date) -> bool:
    """Whether that day lies in any of them."""
    return any(span.holds(on) for span in spans)


def months_at_home_reached_on(stay: HomeStay, months: int) -> date | None:
    """The day on which the stay at home has lasted so long without a break; None if it ended before."""
    reached = add_months(from_on=stay.span.start_on, months=months)
    return reached if stay.span.end_on is None or reached <= stay.span.end_on else None
