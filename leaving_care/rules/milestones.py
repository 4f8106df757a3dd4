"""Which milestones of leaving care stand for a young person on a day, open or met?"""

from datetime import date

from leaving_care.rules.becoming_eligible import on_the_way, once_eligible, once_relevant
from leaving_care.rules.circumstances import Circumstances
from leaving_care.rules.entitlement import Entitlement, entitlement_in
from leaving_care.rules.living_somewhere import provided, telling
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.plan_and_support import around_18, offers_after_21, plan_reviews, return_contacts
from leaving_care.rules.recorded import Recorded
from leaving_care.rules.situation import situation_of
from leaving_care.rules.status import Status
from placements.rules.working_days import Holidays


def milestones(
    *, circumstances: Circumstances, recorded: Recorded, on: date, holidays: Holidays
) -> tuple[Entitlement, tuple[Milestone, ...]]:
    """The entitlement of the day, and everything that stands on it: each milestone once, by its key, met ones too.

    What no longer stands (the child left care before becoming eligible, support stopped running) is not among them:
    whoever keeps duties closes those with the reason. Nothing is left out because of a birthday alone before 25.
    """
    now = situation_of(circumstances, on)
    answer = entitlement_in(now)
    status = answer.status
    if status is Status.ANOTHER_AUTHORITY or (status is Status.NONE and answer.since is not None):
        return answer, ()
    standing = (
        *on_the_way(now, recorded),
        *once_eligible(now, recorded, holidays),
        *once_relevant(now, recorded, holidays),
        *plan_reviews(now, status, recorded, holidays),
        *around_18(now, status, recorded),
        *return_contacts(now, status, recorded),
        *offers_after_21(now, status, recorded, holidays),
        *telling(now, status, recorded, holidays),
        *provided(now, status, recorded, holidays),
    )
    return answer, tuple(one for one in standing if one.opens_on <= on)
