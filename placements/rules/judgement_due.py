"""By when is a written judgement owed, by the council's own rule?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placements.rules.due_dates import within_working_days
from placements.rules.finding import Basis, Citation, DueDate
from placements.rules.working_days import Holidays
from placements.rules.written_dates import day_in_words


class Occasion(StrEnum):
    """What a judgement follows."""

    EMERGENCY_START = "the start"
    RE_CHECK = "the re-check"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A choice of the council's own: so many working days, who chose it, and when."""

    working_days: int
    owner: str
    chosen_on: date

    @property
    def citation(self) -> Citation:
        return Citation("Our own rule", f"{self.owner}, {day_in_words(self.chosen_on)}")


def judgement_due(*, occasion: Occasion, on: date, rule: OwnRule, holidays: Holidays) -> DueDate:
    """So many working days after an emergency start or a re-check that found something near; never law.

    It never delays a child's bed. Five working days after Fri 18 December 2026: Tue 29 December 2026. Raises
    CalendarNotKnown.
    """
    return within_working_days(
        rule.working_days,
        of=on,
        event=occasion.value,
        citation=rule.citation,
        basis=Basis.LOCAL_RULE,
        holidays=holidays,
    )
