"""When must the child's case be reviewed next?"""

from collections.abc import Sequence
from datetime import date

from placements.rules.due_dates import Clock, clocks_in_turn, within_months, within_working_days
from placements.rules.finding import DueDate
from placements.rules.instruments import care_planning
from placements.rules.working_days import Holidays

WORKING_DAYS_TO_FIRST_REVIEW = 20  # reg. 33(1)
MONTHS_TO_SECOND_REVIEW = 3  # reg. 33(2)
MONTHS_BETWEEN_REVIEWS = 6  # reg. 33(2)
FIRST_REVIEW = care_planning("reg. 33(1)")
LATER_REVIEWS = care_planning("reg. 33(2)")


def review_clocks(*, looked_after_since: date, reviewed_on: Sequence[date], holidays: Holidays) -> tuple[Clock, ...]:
    """Each review with the day by which it was due, and the next one last (reg. 33(1), (2)).

    The first within 20 working days of becoming looked after, the second three months after the first was
    held, then every six months. `reviewed_on` are the reviews of this time of being looked after; earlier
    ones do not count. Raises CalendarNotKnown.
    """
    first = within_working_days(
        WORKING_DAYS_TO_FIRST_REVIEW,
        of=looked_after_since,
        event="becoming looked after",
        citation=FIRST_REVIEW,
        holidays=holidays,
    )
    return clocks_in_turn(
        first,
        done=[on for on in reviewed_on if on >= looked_after_since],
        next_due=lambda number, last_on: _next_due(number, last_on, holidays),
    )


def _next_due(number: int, last_on: date, holidays: Holidays) -> DueDate:
    months, event = (
        (MONTHS_TO_SECOND_REVIEW, "the first review") if number == 1 else (MONTHS_BETWEEN_REVIEWS, "the last review")
    )
    return within_months(months, of=last_on, event=event, citation=LATER_REVIEWS, holidays=holidays)
