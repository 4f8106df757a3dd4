"""What has nobody told us, though a leaving-care status turns on it?"""

from leaving_care.rules.circumstances import Ending
from leaving_care.rules.sentences import (
    AGE_REACHED,
    DUTIES_GO_ON,
    ELIGIBLE_CHILD,
    RELEVANT_BY_REGULATION,
    RELEVANT_CHILD,
)
from leaving_care.rules.situation import Situation
from leaving_care.rules.status import Status
from placements.rules.finding import Finding

# Custody has a code of its own in the return; going into hospital is among the other reasons (E8).
MAY_BE_HELD = (Ending.CUSTODY, Ending.OTHER, Ending.NOT_KNOWN)
NIGHTS_ELSEWHERE_COULD_TELL = (Status.NOT_YET, Status.QUALIFYING, Status.CANNOT_TELL)


def questions(status: Status, now: Situation) -> tuple[Finding, ...]:
    """What nobody has recorded and the answer turns on; until then the reading that protects the young person holds."""
    known = now.circumstances
    asked = []
    relevance = now.relevance
    if status in (Status.RELEVANT, Status.FORMER_RELEVANT) and relevance and relevance.asks_about_home:
        sentence = (
            "Has the young person been living, settled, for six months or more with a parent, somebody with parental "
            "responsibility or the person named in an order? If so: no relevant child while that lasts. Not recorded."
        )
        asked.append(Finding("home_six_months", sentence, RELEVANT_BY_REGULATION))
    if status in (Status.QUALIFYING, Status.NONE) and _may_have_been_held_at_16(now):
        sentence = (
            "Was the young person detained or in hospital on the 16th birthday, straight after 13 weeks of being "
            "looked after? If so, and not in care: a relevant child. Not recorded."
        )
        asked.append(Finding("held_at_16", sentence, RELEVANT_BY_REGULATION))
    if status is Status.FORMER_RELEVANT and not known.education_until and now.on >= now.age_reached(21):
        sentence = "Does the pathway plan set out education or training past 21? If so the duties go on unasked."
        asked.append(Finding("education_past_21", sentence, DUTIES_GO_ON))
    if status in NIGHTS_ELSEWHERE_COULD_TELL and _may_have_been_elsewhere(now):
        sentence = (
            "Was the young person looked after by another authority since 14? Those nights count as ours do. "
            "Not recorded."
        )
        asked.append(Finding("care_elsewhere", sentence, ELIGIBLE_CHILD))
    if now.last_stay and now.last_stay.ending is Ending.NOT_KNOWN and _ended(now):
        sentence = "How the last period of being looked after ended is not recorded."
        asked.append(Finding("ending_not_known", sentence, RELEVANT_CHILD))
    if known.is_date_of_birth_estimated:
        sentence = "The date of birth is estimated, and every day here moves with it."
        asked.append(Finding("date_of_birth_estimated", sentence, AGE_REACHED))
    return tuple(asked)


def _ended(now: Situation) -> bool:
    stay = now.last_stay
    return stay is not None and stay.period.until <= now.on


def _may_have_been_elsewhere(now: Situation) -> bool:
    if now.on < now.sixteenth_on or now.count.is_reached:
        return False
    return all(stay.is_with_us for stay in now.circumstances.stays)


def _may_have_been_held_at_16(now: Situation) -> bool:
    stay = now.last_stay
    if stay is None or now.circumstances.held or stay.ending not in MAY_BE_HELD:
        return False
    return stay.period.until <= now.sixteenth_on <= now.on and now.count.is_reached
