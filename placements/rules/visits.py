"""When must the child be visited next, in this placement?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placements.rules.calendar_months import add_months
from placements.rules.due_dates import Clock, clocks_in_turn, within_months, within_weeks
from placements.rules.finding import Citation, DueDate
from placements.rules.instruments import care_planning
from placements.rules.working_days import Holidays

MONTHS_OF_FIRST_YEAR = 12
MONTHS_IF_MEANT_TO_LAST = 3  # reg. 28(2)(c)(i)


class Living(StrEnum):
    """Under which arrangement the child lives, as far as reg. 28 asks.

    `OTHERS_ARRANGE`: in our care, while somebody else is responsible for where the child lives (reg. 28(6)).
    """

    ORDINARY = "ordinary"
    PARENTS_BEFORE_ASSESSMENT = "parents_before_assessment"
    TEMPORARILY_APPROVED_CARER = "temporarily_approved_carer"
    PARENTS_INTERIM_ORDER = "parents_interim_order"
    PARENTS_CARE_ORDER = "parents_care_order"
    OTHERS_ARRANGE = "others_arrange"


@dataclass(frozen=True, slots=True)
class Intervals:
    """Weeks between visits, and the shorter ones until the first review where the rule has them."""

    citation: Citation
    until_first_review_weeks: int | None
    weeks: int


INTERVALS = {
    Living.ORDINARY: Intervals(care_planning("reg. 28(2)", reading="ADR 0022"), None, 6),
    Living.PARENTS_BEFORE_ASSESSMENT: Intervals(care_planning("reg. 28(3)", reading="ADR 0022"), 1, 6),
    Living.TEMPORARILY_APPROVED_CARER: Intervals(care_planning("reg. 28(4)", reading="ADR 0022"), 1, 4),
    Living.PARENTS_INTERIM_ORDER: Intervals(care_planning("reg. 28(4)", reading="ADR 0022"), 1, 4),
    Living.PARENTS_CARE_ORDER: Intervals(care_planning("reg. 28(5)", reading="ADR 0022"), None, 6),
    Living.OTHERS_ARRANGE: Intervals(care_planning("reg. 28(6)"), None, 6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """The placement that is visited. `visited_on` may hold earlier visits: those before the start do not count.

    `first_review_on` is the first review of the child's case under Part 6, once held. `care_order_on` is
    needed only for a child at home under a care order.
    """

    starts_on: date
    living: Living = Living.ORDINARY
    is_meant_to_last_to_18: bool = False
    first_review_on: date | None = None
    care_order_on: date | None = None
    visited_on: Sequence[date] = ()


def visit_clocks(*, facts: VisitFacts, holidays: Holidays) -> tuple[Clock, ...]:
    """Each visit of this placement with the day by which it was due, and the next one last (reg. 28).

    First within one week of the start: start Fri 18 December 2026, due Fri 25 December 2026, Christmas Day; a
    week is a week. Empty for `OTHERS_ARRANGE`, whose days are not counted here. What was changed in 2015 for
    long-term foster care has not been read and is not applied: it could only make visits rarer.
    """
    if facts.living is Living.OTHERS_ARRANGE:
        return ()
    begins_on, event = _beginning(facts)
    citation = INTERVALS[facts.living].citation
    first = within_weeks(1, of=begins_on, event=event, citation=citation, holidays=holidays)
    return clocks_in_turn(
        first,
        done=[on for on in facts.visited_on if on >= begins_on],
        next_due=lambda _, last_on: _next_due(facts, last_on, holidays),
    )


def _beginning(facts: VisitFacts) -> tuple[date, str]:
    order_on = facts.care_order_on
    if facts.living is Living.PARENTS_CARE_ORDER and order_on and order_on > facts.starts_on:
        return order_on, "the care order"
    return facts.starts_on, "the start"


def _next_due(facts: VisitFacts, last_on: date, holidays: Holidays) -> DueDate:
    """From the last visit; the interval is the one in force on its day (ADR 0022)."""
    intervals = INTERVALS[facts.living]
    first_year_ends_on = add_months(from_on=facts.starts_on, months=MONTHS_OF_FIRST_YEAR)
    is_long_term = facts.living is Living.ORDINARY and facts.is_meant_to_last_to_18
    if is_long_term and last_on >= first_year_ends_on:
        return within_months(
            MONTHS_IF_MEANT_TO_LAST,
            of=last_on,
            event="the last visit",
            citation=intervals.citation,
            holidays=holidays,
        )
    weeks = intervals.weeks
    if intervals.until_first_review_weeks and (facts.first_review_on is None or last_on < facts.first_review_on):
        weeks = intervals.until_first_review_weeks
    return within_weeks(weeks, of=last_on, event="the last visit", citation=intervals.citation, holidays=holidays)
