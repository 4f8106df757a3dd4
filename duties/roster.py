"""Who can act on a duty now: its owner, else whoever holds its role, and whoever covers them?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts import cover
from accounts.membership import members
from duties import board
from duties.models import Duty


@dataclass(frozen=True, order=True)
class Hand:
    """Somebody who can act; `covers_id` and `covers_name` say for whom, until when, where it is not their own."""

    name: str
    person_id: UUID
    covers_name: str = ""
    covers_id: UUID | None = None
    covers_until: date | None = None


class Roster:
    """An authority's people on a day, read once for a whole page of duties. The same answer as `board.waiting_for`."""

    def __init__(self, authority_id: UUID, *, on: date):
        self._names: dict[UUID, str] = {}
        self._by_role: dict[str, set[UUID]] = defaultdict(set)
        for one in board.people_who_may_act(authority_id, on=on):
            self._names[one.user_id] = one.user.name
            self._by_role[one.role].add(one.user_id)
        present = set(members(authority_id, on=on).values_list("user_id", flat=True))
        self._covers = [
            one
            for one in cover.running(on).filter(authority_id=authority_id).select_related("person", "covered_by")
            if one.covered_by_id in present
        ]

    def owner_of(self, duty: Duty) -> UUID | None:
        """The duty's owner, where they may act on it still."""
        return duty.owner_id if duty.owner_id in self._names else None

    def who_can_act(self, duty: Duty) -> list[Hand]:
        """Everybody who can act on it, by name; nobody where the role is held by nobody."""
        owner = self.owner_of(duty)
        if owner:
            first = {owner}
        else:
            first = self._by_role.get(duty.role, set()) if duty.role else set(self._names)
        hands = [Hand(self._names[one], one) for one in first]
        hands += [
            Hand(one.covered_by.name, one.covered_by_id, one.person.name, one.person_id, one.ends_on)
            for one in self._covers
            if one.person_id in first and (one.covered_by_id not in first)
        ]
        return sorted(set(hands), key=lambda hand: (bool(hand.covers_id), hand.name, str(hand.person_id)))

    def covers_for(self, person_id: UUID | None, duty: Duty) -> Hand | None:
        """As whose cover a person can act on the duty; None where it is their own, or not theirs to act on."""
        mine = (hand for hand in self.who_can_act(duty) if hand.person_id == person_id and hand.covers_id)
        return next(mine, None)
