"""What ended on the 18th birthday of somebody in care, what goes on, and what began?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.status import Status
from placements.rules.written_dates import day_in_words


class Change(StrEnum):
    """What became of a thing on the day."""

    ENDED = "ended"
    GOES_ON = "goes_on"
    BEGAN = "began"


@dataclass(frozen=True, slots=True)
class AtEighteen:
    """One thing, what became of it, and why."""

    change: Change
    what: str
    why: str


def changes_at_18(*, answer: Entitlement, authority: str) -> tuple[AtEighteen, ...]:
    """Line by line, so that nothing ends without a reason; empty before 18 and for whoever was not looked after then."""
    if answer.on < answer.count.eighteenth_birthday.on or answer.status is not Status.FORMER_RELEVANT:
        return ()
    return tuple(_changes(answer, authority))


def _changes(answer: Entitlement, authority: str) -> Iterator[AtEighteen]:
    birthday = day_in_words(answer.count.eighteenth_birthday.on)
    nobody_looked_after = f"No longer looked after since {birthday}."
    yield AtEighteen(Change.ENDED, "Visits (reg. 28)", nobody_looked_after)
    yield AtEighteen(Change.ENDED, "Reviews of the care plan (reg. 33)", nobody_looked_after)
    yield AtEighteen(Change.ENDED, "Notices of placements (regs. 13, 14)", nobody_looked_after)
    yield AtEighteen(
        Change.ENDED, "Checks of the address against shared areas", f"Adult; checks stopped on {birthday}."
    )
    how_long = next(one.sentence for one in answer.findings if one.code == "how_long")
    yield AtEighteen(Change.GOES_ON, f"{authority} is responsible", how_long)
    yield AtEighteen(Change.GOES_ON, "The personal adviser", "CA 1989 s. 23C(3)(a).")
    yield AtEighteen(Change.GOES_ON, "The pathway plan and its reviews", "CA 1989 s. 23C(3)(b), SI 2010/2571 reg. 7.")
    yield AtEighteen(
        Change.BEGAN,
        "Telling the authority where they live",
        "CA 1989 s. 24C(1): no time limit in law, five working days by our own rule.",
    )
    yield AtEighteen(
        Change.BEGAN,
        "Asking who provides the home, under which section",
        "Visits and a review of the move turn on it (SI 2010/2571 regs. 7(3), 8(2)).",
    )
