"""Who must be told that a placement ends, before it does or within how many days after?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from placements.rules.due_dates import before_day, within_working_days
from placements.rules.finding import Basis, DueDate, Finding
from placements.rules.instruments import care_planning, practice
from placements.rules.not_practicable import NotPracticable
from placements.rules.timeliness import Timeliness, timeliness
from placements.rules.working_days import Holidays

WORKING_DAYS_AFTER_ENDING = 10  # reg. 14(4)
REVIEW_FIRST = care_planning("reg. 14(1)")
OTHER_ARRANGEMENTS = care_planning("reg. 14(2)(a)")
IRO_INFORMED = care_planning("reg. 14(2)(b)")
INTENTION = care_planning("reg. 14(2)(c)", reading="ADR 0020")
IMMEDIATE_RISK = care_planning("reg. 14(3)")
AFTERWARDS = care_planning("reg. 14(4)", reading="ADR 0020")
NOT_REACHED = care_planning("reg. 14(5)", reading="ADR 0020")
CARER = care_planning("reg. 14(2)(c)(ii)")


class HowEnded(StrEnum):
    """How a placement ends, as far as reg. 14 asks. A move to another place is `BY_US`."""

    BY_US = "by_us"
    IMMEDIATE_RISK = "immediate_risk"
    PARENTS_NOT_CONFIRMED = "parents_not_confirmed"
    EMERGENCY_FOSTERING_OVER = "emergency_fostering_over"
    TEMPORARY_APPROVAL_OVER = "temporary_approval_over"
    INTO_OTHER_ARRANGEMENTS = "into_other_arrangements"
    AGE_18 = "age_18"
    ADOPTION = "adoption"
    COURT = "court"
    TAKEN_HOME = "taken_home"
    NOT_KNOWN = "not_known"


OUT_OF_REACH = {
    HowEnded.PARENTS_NOT_CONFIRMED: ("the placement with parents was not confirmed (reg. 19(c))", NOT_REACHED),
    HowEnded.EMERGENCY_FOSTERING_OVER: ("the emergency foster placement ran out (reg. 23(2))", NOT_REACHED),
    HowEnded.TEMPORARY_APPROVAL_OVER: ("the carer's temporary approval ended (reg. 25(6))", NOT_REACHED),
    HowEnded.INTO_OTHER_ARRANGEMENTS: (
        "the move is into other arrangements, which section 22D(1) asks a review of first",
        NOT_REACHED,
    ),
    HowEnded.AGE_18: ("the child is 18", INTENTION),
    HowEnded.ADOPTION: ("the child is adopted", INTENTION),
    HowEnded.COURT: ("a court ended it", INTENTION),
    HowEnded.TAKEN_HOME: ("a parent, and not the authority, ended it", INTENTION),
}


@dataclass(frozen=True, slots=True)
class EndingNotice:
    """The answer. `before` is the clock of the intention, `after` that of the fact; both None out of reach.

    For an ending because of immediate risk only `after` is given: the risk is the reason (ADR 0020).
    """

    how: HowEnded
    findings: tuple[Finding, ...]
    before: DueDate | None = None
    after: DueDate | None = None

    def due_for(self, *, not_practicable: NotPracticable | None = None) -> DueDate | None:
        """The clock of one person: ten working days only with the reason why not before; None out of reach."""
        return self.after if not_practicable or self.before is None else self.before

    def as_dict(self) -> dict[str, Any]:
        return {
            "how": self.how.value,
            "findings": [finding.as_dict() for finding in self.findings],
            "before": self.before.as_dict() if self.before else None,
            "after": self.after.as_dict() if self.after else None,
        }


def ending_notice(
    *, how: HowEnded, ends_on: date, holidays: Holidays, not_practicable: NotPracticable | None = None
) -> EndingNotice:
    """Whom an ending obliges us to tell, and by when (reg. 14). Every move is an ending too.

    Ended Fri 4 December 2026 by us: notice of the intention before that day; for somebody who could not be
    told before, with the reason recorded, by Fri 18 December 2026. Where it is not known how it ended, the
    rule that protects stands. Raises CalendarNotKnown.
    """
    if how in OUT_OF_REACH:
        return EndingNotice(how, (_out_of_reach(how),))
    after = within_working_days(
        WORKING_DAYS_AFTER_ENDING, of=ends_on, event="the ending", citation=AFTERWARDS, holidays=holidays
    )
    if how is HowEnded.IMMEDIATE_RISK:
        return EndingNotice(how, _findings_at_once(after), after=after)
    before = before_day(on=ends_on, owed="Notice of the intention to be given", citation=INTENTION, holidays=holidays)
    return EndingNotice(how, _findings_in_order(how, before, after, not_practicable), before, after)


def ending_timeliness(
    *,
    notice: EndingNotice,
    given_on: date | None,
    today: date,
    not_practicable: NotPracticable | None = None,
    is_given_before_end: bool | None = None,
) -> Timeliness | None:
    """Whether one person was told in time; None where reg. 14 does not reach.

    A planned ending told on the ninth day after it is late unless the reason why not before is recorded.
    """
    due = notice.due_for(not_practicable=not_practicable)
    if due is None:
        return None
    return timeliness(
        due=due, given_on=given_on, today=today, is_given_before_start=is_given_before_end, event="the ending"
    )


def _out_of_reach(how: HowEnded) -> Finding:
    because, citation = OUT_OF_REACH[how]
    return Finding(
        "ending_not_reached",
        f"No notice of the ending is owed in law: {because}. Telling the same people is good practice.",
        citation if citation is NOT_REACHED else practice("Regulation 14 concerns endings by the authority"),
        Basis.PRACTICE,
    )


def _findings_at_once(after: DueDate) -> tuple[Finding, ...]:
    return (
        Finding(
            "ending_immediate_risk",
            "Ended because of immediate risk of significant harm, or to protect others from serious injury: "
            "no review need come first.",
            IMMEDIATE_RISK,
        ),
        Finding(
            "ending_other_arrangements",
            "Other arrangements for the child's accommodation as soon as reasonably practicable.",
            care_planning("reg. 14(3)(b), (2)(a)"),
        ),
        Finding(
            "ending_iro_informed",
            "The independent reviewing officer informed as soon as reasonably practicable.",
            care_planning("reg. 14(3)(b), (2)(b)"),
        ),
        Finding(
            "ending_notice_after",
            f"Written notice that it has ended, to all who were told of it, the carer and the host. {after.sentence}",
            AFTERWARDS,
            due=after,
        ),
    )


def _findings_in_order(
    how: HowEnded, before: DueDate, after: DueDate, not_practicable: NotPracticable | None
) -> tuple[Finding, ...]:
    why_not = (
        not_practicable.sentence
        if not_practicable
        else "Only for a person whom it was not reasonably practicable to tell before: say why, and who decided."
    )
    unknown = " Say how it ended: other rules may apply." if how is HowEnded.NOT_KNOWN else ""
    return (
        Finding("ending_review_first", f"A review of the child's case comes first.{unknown}", REVIEW_FIRST),
        Finding("ending_other_arrangements", "Before it, other arrangements are made.", OTHER_ARRANGEMENTS),
        Finding("ending_iro_informed", "Before it, the independent reviewing officer is informed.", IRO_INFORMED),
        Finding(
            "ending_notice_before",
            f"Every move is an ending too. Written to all who were told of the placement, the carer and the host. "
            f"{before.sentence}",
            INTENTION,
            due=before,
        ),
        Finding("ending_notice_after", f"{after.sentence} {why_not}", AFTERWARDS, due=after),
    )
