"""Which days are working days, and where does a count of them end?"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from placements.rules.finding import Step, StepKind
from placements.rules.written_dates import day_in_words

SATURDAY = 5


class CalendarNotKnown(Exception):
    """A working day was asked for outside the days that the bank-holiday table covers."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The bank holidays of one table, which is known from `known_from` to `known_until`, both included.

    `titles` gives each holiday's name as it is printed: "Boxing Day (substitute day)".
    """

    known_from: date
    known_until: date
    titles: Mapping[date, str] = field(hash=False)
    name: str = "bank holidays of England and Wales"

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, str, str]]) -> "Holidays":
        """From (on, title, notes) rows in any order. The table is known from its first row to its last."""
        titles = {on: f"{title} ({notes.lower()})" if notes else title for on, title, notes in rows}
        if not titles:
            raise CalendarNotKnown("The table of bank holidays is empty. Load it before counting working days.")
        return cls(known_from=min(titles), known_until=max(titles), titles=MappingProxyType(titles))

    @classmethod
    def from_csv(cls, lines: Iterable[str]) -> "Holidays":
        """From the lines of a file with the header `on,title,notes`, days in ISO form."""
        rows = csv.DictReader(lines)
        return cls.from_rows((date.fromisoformat(row["on"]), row["title"], row["notes"]) for row in rows)

    def reaches(self, on: date) -> bool:
        """Whether the table is known on that day."""
        return self.known_from <= on <= self.known_until


@dataclass(frozen=True, slots=True)
class WorkingDayCount:
    """The day on which a count ended, and every day that it passed: counted, or skipped and why."""

    ends_on: date
    steps: tuple[Step, ...]

    @property
    def late_from(self) -> date:
        """The first day after the count."""
        return self.ends_on + timedelta(days=1)


def is_working_day(*, on: date, holidays: Holidays) -> bool:
    """Not a Saturday, Sunday or bank holiday in England and Wales (reg. 2).

    Raises CalendarNotKnown where the table does not reach.
    """
    return why_not_working(on=on, holidays=holidays) is None


def why_not_working(*, on: date, holidays: Holidays) -> str | None:
    """The holiday's name, or "Saturday" or "Sunday"; None for a working day. Raises CalendarNotKnown."""
    if not holidays.reaches(on):
        raise CalendarNotKnown(
            f"Working days around {day_in_words(on)} cannot be counted: the table of {holidays.name} is "
            f"known from {day_in_words(holidays.known_from)} to {day_in_words(holidays.known_until)}. "
            "Ask the administrator to load a later edition, then count again."
        )
    if on in holidays.titles:
        return holidays.titles[on]
    if on.weekday() >= SATURDAY:
        return "Saturday" if on.weekday() == SATURDAY else "Sunday"
    return None


def add_working_days(*, after: date, days: int, holidays: Holidays) -> WorkingDayCount:
    """The last day of "within `days` working days of `after`"; `after` itself is not counted (ADR 0010).

    Five working days after Fri 18 December 2026: Tue 29 December 2026. Raises CalendarNotKnown.
    """
    if days < 1:
        raise ValueError(f"A count of working days starts at one, not {days}.")
    steps = []
    on, counted = after, 0
    while counted < days:
        on += timedelta(days=1)
        reason = why_not_working(on=on, holidays=holidays)
        if reason is None:
            counted += 1
            steps.append(Step(on, StepKind.COUNTED, f"{day_in_words(on)}, working day {counted}"))
        else:
            steps.append(_skipped(on, reason))
    return WorkingDayCount(on, tuple(steps))


def last_working_day_before(*, on: date, holidays: Holidays) -> WorkingDayCount:
    """The last working day earlier than `on`, with the days skipped between them, earliest first.

    Before Tue 30 March 2027: Thu 25 March 2027 (Good Friday and Easter Monday lie between).
    Raises CalendarNotKnown.
    """
    steps: list[Step] = []
    day = on - timedelta(days=1)
    while reason := why_not_working(on=day, holidays=holidays):
        steps.insert(0, _skipped(day, reason))
        day -= timedelta(days=1)
    return WorkingDayCount(day, tuple(steps))


def _skipped(on: date, reason: str) -> Step:
    text = day_in_words(on) if reason in ("Saturday", "Sunday") else f"{day_in_words(on)}, {reason}"
    return Step(on, StepKind.SKIPPED, text)
