"""What is owed on the way to becoming an eligible child, and once somebody is one?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from leaving_care import policy
from leaving_care.rules.milestone import Milestone, due_by
from leaving_care.rules.recorded import Recorded, first_from
from leaving_care.rules.situation import Situation
from placements.rules.calendar_months import add_months
from placements.rules.due_dates import within_months
from placements.rules.finding import Basis, Citation, DueDate
from placements.rules.instruments import CARE_LEAVERS_REGULATIONS, care_planning, children_act, practice
from placements.rules.working_days import Holidays
from placements.rules.written_dates import day_in_words

OUR_PLANNING = practice("Our own planning ahead")
ADVISER = children_act("Sch. 2 para. 19C")
NEEDS_ASSESSMENT = care_planning("reg. 42(1)", reading="ADR 0016")
PATHWAY_PLAN = care_planning("regs. 41(b), 43", reading="ADR 0019")
RELEVANT_ADVISER = children_act("s. 23B(2)")
RELEVANT_ASSESSMENT = Citation(CARE_LEAVERS_REGULATIONS, "reg. 5")
RELEVANT_PLAN = children_act("s. 23B(3)(b)", reading="ADR 0019")
MONTHS_FOR_ASSESSMENT = 3  # SI 2010/959 reg. 42(1); SI 2010/2571 reg. 5


def on_the_way(now: Situation, recorded: Recorded) -> Iterator[Milestone]:
    """The prompt to plan ahead of 16, and the watch over somebody who will become an eligible child."""
    if not (now.is_looked_after or now.eligible_since):
        return
    sixteen = now.sixteenth_on
    opens_on = add_months(from_on=sixteen, months=-policy.PLAN_AHEAD_OF_16_FROM_MONTHS)
    came_on = min((period.start_on for period in now.circumstances.periods), default=sixteen)
    if now.on >= opens_on and came_on < sixteen:
        usual_on = add_months(from_on=sixteen, months=-policy.PLAN_AHEAD_OF_16_BY_MONTHS)
        due_on = usual_on if came_on < usual_on else sixteen
        yield Milestone(
            key="plan_ahead_16",
            kind="plan_ahead_16",
            title="Talk about what comes at 16",
            opens_on=opens_on,
            due=due_by(due_on, event="before 16", citation=OUR_PLANNING, basis=Basis.PRACTICE),
            met_on=first_from(recorded.planned_on, opens_on),
        )
    expected = now.count.by_nights.eligible_since
    if expected is None:
        return
    watch_from = add_months(from_on=expected, months=-policy.WATCH_MONTHS)
    if now.on >= watch_from:
        yield Milestone(
            key="thirteen_weeks_watch",
            kind="thirteen_weeks_watch",
            title="Watch the thirteen weeks",
            opens_on=watch_from,
            due=due_by(expected, event="an eligible child from this day", citation=OUR_PLANNING, basis=Basis.PRACTICE),
            met_on=now.eligible_since,
        )


def once_eligible(now: Situation, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Adviser, needs assessment and pathway plan of somebody who is or was an eligible child."""
    since = now.eligible_since
    if since is None:
        return
    event = "becoming an eligible child"
    yield _adviser(since, recorded, ADVISER)
    assessment = within_months(
        MONTHS_FOR_ASSESSMENT, of=since, event=event, citation=NEEDS_ASSESSMENT, holidays=holidays
    )
    other = now.count.other.eligible_since
    if other and other < since:
        other_on = add_months(from_on=other, months=MONTHS_FOR_ASSESSMENT)
        assessment = replace(
            assessment,
            other_reading_on=other_on,
            sentence=f"{assessment.sentence} Counting both ends of each stay it would be {day_in_words(other_on)}.",
        )
    yield Milestone(
        key="needs_assessment",
        kind="needs_assessment",
        title="Assess what support the young person needs on leaving care",
        opens_on=since,
        due=assessment,
        met_on=recorded.assessed_on,
    )
    yield _pathway_plan(since, assessment, recorded, PATHWAY_PLAN)


def once_relevant(now: Situation, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """The assessment of a relevant child for whom no pathway plan was made before (SI 2010/2571 reg. 5)."""
    relevance = now.relevance
    if relevance is None:
        return
    if recorded.plan_made_on and recorded.plan_made_on <= relevance.since:
        return
    assessment = within_months(
        MONTHS_FOR_ASSESSMENT,
        of=relevance.since,
        event="becoming a relevant child",
        citation=RELEVANT_ASSESSMENT,
        holidays=holidays,
    )
    if now.eligible_since is None:
        yield _adviser(relevance.since, recorded, RELEVANT_ADVISER)
        yield _pathway_plan(relevance.since, assessment, recorded, RELEVANT_PLAN)
    yield Milestone(
        key=f"relevant_assessment:{relevance.since.isoformat()}",
        kind="relevant_assessment",
        title="Assess a relevant child who has no pathway plan",
        opens_on=relevance.since,
        due=assessment,
        met_on=first_from((recorded.assessed_on,) if recorded.assessed_on else (), relevance.since),
    )


def _pathway_plan(since: date, assessment: DueDate, recorded: Recorded, citation: Citation) -> Milestone:
    planned_by = max(assessment.due_on or since, recorded.assessed_on or since)
    return Milestone(
        key="pathway_plan",
        kind="pathway_plan",
        title="Prepare the pathway plan",
        opens_on=since,
        due=replace(
            due_by(planned_by, event="the needs assessment", citation=citation, basis=Basis.LOCAL_RULE),
            sentence=(
                "The pathway plan follows the needs assessment as soon as possible: the law names no day. "
                f"Our own rule asks for it by {day_in_words(planned_by)}."
            ),
        ),
        met_on=recorded.plan_made_on,
    )


def _adviser(since: date, recorded: Recorded, citation: Citation) -> Milestone:
    due = due_by(since, event="owed from this day; the law names no later one", citation=citation, basis=Basis.LAW)
    return Milestone(
        key="personal_adviser",
        kind="personal_adviser",
        title="Appoint a personal adviser",
        opens_on=since,
        due=due,
        met_on=recorded.adviser_since,
    )
