"""What is a milestone of leaving care: something owed from a day, by a day, done or not?"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from placements.rules.due_dates import within_working_days
from placements.rules.finding import Basis, Citation, DueDate, Step, StepKind
from placements.rules.working_days import CalendarNotKnown, Holidays
from placements.rules.written_dates import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One thing that leaving care asks for. `key` names it for good: the same facts give the same key on any later day.

    It stands from `opens_on`. `met_on` is the day on which what it asks for was done, however early.
    """

    key: str
    kind: str
    title: str
    opens_on: date
    due: DueDate
    met_on: date | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": self.kind,
            "title": self.title,
            "opens_on": self.opens_on.isoformat(),
            "due": self.due.as_dict(),
            "met_on": self.met_on.isoformat() if self.met_on else None,
        }


# The same day for everybody who shares a birthday: an answer to the same question is kept.
@lru_cache(maxsize=4_096)
def due_by(on: date, *, event: str, citation: Citation, basis: Basis, late_on_the_day: bool = False) -> DueDate:
    """Owed by a day that the calendar gives by itself, such as a birthday; `late_on_the_day` where before is meant."""
    before = "Before" if late_on_the_day else "By"
    return DueDate(
        due_on=on,
        late_from=on if late_on_the_day else on + timedelta(days=1),
        sentence=f"{before} {day_in_words(on)}: {event}.",
        citation=citation,
        basis=basis,
        working=(Step(on, StepKind.COUNTED_FROM, f"{day_in_words(on)}, {event}"),),
    )


def due_after_working_days(
    days: int, *, of: date, event: str, citation: Citation, basis: Basis, holidays: Holidays
) -> DueDate:
    """Within working days of an event. Past the end of the table of bank holidays it has no day, and says so."""
    try:
        return within_working_days(days, of=of, event=event, citation=citation, basis=basis, holidays=holidays)
    except CalendarNotKnown as error:
        return DueDate(due_on=None, sentence=str(error), citation=citation, basis=basis)
