"""By when must the placement plan be prepared, and what comes before the placement in any case?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placements.rules.due_dates import before_day, within_working_days
from placements.rules.finding import DueDate, Finding
from placements.rules.instruments import care_planning
from placements.rules.not_practicable import NotPracticable
from placements.rules.placement_facts import Manner
from placements.rules.working_days import Holidays

WORKING_DAYS_AFTER_START = 5  # reg. 9(2)
PLAN_BEFORE = care_planning("reg. 9(1)(a)")
PLAN_AFTER = care_planning("reg. 9(2)", reading="ADR 0020")
WISHES = Finding(
    "plan_wishes_and_feelings",
    "Before the placement: the child's wishes and feelings ascertained and given due consideration.",
    care_planning("reg. 9(1)(b)(i)"),
)
IRO_INFORMED = Finding(
    "plan_iro_informed",
    "Before the placement: the independent reviewing officer informed.",
    care_planning("reg. 9(1)(b)(ii)"),
)
IRO_INFORMED_IN_AN_EMERGENCY = Finding(
    "plan_iro_informed",
    "Before the placement, or in an emergency out of area within five working days of approval: the independent "
    "reviewing officer informed.",
    care_planning("regs. 9(1)(b)(ii), 11(3)", reading="ADR 0011"),
)
AGREED = Finding(
    "plan_agreed_and_signed",
    "The plan is agreed with, and signed by, the carer, the registered person of the home or the parent.",
    care_planning("reg. 9(3)"),
)


@dataclass(frozen=True, slots=True)
class PlacementPlan:
    """The answer: `if_before` and `if_after` as far as each clock applies; both where the manner is not known."""

    findings: tuple[Finding, ...]
    if_before: DueDate | None = None
    if_after: DueDate | None = None

    @property
    def due(self) -> DueDate | None:
        """The one due date; None while it is not known which it is."""
        return None if self.if_before and self.if_after else self.if_before or self.if_after

    def as_dict(self) -> dict[str, Any]:
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "if_before": self.if_before.as_dict() if self.if_before else None,
            "if_after": self.if_after.as_dict() if self.if_after else None,
        }


def placement_plan(
    *, manner: Manner, starts_on: date, holidays: Holidays, not_practicable: NotPracticable | None = None
) -> PlacementPlan:
    """Before the placement; where that was not reasonably practicable, within five working days of its start.

    An emergency is itself the reason (ADR 0020); a planned placement needs a recorded one. Start Fri 18
    December 2026 in an emergency: due Tue 29 December 2026. Raises CalendarNotKnown.
    """
    if_before = if_after = None
    if manner is not Manner.EMERGENCY and not_practicable is None:
        if_before = before_day(on=starts_on, owed="To be prepared", citation=PLAN_BEFORE, holidays=holidays)
    if manner is not Manner.PLANNED or not_practicable is not None:
        if_after = within_working_days(
            WORKING_DAYS_AFTER_START, of=starts_on, event="the start", citation=PLAN_AFTER, holidays=holidays
        )
    findings = [
        Finding(code, f"The placement plan. {due.sentence}", due.citation, due=due)
        for code, due in (("plan_before", if_before), ("plan_after", if_after))
        if due
    ]
    iro = IRO_INFORMED if manner is Manner.PLANNED else IRO_INFORMED_IN_AN_EMERGENCY
    return PlacementPlan((WISHES, iro, AGREED, *findings), if_before, if_after)
