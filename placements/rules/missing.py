"""By when is the interview after a missing child's return to be completed, and how did it end?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from placements.rules.finding import Basis, Citation, DueDate, Finding, Step, StepKind
from placements.rules.instruments import MISSING_GUIDANCE
from placements.rules.not_practicable import require_words
from placements.rules.written_times import in_london, london_day, moment_in_words

HOURS_AFTER_RETURN = 72
INTERVIEW = Citation(MISSING_GUIDANCE, "return home interviews", "ADR 0028")


class InterviewEnding(StrEnum):
    """Three different endings: one offered and declined is not done."""

    DONE = "done"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """How an interview ended, when, and by whom it was done or offered. Short of done, the reason is required."""

    ending: InterviewEnding
    at: datetime
    by: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ending is not InterviewEnding.DONE:
            require_words("why the interview was not done", self.reason, self.by)


@dataclass(frozen=True, slots=True)
class InterviewAnswer:
    """Where the interview stands. `is_late` is None once it was declined or not possible: no clock runs then."""

    finding: Finding
    is_late: bool | None

    def as_dict(self) -> dict[str, Any]:
        return {"finding": self.finding.as_dict(), "is_late": self.is_late}


def clock_hours_after(*, at: datetime, hours: int) -> datetime:
    """The instant so many hours of the clock later, in UTC: a change of clocks adds and takes nothing.

    Refuses a time without an offset.
    """
    return in_london(at).astimezone(UTC) + timedelta(hours=hours)


def interview_due(*, returned_at: datetime) -> DueDate:
    """72 hours of the clock after the return; weekends and holidays count (statutory guidance, not law).

    Returned Sat 27 March 2027, 23:30 GMT: Wed 31 March 2027, 00:30 summer time. `due_at` is exact;
    `late_from`, a day, is the day after it, so a board that counts days never says late too soon.
    """
    due_at = clock_hours_after(at=returned_at, hours=HOURS_AFTER_RETURN)
    due_on = london_day(due_at)
    return DueDate(
        due_on=due_on,
        due_at=due_at,
        late_from=due_on + timedelta(days=1),
        sentence=(
            f"To be completed by {moment_in_words(due_at)}: {HOURS_AFTER_RETURN} hours of the clock after the return "
            f"on {moment_in_words(returned_at)}."
        ),
        citation=INTERVIEW,
        basis=Basis.STATUTORY_GUIDANCE,
        working=(
            Step(london_day(returned_at), StepKind.COUNTED_FROM, f"{moment_in_words(returned_at)}, the return"),
            Step(due_on, StepKind.COUNTED, f"{moment_in_words(due_at)}, {HOURS_AFTER_RETURN} hours later"),
        ),
    )


def interview_answer(*, returned_at: datetime, interview: Interview | None, now: datetime) -> InterviewAnswer:
    """Not done yet, done in time or late, declined, or not possible: to the minute."""
    due = interview_due(returned_at=returned_at)
    deadline = clock_hours_after(at=returned_at, hours=HOURS_AFTER_RETURN)
    if interview is None:
        is_late = now > deadline
        sentence = f"Late: {due.sentence}" if is_late else due.sentence
        return InterviewAnswer(_finding("interview_owed", sentence, due), is_late)
    when = moment_in_words(interview.at)
    match interview.ending:
        case InterviewEnding.DONE:
            is_late = interview.at > deadline
            in_time = "after the 72 hours" if is_late else "within the 72 hours"
            sentence = f"Done on {when} by {interview.by}, {in_time}."
            return InterviewAnswer(_finding("interview_done", sentence, due), is_late)
        case InterviewEnding.DECLINED:
            sentence = f"Offered by {interview.by} and declined on {when}: {interview.reason} Not done."
            return InterviewAnswer(_finding("interview_declined", sentence, due), None)
        case InterviewEnding.NOT_POSSIBLE:
            sentence = f"Not possible, said by {interview.by} on {when}: {interview.reason} Not done."
            return InterviewAnswer(_finding("interview_not_possible", sentence, due), None)


def _finding(code: str, sentence: str, due: DueDate) -> Finding:
    return Finding(code, sentence, INTERVIEW, Basis.STATUTORY_GUIDANCE, due)
