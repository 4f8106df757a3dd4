"""Who may know a restricted address? Nobody without a named grant that runs (security R18)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.acting import Actor
from placements.models import AddressGrant, Placement


def readers(placement: Placement) -> list[UUID] | None:
    """Who of ours may read a document about the placement: of a closed address those with a grant, else everybody."""
    if not placement.is_restricted:
        return None
    return list(AddressGrant.objects.filter(placement=placement).values_list("person_id", flat=True))


def held(placements: Iterable[Placement], *, by: Actor, at: datetime) -> set[UUID]:
    """The ids of those restricted placements whose address the actor may be told at an instant.

    The application's own wall; the database asks the same of every row (placements/migrations/0002_row_security.py).
    """
    restricted = [placement.id for placement in placements if placement.is_restricted]
    if by.is_operator or not restricted:
        return set(restricted)
    if by.person_id is None:
        return set()
    running = AddressGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    mine = running.filter(authority_id=by.authority_id, person_id=by.person_id, placement_id__in=restricted)
    return set(mine.values_list("placement_id", flat=True))
