"""What does an authority say of its own sharing, and what does its silence about a place mean? Silence is a state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from db.clock import london_date
from geo.ground import current_ground, holds
from geo.models import Country
from hotspots.models import Coverage
from hotspots.sharing.levels import Area


class State(StrEnum):
    """What one authority's information says about a place. None of them says anything good about it."""

    NEAR = "near"
    NOTHING_NEAR = "nothing_near"
    STALE = "stale"
    SHARES_NOTHING = "shares_nothing"


@dataclass(frozen=True)
class Said:
    """An authority's own statement: whether it shares, what, when it last looked, when it will look again."""

    shares: bool
    scope: str
    last_looked_on: date
    review_on: date | None
    said_on: date

    def is_past_review(self, on: date) -> bool:
        """Whether the review date has gone by; the day itself still counts."""
        return self.review_on is not None and self.review_on < on


@dataclass(frozen=True)
class Sharing:
    """What is open to the reader of one owner's areas, wherever they lie.

    `is_any_fresh`: at least one is not past its review date. `within_metres`: nothing told of means nothing within
    this distance; None where the owner lets it not be told.
    """

    is_any_fresh: bool
    within_metres: int | None


@dataclass(frozen=True)
class Counted:
    """How many authorities of England and Wales share, and how old that is."""

    within_review: int
    past_review: int
    share_nothing: int
    said_nothing: int
    of: int


def counted(on: date) -> Counted:
    """What all authorities say of their own sharing, counted on a day."""
    rows = list(Coverage.objects.filter(superseded_at=None))
    sharing = sum(one.shares for one in rows)
    past = sum(one.shares and one.review_on is not None and one.review_on < on for one in rows)
    all_of_them = sum(
        one.country in (Country.ENGLAND, Country.WALES) and holds(one, on)
        for one in current_ground().authorities.values()
    )
    return Counted(sharing - past, past, len(rows) - sharing, max(0, all_of_them - len(rows)), all_of_them)


def state_of(areas: Collection[Area], *, sharing: Sharing | None, said: Said | None, on: date) -> State:
    """The state of an authority's answer from the areas near a place, what it shares with the reader, what it says.

    Nothing open to the reader is "shares nothing". One fresh area near is "near", however old the rest is.
    """
    if sharing is None:
        return State.SHARES_NOTHING
    if any(not area.is_stale for area in areas):
        return State.NEAR
    if areas or not sharing.is_any_fresh or (said is not None and said.is_past_review(on)):
        return State.STALE
    return State.NOTHING_NEAR


def statements(authority_ids: Collection[UUID]) -> dict[UUID, Said]:
    """The current statements of these authorities; one that never said anything is not among them."""
    rows = Coverage.objects.filter(authority_id__in=authority_ids, superseded_at=None)
    return {
        row.authority_id: Said(
            shares=row.shares,
            scope=row.scope,
            last_looked_on=row.last_looked_on,
            review_on=row.review_on,
            said_on=london_date(row.said_at),
        )
        for row in rows
    }
