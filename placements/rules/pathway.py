"""By when are an eligible child's needs assessment and pathway plan owed?"""

from datetime import date, timedelta

from placements.rules.calendar_months import add_months
from placements.rules.finding import Basis, DueDate, Step, StepKind
from placements.rules.instruments import care_planning
from placements.rules.leaving_care import LeavingCareAnswer
from placements.rules.written_dates import day_in_words

MONTHS_FOR_NEEDS_ASSESSMENT = 3  # reg. 42(1)
NEEDS_ASSESSMENT = care_planning("reg. 42(1)", reading="ADR 0016")
PATHWAY_PLAN = care_planning("regs. 41(b), 43", reading="ADR 0019")


def needs_assessment_due(*, answer: LeavingCareAnswer) -> DueDate | None:
    """Three months after the day of becoming an eligible child, the 16th birthday or later (reg. 42(1)).

    Eligible since Tue 21 October 2025: due Wed 21 January 2026. None for somebody not eligible so far. The
    earlier day that the other way of counting gives is shown beside it.
    """
    since = answer.eligible_since
    if since is None:
        return None
    due_on = add_months(from_on=since, months=MONTHS_FOR_NEEDS_ASSESSMENT)
    other_on = _other_due_on(answer)
    sentence = (
        f"The needs assessment is to be complete by {day_in_words(due_on)}: three months after {day_in_words(since)}."
    )
    if other_on and other_on < due_on:
        sentence += f" Counting both ends of each stay it would be {day_in_words(other_on)}."
    return DueDate(
        due_on=due_on,
        late_from=due_on + timedelta(days=1),
        other_reading_on=other_on if other_on != due_on else None,
        sentence=sentence,
        citation=NEEDS_ASSESSMENT,
        working=(
            Step(since, StepKind.COUNTED_FROM, f"{day_in_words(since)}, an eligible child from this day"),
            Step(due_on, StepKind.COUNTED, f"{day_in_words(due_on)}, three calendar months later"),
        ),
    )


def pathway_plan_due(*, answer: LeavingCareAnswer, assessed_on: date | None = None) -> DueDate | None:
    """As soon as possible after the assessment: the law names no day (regs. 41(b), 43).

    Our own working date is the day by which the assessment is due, and once it is complete the day of
    its completion if that is later (a local rule, ADR 0019). None for somebody not eligible so far.
    """
    assessment = needs_assessment_due(answer=answer)
    if assessment is None or assessment.due_on is None:
        return None
    due_on = max(assessment.due_on, assessed_on or assessment.due_on)
    return DueDate(
        due_on=due_on,
        late_from=due_on + timedelta(days=1),
        sentence=(
            "The pathway plan follows the needs assessment as soon as possible: the law names no day. "
            f"Our own rule asks for it by {day_in_words(due_on)}."
        ),
        citation=PATHWAY_PLAN,
        basis=Basis.LOCAL_RULE,
        working=(Step(due_on, StepKind.COUNTED_FROM, f"{day_in_words(due_on)}, the needs assessment"),),
    )


def _other_due_on(answer: LeavingCareAnswer) -> date | None:
    since = answer.count.other.eligible_since
    return add_months(from_on=since, months=MONTHS_FOR_NEEDS_ASSESSMENT) if since else None
