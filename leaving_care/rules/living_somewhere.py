"""Whom does a move oblige to tell, and what does accommodation that we provide ask for?"""

from collections.abc import Iterator
from datetime import date, timedelta

from leaving_care import policy
from leaving_care.rules.milestone import Milestone, due_after_working_days, due_by
from leaving_care.rules.recorded import Home, Power, Recorded, first_from
from leaving_care.rules.situation import Situation
from leaving_care.rules.status import Status
from placements.rules.due_dates import within_months, within_weeks
from placements.rules.finding import Basis, Citation, DueDate
from placements.rules.instruments import CARE_LEAVERS_REGULATIONS, children_act, practice
from placements.rules.working_days import Holidays

TELL_AUTHORITY = children_act("s. 24C(1)")
TELL_AS_PRACTICE = practice("Our own rule: s. 24C(1) does not bind towards this person")
TELL_LEFT = practice("Our own rule: the authority that was told is told again")
VISITS = Citation(CARE_LEAVERS_REGULATIONS, "reg. 8(2)", "ADR 0042")
REVIEW = Citation(CARE_LEAVERS_REGULATIONS, "reg. 7(3)", "ADR 0042")
WHO_PROVIDES = Citation(CARE_LEAVERS_REGULATIONS, "regs. 7(3), 8(2)", "ADR 0042")
REVIEW_AFTER_WEEKS = 4  # reg. 7(3): after 28 days
MONTHS_BETWEEN_VISITS = 2  # reg. 8(2)(c)
OWED_LEAVING_CARE = (Status.RELEVANT, Status.FORMER_RELEVANT, Status.QUALIFYING)


def telling(now: Situation, status: Status, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Each authority in whose area the person lives, or has left, since leaving care or 18 (CA 1989 s. 24C(1))."""
    if status not in OWED_LEAVING_CARE:
        return
    begins_on = _binds_from(now)
    homes = sorted((home for home in recorded.homes if home.from_on <= now.on), key=lambda home: home.from_on)
    for number, home in enumerate(homes):
        ended = home.until_on is not None and home.until_on <= begins_on
        if ended or not home.area:
            continue
        before = homes[number - 1] if number else None
        moved_between = before is not None and before.area != home.area
        if moved_between and before and before.area and not before.is_in_our_area and home.from_on >= begins_on:
            yield _tell_left(before, home.from_on, recorded, holidays)
        carries_on = before is not None and before.area == home.area and before.until_on == home.from_on
        if not home.is_in_our_area and not (carries_on and home.from_on > begins_on):
            yield _tell(home, max(home.from_on, begins_on), _binds(now, home), recorded, holidays)


def provided(now: Situation, status: Status, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Visits and the review where we provide the home under s. 23B or s. 24B (SI 2010/2571 regs. 7(3), 8(2))."""
    if status not in OWED_LEAVING_CARE:
        return
    homes = sorted((home for home in recorded.homes if home.from_on <= now.on), key=lambda home: home.from_on)
    for home in homes:
        if home.power.asks_for_visits:
            yield from _visits_and_review(home, now, recorded, holidays)


def who_provides(now: Situation, status: Status, recorded: Recorded) -> Iterator[Milestone]:
    """Who provides each home after care, under which section, asked until somebody says; of 18 itself there is another."""
    if status not in OWED_LEAVING_CARE:
        return
    for home in recorded.homes:
        is_over = home.until_on is not None and home.until_on <= now.on
        is_unsaid = home.power is Power.NOT_KNOWN
        if home.power is Power.LOOKED_AFTER or home.from_on == now.eighteenth_on or (is_unsaid and is_over):
            continue
        yield Milestone(
            key=f"who_provides:{home.from_on.isoformat()}",
            kind="who_provides",
            title="Say who provides the home, under which section",
            opens_on=home.from_on,
            due=due_by(
                home.from_on,
                event="the move: visits and a review turn on it",
                citation=WHO_PROVIDES,
                basis=Basis.PRACTICE,
            ),
            met_on=None if is_unsaid else home.from_on,
        )


def _tell(home: Home, since: date, binds: bool, recorded: Recorded, holidays: Holidays) -> Milestone:
    told = tuple(told.on for told in recorded.told if told.area == home.area and not told.has_left)
    return Milestone(
        key=f"tell_authority:{home.area}:{since.isoformat()}",
        kind="tell_authority",
        title="Tell the authority that the young person lives in its area",
        opens_on=since,
        due=due_after_working_days(
            policy.TELL_AUTHORITY_WORKING_DAYS,
            of=since,
            event="living there, which s. 24C(1) gives no time for; our own rule",
            citation=TELL_AUTHORITY if binds else TELL_AS_PRACTICE,
            basis=Basis.LOCAL_RULE if binds else Basis.PRACTICE,
            holidays=holidays,
        ),
        met_on=first_from(told, since),
    )


def _tell_left(home: Home, left_on: date, recorded: Recorded, holidays: Holidays) -> Milestone:
    told = tuple(told.on for told in recorded.told if told.area == home.area and told.has_left)
    return Milestone(
        key=f"tell_left:{home.area}:{left_on.isoformat()}",
        kind="tell_left",
        title="Tell the authority that the young person has left its area",
        opens_on=left_on,
        due=due_after_working_days(
            policy.TELL_AUTHORITY_WORKING_DAYS,
            of=left_on,
            event="leaving",
            citation=TELL_LEFT,
            basis=Basis.PRACTICE,
            holidays=holidays,
        ),
        met_on=first_from(told, left_on),
    )


def _visits_and_review(home: Home, now: Situation, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    since, until = home.from_on, home.until_on or date.max
    visits = sorted({day for day in recorded.visited_on if since <= day < until})
    reviewed_on = first_from(recorded.reviewed_on, since + timedelta(days=1))
    is_over = home.until_on is not None and home.until_on <= now.on
    event = "first being provided"
    first = within_weeks(1, of=since, event=event, citation=VISITS, holidays=holidays)
    if visits or not is_over:
        yield _visit(home, "first", since, first, visits[0] if visits else None)
    review = within_weeks(REVIEW_AFTER_WEEKS, of=since, event=event, citation=REVIEW, holidays=holidays)
    if reviewed_on or not is_over:
        yield Milestone(
            key=f"home_review:{home.key}",
            kind="home_review",
            title="Review the pathway plan after the move, as soon as practicable after 28 days",
            opens_on=since,
            due=review,
            met_on=reviewed_on,
        )
    for number, last in enumerate(visits):
        following = visits[number + 1] if number + 1 < len(visits) else None
        if following is None and is_over:
            continue
        due = (
            _before_review(review)
            if number == 0
            else within_months(
                MONTHS_BETWEEN_VISITS, of=last, event="the last visit", citation=VISITS, holidays=holidays
            )
        )
        yield _visit(home, last.isoformat(), last, due, following)


def _before_review(review: DueDate) -> DueDate:
    return DueDate(
        due_on=review.due_on,
        late_from=review.late_from,
        sentence="Before the review of the move, on whatever day that is held.",
        citation=VISITS,
        working=review.working,
    )


def _visit(home: Home, turn: str, opens_on: date, due: DueDate, met_on: date | None) -> Milestone:
    return Milestone(
        key=f"home_visit:{home.key}:{turn}",
        kind="home_visit",
        title="Visit the young person where they live",
        opens_on=opens_on,
        due=due,
        met_on=met_on,
    )


def _binds_from(now: Situation) -> date:
    """The day of leaving care, or 18: before it, s. 24C(1) asks for nothing."""
    stay = now.last_stay
    return min(stay.period.until, now.eighteenth_on) if stay else now.eighteenth_on


def _binds(now: Situation, home: Home) -> bool:
    """In England and Wales; past 21 only where s. 23C goes on under the plan, or s. 24A or 24B help is given."""
    if not home.is_in_england_or_wales:
        return False
    if now.on < now.age_reached(21):
        return True
    known = now.circumstances
    return (known.education_until is not None and now.on < known.education_until) or home.power is Power.S24B
