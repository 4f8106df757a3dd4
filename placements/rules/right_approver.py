"""Did the right person approve, and before the child was placed?"""

from dataclasses import dataclass
from datetime import date, datetime

from placements.rules.approval import Approver
from placements.rules.finding import Finding
from placements.rules.instruments import care_planning
from placements.rules.written_dates import day_in_words
from placements.rules.written_times import london_day, moment_in_words

BEFORE_IT_IS_PUT_INTO_EFFECT = care_planning("reg. 11(1)")
RIGHT_PERSON = care_planning("reg. 11(1)", reading="ADR 0024")
ACTING = care_planning("reg. 2 (director of children's services)", reading="ADR 0024")
SUFFICES = {
    Approver.NOMINATED_OFFICER: frozenset({Approver.NOMINATED_OFFICER, Approver.DIRECTOR_OF_CHILDRENS_SERVICES}),
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES: frozenset({Approver.DIRECTOR_OF_CHILDRENS_SERVICES}),
}
NAMES = {
    Approver.NOMINATED_OFFICER: "the nominated officer",
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES: "the director of children's services",
    Approver.NOBODY: "somebody without that office",
    Approver.CANNOT_TELL: "somebody whose office is not recorded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A recorded acting appointment, from a day to a day, both included; `until` None while it runs."""

    from_on: date
    until: date | None = None

    def covers(self, on: date) -> bool:
        return self.from_on <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDecision:
    """Who decided, as what, and when; who typed it and when is another matter.

    `office` is the office held or acted in. `is_deputy` is somebody who acts for the holder: only under
    `acting`, the recorded appointment.
    """

    office: Approver
    decided_at: datetime
    is_deputy: bool = False
    acting: Appointment | None = None


def approval_breaches(
    *,
    required: Approver,
    decision: ApprovalDecision | None,
    started_on: date,
    started_at: datetime | None = None,
) -> tuple[Finding, ...]:
    """What was wrong with the approval of a placement that began; empty where nothing was, or nobody need approve.

    Approved by telephone and recorded afterwards is in order: only the decision counts. On the day of the
    start, without the hour of the start, it is asked and not asserted. Where the approver cannot be told,
    neither can a breach.
    """
    if required in (Approver.NOBODY, Approver.CANNOT_TELL):
        return ()
    if decision is None:
        return (
            Finding(
                "approval_missing",
                f"Started on {day_in_words(started_on)} without approval: {NAMES[required]} had to approve first.",
                BEFORE_IT_IS_PUT_INTO_EFFECT,
            ),
        )
    return (
        *_office(required, decision),
        *_acting(decision),
        *_time(decision, started_on, started_at),
    )


def _office(required: Approver, decision: ApprovalDecision) -> tuple[Finding, ...]:
    if decision.office in SUFFICES[required]:
        return ()
    sentence = f"Approved by {NAMES[decision.office]}; {NAMES[required]} had to approve."
    return (Finding("approval_wrong_grade", sentence, RIGHT_PERSON),)


def _acting(decision: ApprovalDecision) -> tuple[Finding, ...]:
    if not decision.is_deputy or (decision.acting and decision.acting.covers(london_day(decision.decided_at))):
        return ()
    sentence = (
        f"Approved by a deputy on {moment_in_words(decision.decided_at)} without an acting appointment recorded for "
        "that day."
    )
    return (Finding("approval_deputy_not_appointed", sentence, ACTING),)


def _time(decision: ApprovalDecision, started_on: date, started_at: datetime | None) -> tuple[Finding, ...]:
    decided_on = london_day(decision.decided_at)
    if started_at is None and decided_on == started_on:
        sentence = f"Approved and started on {day_in_words(started_on)}: say which came first."
        return (Finding("approval_say_which_first", sentence, BEFORE_IT_IS_PUT_INTO_EFFECT),)
    is_before = decision.decided_at < started_at if started_at else decided_on < started_on
    if is_before:
        return ()
    start = moment_in_words(started_at) if started_at else day_in_words(started_on)
    sentence = f"Approved on {moment_in_words(decision.decided_at)}, after the start on {start}."
    return (Finding("approval_after_start", sentence, BEFORE_IT_IS_PUT_INTO_EFFECT),)
