"""Since when, and why, is nothing owed to a young person at all?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leaving_care.rules.circumstances import Ending
from leaving_care.rules.situation import Situation

OLDEST_AGE = 25  # s. 23CZB(1)


class Why(StrEnum):
    """What ended it."""

    DIED = "died"
    ADOPTED = "adopted"
    AGE_ASSESSED_ADULT = "age_assessed_adult"
    PAST_25 = "past_25"


UNTIL_CARE_BEGINS_AGAIN = {
    Ending.ADOPTED: Why.ADOPTED,
    Ending.AGE_ASSESSED_ADULT: Why.AGE_ASSESSED_ADULT,
}


@dataclass(frozen=True, slots=True)
class Over:
    """The first day on which nothing is owed, and what ended it."""

    since: date
    why: Why


def over(now: Situation) -> Over | None:
    """A death, an adoption, an age assessed as adult, the 25th birthday, whichever was first; None while none was.

    An adoption or an age assessment holds only until care begins again: whoever is looked after after it is a looked
    after child as any other.
    """
    known, on = now.circumstances, now.on
    found = [
        (known.died_on, Why.DIED),
        (known.ended_as(Ending.DIED, by=on), Why.DIED),
        (now.age_reached(OLDEST_AGE), Why.PAST_25),
    ]
    stay = now.last_stay
    if stay is not None and stay.ending in UNTIL_CARE_BEGINS_AGAIN:
        found.append((stay.period.end_on, UNTIL_CARE_BEGINS_AGAIN[stay.ending]))
    if known.adopted_on is not None and not any(known.adopted_on <= one.start_on <= on for one in known.periods):
        found.append((known.adopted_on, Why.ADOPTED))
    days = [(day, why) for day, why in found if day is not None and day <= on]
    return Over(*min(days, key=lambda one: one[0])) if days else None
