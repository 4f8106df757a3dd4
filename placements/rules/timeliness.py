"""Was a thing that was owed done in time, and since when was it late?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from placements.rules.finding import DueDate
from placements.rules.written_dates import day_in_words


class Timing(StrEnum):
    NOT_YET_DUE = "not_yet_due"
    IN_TIME = "in_time"
    LATE = "late"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """`late_since` stays once it is late, also after the thing has been done."""

    timing: Timing
    late_since: date | None
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "timing": self.timing.value,
            "late_since": self.late_since.isoformat() if self.late_since else None,
            "sentence": self.sentence,
        }


def became_late_on(*, due: DueDate, given_on: date | None, today: date) -> date | None:
    """The day since which it is, or was, late, whenever that is found out; None if it is not."""
    return timeliness(due=due, given_on=given_on, today=today).late_since


def timeliness(
    *,
    due: DueDate,
    given_on: date | None,
    today: date,
    is_given_before_start: bool | None = None,
    event: str = "the start",
) -> Timeliness:
    """Late from `due.late_from` on, whenever that is found out.

    A thing owed *before* a day and done on that very day is in time only if it came first:
    `is_given_before_start` says so where both hours are held; without it, it is not asserted either way.
    `event` is what happens on that day: the start, or the ending.
    """
    if due.late_from is None:
        return Timeliness(Timing.CANNOT_TELL, None, "The rule names no day, so lateness cannot be counted.")
    if given_on is None:
        if today < due.late_from:
            return Timeliness(Timing.NOT_YET_DUE, None, due.sentence)
        return _late(due.late_from, "not done yet")
    if given_on < due.late_from:
        return Timeliness(Timing.IN_TIME, None, f"In time: done on {day_in_words(given_on)}.")
    if given_on == due.late_from == due.due_on and is_given_before_start is not False:
        if is_given_before_start:
            return Timeliness(Timing.IN_TIME, None, f"In time: done on {day_in_words(given_on)}, before {event}.")
        sentence = f"Done on {day_in_words(given_on)}, the day itself: say whether it came before {event}."
        return Timeliness(Timing.CANNOT_TELL, None, sentence)
    return _late(due.late_from, f"done on {day_in_words(given_on)}")


def _late(since: date, outcome: str) -> Timeliness:
    return Timeliness(Timing.LATE, since, f"Late since {day_in_words(since)}; {outcome}.")
