"""How is a leaving-care status said, with the law behind it?"""

from datetime import date

from leaving_care.rules.circumstances import Circumstances, holds_any
from leaving_care.rules.over import Over, Why, over
from leaving_care.rules.relevant import Limb
from leaving_care.rules.situation import Situation
from leaving_care.rules.status import Status
from placements.rules.finding import Citation, Finding
from placements.rules.instruments import CARE_LEAVERS_REGULATIONS, care_planning, children_act
from placements.rules.written_dates import day_in_words

ELIGIBLE_CHILD = children_act("Sch. 2 para. 19B, with SI 2010/959 reg. 40(1)", reading="ADR 0016")
RELEVANT_CHILD = children_act("s. 23A(2)")
RELEVANT_BY_REGULATION = Citation(CARE_LEAVERS_REGULATIONS, "reg. 3", "ADR 0041")
FORMER_RELEVANT_CHILD = children_act("s. 23C(1)")
DUTIES_GO_ON = children_act("s. 23C(6), (7), s. 23CZB", reading="ADR 0041")
QUALIFYING_PERSON = children_act("s. 24(1A), (1B)")
HELP_WITH_EDUCATION = children_act("s. 24B(3)")
LAST_RESPONSIBLE = children_act("s. 23A(4), s. 23C(1)")
SHORT_BREAK_CHILD = care_planning("reg. 40(2)", reading="ADR 0018")
AGE_REACHED = children_act("Sch. 2 para. 19B", reading="ADR 0015")
PERSON_DECIDES = children_act("Sch. 2 para. 19B", reading="ADR 0041")


def findings(status: Status, since: date | None, now: Situation) -> tuple[Finding, ...]:
    """Why it is so, the count, and what of the count another reading would change."""
    return (*_why(status, since, now), *_count(now))


def age_disputed(circumstances: Circumstances, ours: Status, other: Status) -> Finding:
    """Two dates of birth, two answers: a person decides."""
    other_date = circumstances.other_date_of_birth
    sentence = (
        f"The age is disputed. Born on {day_in_words(circumstances.date_of_birth)}: {ours.value.replace('_', ' ')}; "
        f"born on {day_in_words(other_date) if other_date else 'another day'}: {other.value.replace('_', ' ')}. "
        "Until it is settled a person decides, with legal advice."
    )
    return Finding("age_disputed", sentence, PERSON_DECIDES)


def _why(status: Status, since: date | None, now: Situation) -> tuple[Finding, ...]:
    on = day_in_words(since) if since else ""
    match status:
        case Status.ELIGIBLE:
            return (_eligible(on, now),)
        case Status.RELEVANT:
            return (_relevant(on, now),)
        case Status.FORMER_RELEVANT:
            return (_former_relevant(now), _how_long(now))
        case Status.QUALIFYING:
            sentence = "Looked after, or under special guardianship after it, without becoming an eligible child or "
            sentence += "relevant child: a person qualifying for advice and assistance to 21, with education to 25."
            return (Finding("qualifying", sentence, QUALIFYING_PERSON),)
        case Status.NOT_YET:
            return (_not_yet(now),)
        case Status.ANOTHER_AUTHORITY:
            sentence = f"Another authority took over on {on}: it is the one that is responsible."
            return (Finding("another_authority", sentence, LAST_RESPONSIBLE),)
        case Status.CANNOT_TELL:
            sentence = (
                "Eligible by one way of counting and not by the other: the right turns on a day or two. "
                "A person decides, with legal advice, and records what was decided as a fact."
            )
            return (Finding("turns_on_the_count", sentence, ELIGIBLE_CHILD),)
        case Status.NONE:
            return (_none(now),)


def _eligible(on: str, now: Situation) -> Finding:
    first = day_in_words(now.eligible_since) if now.eligible_since else on
    again = "" if first == on else f" Looked after again; an eligible child for the first time on {first}."
    return Finding("eligible", f"An eligible child since {on}.{again}", ELIGIBLE_CHILD)


def _relevant(on: str, now: Situation) -> Finding:
    eligible = f" (since {day_in_words(now.eligible_since)})" if now.eligible_since else ""
    match now.relevance.limb if now.relevance else Limb.LEFT_CARE:
        case Limb.HELD_AT_16:
            sentence = "A relevant child: detained or in hospital on the 16th birthday, straight after 13 weeks of "
            return Finding("relevant_held", f"{sentence}being looked after.", RELEVANT_BY_REGULATION)
        case Limb.HOME_BROKE_DOWN:
            sentence = f"A relevant child again since {on}: the settled home of six months or more came to an end."
            return Finding("relevant_again", sentence, RELEVANT_BY_REGULATION)
        case Limb.LEFT_CARE:
            sentence = (
                f"A relevant child since {on}: no longer looked after, and an eligible child until then{eligible}."
            )
            return Finding("relevant", sentence, RELEVANT_CHILD)


def _former_relevant(now: Situation) -> Finding:
    if now.relevance:
        sentence = "A former relevant child: a relevant child until 18."
    else:
        since = day_in_words(now.eligible_since) if now.eligible_since else "then"
        sentence = f"A former relevant child: looked after at 18, and an eligible child since {since}."
    return Finding("former_relevant", sentence, FORMER_RELEVANT_CHILD)


def _how_long(now: Situation) -> Finding:
    known, at_21 = now.circumstances, now.age_reached(21)
    if now.on < at_21:
        sentence = (
            f"We stay responsible to 21, {day_in_words(at_21)}; longer without being asked where the pathway plan sets "
            "out education or training past 21; to 25 if asked."
        )
    elif known.education_until and now.on < known.education_until:
        sentence = (
            f"We stay responsible until {day_in_words(known.education_until)}: the pathway plan sets out education "
            "or training."
        )
    elif holds_any(known.support_asked_for, on=now.on):
        sentence = (
            f"We stay responsible: support was asked for, and may run to 25, {day_in_words(now.age_reached(25))}."
        )
    else:
        sentence = (
            "Past 21 and support is not running: it starts again when it is asked for, "
            f"to 25, {day_in_words(now.age_reached(25))}."
        )
    return Finding("how_long", sentence, DUTIES_GO_ON)


def _not_yet(now: Situation) -> Finding:
    projected = now.count.by_nights.eligible_since
    if projected is None:
        return Finding(
            "not_reached_before_18",
            "Looked after, and 13 weeks will not be reached before 18: a person qualifying for advice and "
            "assistance afterwards, no more.",
            QUALIFYING_PERSON,
        )
    sentence = f"Not yet an eligible child: will be one on {day_in_words(projected)} if still looked after then."
    return Finding("not_yet", sentence, ELIGIBLE_CHILD)


def _none(now: Situation) -> Finding:
    ended = over(now)
    if ended is not None:
        return _over(ended)
    if now.is_in_short_breaks:
        sentence = "In a series of short breaks, likely reg. 48: not an eligible child. Confirm that it is one."
        return Finding("short_breaks", sentence, SHORT_BREAK_CHILD)
    if now.last_stay is not None and now.age_reached(21) <= now.on:
        sentence = "No leaving-care duty on this day; help with education or training may reach to 25."
        return Finding("none_past_21", sentence, HELP_WITH_EDUCATION)
    return Finding("none", "Nothing in the periods of care gives a leaving-care status on this day.", ELIGIBLE_CHILD)


def _over(ended: Over) -> Finding:
    on = day_in_words(ended.since)
    match ended.why:
        case Why.DIED:
            return Finding("died", f"The young person died on {on}.", FORMER_RELEVANT_CHILD)
        case Why.ADOPTED:
            sentence = f"Adopted on {on}: leaving-care duties are not owed. Read so, as the sector's validator does."
            return Finding("adopted", sentence, PERSON_DECIDES)
        case Why.AGE_ASSESSED_ADULT:
            sentence = (
                f"Assessed as an adult on {on}: nothing is owed on that footing. Ask legal services if it is disputed."
            )
            return Finding("age_assessed_adult", sentence, PERSON_DECIDES)
        case Why.PAST_25:
            return Finding("past_25", "Past 25: the leaving-care duties have ended.", DUTIES_GO_ON)


def _count(now: Situation) -> tuple[Finding, ...]:
    result = []
    decided_on = now.circumstances.decided_eligible_on
    if decided_on is not None and decided_on == now.eligible_since:
        sentence = f"A person decided, with legal advice: an eligible child from {day_in_words(decided_on)}."
        result.append(Finding("decided_eligible", sentence, PERSON_DECIDES))
    result += [
        Finding("nights_counted", now.count.sentence, ELIGIBLE_CHILD),
        Finding("other_count", now.count.other_sentence, ELIGIBLE_CHILD),
    ]
    other = now.count.eighteenth_birthday.other_reading_on
    if other:
        sentence = (
            f"Born on 29 February: 18 is read as reached on {day_in_words(now.eighteenth_on)}; "
            f"the other reading is {day_in_words(other)}."
        )
        result.append(Finding("born_on_29_february", sentence, AGE_REACHED))
    return tuple(result)
