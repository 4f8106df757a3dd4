"""Which milestones of leaving care stand for a young person on a day, open or met?"""

from datetime import date

from leaving_care.rules.becoming_eligible import on_the_way, once_eligible, once_relevant
from leaving_care.rules.circumstances import Circumstances
from leaving_care.rules.doubt import doubts
from leaving_care.rules.entitlement import Entitlement, entitlement_in, status_in
from leaving_care.rules.living_somewhere import provided, telling, who_provides
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.plan_and_support import (
    ahead_of_25,
    around_18,
    offers_after_21,
    plan_reviews,
    return_contacts,
    reviews_asked_for,
)
from leaving_care.rules.recorded import Recorded
from leaving_care.rules.situation import Situation, situation_of
from leaving_care.rules.status import Status
from placements.rules.working_days import Holidays


def milestones(
    *, circumstances: Circumstances, recorded: Recorded, on: date, holidays: Holidays
) -> tuple[Entitlement, tuple[Milestone, ...]]:
    """The entitlement of the day, and everything that stands on it: each milestone once, by its key, met ones too.

    What no longer stands (the child left care before becoming eligible, support stopped running) is not among them:
    whoever keeps duties closes those with the reason. Nothing is left out because of a birthday alone before 25. While
    an age is disputed they follow from the date of birth that we hold.
    """
    now = situation_of(circumstances, on)
    return entitlement_in(now), _standing(now, *status_in(now), recorded, holidays)


def standing_milestones(
    *, circumstances: Circumstances, recorded: Recorded, on: date, holidays: Holidays
) -> tuple[Milestone, ...]:
    """The same milestones without the entitlement's sentences: for a sweep over many."""
    now = situation_of(circumstances, on)
    return _standing(now, *status_in(now), recorded, holidays)


def _standing(
    now: Situation, status: Status, since: date | None, recorded: Recorded, holidays: Holidays
) -> tuple[Milestone, ...]:
    if status is Status.ANOTHER_AUTHORITY or (status is Status.NONE and since is not None):
        return ()
    found = (
        *doubts(now, status, holidays),
        *on_the_way(now, recorded),
        *once_eligible(now, recorded, holidays),
        *once_relevant(now, recorded, holidays),
        *plan_reviews(now, status, recorded, holidays),
        *reviews_asked_for(now, status, recorded, holidays),
        *around_18(now, status, recorded),
        *return_contacts(now, status, recorded),
        *offers_after_21(now, status, recorded, holidays),
        *ahead_of_25(now, status, recorded),
        *telling(now, status, recorded, holidays),
        *who_provides(now, status, recorded),
        *provided(now, status, recorded, holidays),
    )
    return tuple(one for one in found if one.opens_on <= now.on)
