"""How is a due date counted in working days, weeks or months, with its working shown?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from placements.rules.calendar_months import add_months
from placements.rules.finding import Basis, Citation, DueDate, Step, StepKind
from placements.rules.working_days import Holidays, add_working_days, last_working_day_before, why_not_working
from placements.rules.written_dates import day_in_words

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 10: "ten", 20: "twenty"}


# A sweep counts the same few days for thousands of placements: an answer to the same question is kept.
_kept = lru_cache(maxsize=4_096)


@dataclass(frozen=True, slots=True)
class Clock:
    """One turn of something that comes round: when it was due, and when it was done; None for the open one."""

    due: DueDate
    done_on: date | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"due": self.due.as_dict(), "done_on": self.done_on.isoformat() if self.done_on else None}


@_kept
def within_working_days(
    days: int, *, of: date, event: str, citation: Citation, basis: Basis = Basis.LAW, holidays: Holidays
) -> DueDate:
    """The last of `days` working days after `event`, which is not counted itself (ADR 0010).

    Raises CalendarNotKnown where the table of bank holidays does not reach.
    """
    count = add_working_days(after=of, days=days, holidays=holidays)
    unit = "working day" if days == 1 else "working days"
    return DueDate(
        due_on=count.ends_on,
        late_from=count.late_from,
        sentence=f"By {day_in_words(count.ends_on)}: {_number(days)} {unit} after {event} on {day_in_words(of)}.",
        citation=citation,
        basis=basis,
        working=(_start(of, event), *count.steps),
    )


def within_weeks(weeks: int, *, of: date, event: str, citation: Citation, holidays: Holidays) -> DueDate:
    """The same weekday, `weeks` later. A week is a week: no holiday stretches it."""
    due_on = of + timedelta(weeks=weeks)
    return _within(due_on, _counted(weeks, "week"), "a week is a week", of, event, citation, holidays)


def within_months(months: int, *, of: date, event: str, citation: Citation, holidays: Holidays) -> DueDate:
    """The corresponding date `months` later, or the last day of a month without one. No holiday stretches it."""
    due_on = add_months(from_on=of, months=months)
    return _within(due_on, _counted(months, "month"), "a month is a month", of, event, citation, holidays)


@_kept
def before_day(*, on: date, owed: str, citation: Citation, holidays: Holidays) -> DueDate:
    """Before a day: late from that day on. The last working day before is shown, with the days skipped.

    `owed` begins the sentence: "To be given". Raises CalendarNotKnown.
    """
    before = last_working_day_before(on=on, holidays=holidays)
    return DueDate(
        due_on=on,
        late_from=on,
        last_working_day_before=before.ends_on,
        sentence=f"{owed} before {day_in_words(on)}. Last working day before: {day_in_words(before.ends_on)}.",
        citation=citation,
        working=before.steps,
    )


def clocks_in_turn(
    first: DueDate, *, done: Sequence[date], next_due: Callable[[int, date], DueDate]
) -> tuple[Clock, ...]:
    """Every turn so far, in order, and the open one last. `next_due(number done, last day)` dates the next."""
    days = sorted(set(done))
    dues = [first, *(next_due(number, on) for number, on in enumerate(days, start=1))]
    return tuple(Clock(due, on) for due, on in zip(dues, [*days, None], strict=True))


@_kept
def _within(
    due_on: date, length: str, why: str, of: date, event: str, citation: Citation, holidays: Holidays
) -> DueDate:
    reason = why_not_working(on=due_on, holidays=holidays) if holidays.reaches(due_on) else None
    sentence = f"By {day_in_words(due_on)}: {length} after {event} on {day_in_words(of)}."
    last_before = None
    if reason:
        last_before = last_working_day_before(on=due_on, holidays=holidays).ends_on
        sentence += f" {reason}; {why}; last working day before: {day_in_words(last_before)}."
    text = f"{day_in_words(due_on)}, {length} later" + (f", {reason}" if reason else "")
    return DueDate(
        due_on=due_on,
        late_from=due_on + timedelta(days=1),
        last_working_day_before=last_before,
        sentence=sentence,
        citation=citation,
        working=(_start(of, event), Step(due_on, StepKind.COUNTED, text)),
    )


def _start(of: date, event: str) -> Step:
    return Step(of, StepKind.COUNTED_FROM, f"{day_in_words(of)}, {event}, not counted")


def _counted(count: int, unit: str) -> str:
    return f"{_number(count)} {unit}" if count == 1 else f"{_number(count)} {unit}s"


def _number(count: int) -> str:
    return NUMBERS.get(count, str(count))
