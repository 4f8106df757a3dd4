"""What comes round while a pathway plan stands, and what is asked at 18, after 21 and before 25?"""

from collections.abc import Iterator
from datetime import date

from leaving_care import policy
from leaving_care.rules.circumstances import holds_any
from leaving_care.rules.milestone import Milestone, due_after_working_days, due_by
from leaving_care.rules.recorded import Home, Power, Recorded, first_from
from leaving_care.rules.situation import Situation
from leaving_care.rules.status import Status
from placements.rules.calendar_months import add_months
from placements.rules.due_dates import within_months
from placements.rules.finding import Basis, Citation
from placements.rules.instruments import CARE_LEAVERS_REGULATIONS, STATISTICAL_RETURN, children_act, practice
from placements.rules.working_days import Holidays

REVIEW = Citation(CARE_LEAVERS_REGULATIONS, "reg. 7(2)")
MONTHS_BETWEEN_REVIEWS = 6  # reg. 7(2)
STAYING_PUT = children_act("s. 23CZA")
OFFER = children_act("s. 23CZB", reading="ADR 0043")
MONTHS_BETWEEN_OFFERS = 12  # s. 23CZB(7), as recollected
OUR_PLANNING = practice("Our own planning ahead")
POWER_AT_18 = Citation(CARE_LEAVERS_REGULATIONS, "regs. 7(3), 8(2)", "ADR 0042")
RETURN_AGES = (17, 18, 19, 20, 21)
RETURN_FROM_MONTHS, RETURN_UNTIL_MONTHS = -3, 1


def plan_reviews(now: Situation, status: Status, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Each review of the pathway plan, six months after the one before, while duties towards the person run."""
    if recorded.plan_made_on is None:
        return
    held = sorted({day for day in recorded.reviewed_on if day > recorded.plan_made_on})
    turns = [recorded.plan_made_on, *held]
    for number, last in enumerate(turns):
        following = held[number] if number < len(held) else None
        if last > now.on or (following is None and not _runs(now, status)):
            continue
        event = "the pathway plan" if number == 0 else "the last review"
        yield Milestone(
            key=f"pathway_review:{last.isoformat()}",
            kind="pathway_review",
            title="Review the pathway plan",
            opens_on=last,
            due=within_months(MONTHS_BETWEEN_REVIEWS, of=last, event=event, citation=REVIEW, holidays=holidays),
            met_on=following,
        )


def reviews_asked_for(now: Situation, status: Status, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Each review that the young person asked for; the first one held from that day on is the answer."""
    for asked_on in recorded.review_asked_on:
        held_on = first_from(recorded.reviewed_on, asked_on)
        if asked_on > now.on or (held_on is None and not _runs(now, status)):
            continue
        yield Milestone(
            key=f"pathway_review_asked:{asked_on.isoformat()}",
            kind="pathway_review",
            title="Review the pathway plan, as the young person asked",
            opens_on=asked_on,
            due=due_after_working_days(
                policy.REVIEW_ASKED_FOR_WORKING_DAYS,
                of=asked_on,
                event="being asked, which the law gives no time for; our own rule",
                citation=REVIEW,
                basis=Basis.LOCAL_RULE,
                holidays=holidays,
            ),
            met_on=held_on,
        )


def around_18(now: Situation, status: Status, recorded: Recorded) -> Iterator[Milestone]:
    """Planning ahead, staying put, and the question who provides the home from the 18th birthday on."""
    eighteenth = now.eighteenth_on
    opens_on = add_months(from_on=eighteenth, months=-policy.PLAN_AHEAD_OF_18_MONTHS)
    if now.on < opens_on or status not in (Status.ELIGIBLE, Status.RELEVANT, Status.FORMER_RELEVANT):
        return
    yield Milestone(
        key="plan_ahead_18",
        kind="plan_ahead_18",
        title="Plan ahead of 18: where to live, who helps, which authority is told",
        opens_on=opens_on,
        due=due_by(
            eighteenth,
            event="the 18th birthday",
            citation=OUR_PLANNING,
            basis=Basis.PRACTICE,
            late_on_the_day=True,
        ),
        met_on=first_from(recorded.planned_on, opens_on),
    )
    at_18 = next((home for home in recorded.homes if home.holds(eighteenth)), None)
    fostered_from = [
        max(home.from_on, opens_on)
        for home in recorded.homes
        if home.is_foster_home and home.from_on < eighteenth and (home.until_on is None or home.until_on > opens_on)
    ]
    if any(from_on <= now.on for from_on in fostered_from):
        yield Milestone(
            key="staying_put",
            kind="staying_put",
            title="Decide with the young person and the carer about staying put",
            opens_on=min(fostered_from),
            due=due_by(
                eighteenth, event="the 18th birthday", citation=STAYING_PUT, basis=Basis.PRACTICE, late_on_the_day=True
            ),
            met_on=recorded.staying_put_decided_on,
        )
    if now.is_adult:
        is_answered = at_18 is not None and _says_who_provides(at_18, eighteenth)
        yield Milestone(
            key="who_provides_at_18",
            kind="who_provides",
            title="Say who provides the home from today, under which section",
            opens_on=eighteenth,
            due=due_by(
                eighteenth,
                event="the 18th birthday: visits and a review turn on it",
                citation=POWER_AT_18,
                basis=Basis.PRACTICE,
            ),
            met_on=eighteenth if is_answered else None,
        )


def _says_who_provides(home: Home, eighteenth: date) -> bool:
    """Section 23B is for 16 and 17 year olds: whoever stays where they were has the home by another section now."""
    if home.power is Power.S23B:
        return home.from_on == eighteenth
    return home.power not in (Power.NOT_KNOWN, Power.LOOKED_AFTER)


def return_contacts(now: Situation, status: Status, recorded: Recorded) -> Iterator[Milestone]:
    """The contact that the return asks for, from three months before a birthday to one month after it."""
    if status not in (Status.RELEVANT, Status.FORMER_RELEVANT, Status.QUALIFYING):
        return
    made, left_on = dict(recorded.contacts), _left_care_on(now)
    for age in RETURN_AGES:
        birthday_on = now.age_reached(age)
        if birthday_on < left_on:
            continue
        opens_on = add_months(from_on=birthday_on, months=RETURN_FROM_MONTHS)
        if opens_on > now.on:
            return
        yield Milestone(
            key=f"return_contact:{age}",
            kind="return_contact",
            title=f"Be in touch around the {age}th birthday, for the return"
            if age != 21
            else "Be in touch around the 21st birthday, for the return",
            opens_on=opens_on,
            due=due_by(
                add_months(from_on=birthday_on, months=RETURN_UNTIL_MONTHS),
                event=f"one month after the birthday at {age}",
                citation=practice(STATISTICAL_RETURN),
                basis=Basis.PRACTICE,
            ),
            met_on=made.get(age),
        )


def offers_after_21(now: Situation, status: Status, recorded: Recorded, holidays: Holidays) -> Iterator[Milestone]:
    """Offering support as soon as possible at 21, then within twelve months of the last offer while none runs."""
    at_21 = now.age_reached(21)
    if status is not Status.FORMER_RELEVANT or now.on < at_21:
        return
    made = sorted({day for day in recorded.offers if day >= at_21})
    first_met = made[0] if made else None
    if first_met or not _support_runs(now):
        yield Milestone(
            key="offer:21",
            kind="offer_of_support",
            title="Offer support to 25",
            opens_on=at_21,
            due=due_by(at_21, event="the 21st birthday, as soon as possible", citation=OFFER, basis=Basis.LAW),
            met_on=first_met,
        )
    for number, last in enumerate(made):
        following = made[number + 1] if number + 1 < len(made) else None
        if last > now.on or (following is None and _support_runs(now)):
            continue
        yield Milestone(
            key=f"offer:{last.isoformat()}",
            kind="offer_of_support",
            title="Offer support to 25 again",
            opens_on=last,
            due=within_months(
                MONTHS_BETWEEN_OFFERS, of=last, event="the last offer", citation=OFFER, holidays=holidays
            ),
            met_on=following,
        )


def ahead_of_25(now: Situation, status: Status, recorded: Recorded) -> Iterator[Milestone]:
    """Before the duties end: what is still open, and who helps from then on, while support runs."""
    at_25 = now.age_reached(25)
    opens_on = add_months(from_on=at_25, months=-policy.PLAN_AHEAD_OF_25_MONTHS)
    if status is not Status.FORMER_RELEVANT or now.on < opens_on or not _support_runs(now):
        return
    yield Milestone(
        key="plan_ahead_25",
        kind="plan_ahead_25",
        title="Plan ahead of 25, when the duties end: what is still open, who helps from then on",
        opens_on=opens_on,
        due=due_by(at_25, event="the 25th birthday", citation=OUR_PLANNING, basis=Basis.PRACTICE, late_on_the_day=True),
        met_on=first_from(recorded.planned_on, opens_on),
    )


def _runs(now: Situation, status: Status) -> bool:
    if status in (Status.ELIGIBLE, Status.RELEVANT):
        return True
    return status is Status.FORMER_RELEVANT and (now.on < now.age_reached(21) or _support_runs(now))


def _support_runs(now: Situation) -> bool:
    known = now.circumstances
    in_education = known.education_until is not None and now.on < known.education_until
    return in_education or holds_any(known.support_asked_for, on=now.on)


def _left_care_on(now: Situation) -> date:
    stay = now.last_stay
    return min(stay.period.until, now.eighteenth_on) if stay else now.eighteenth_on
