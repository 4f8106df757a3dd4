"""Who works with a placement, so that what is new about it is told to them and not to everybody?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts import policy
from accounts.membership import members
from accounts.roles import Role
from db.clock import london_date
from duties.models import Duty
from placements.models import AddressGrant, Judgement, Placement

# Who is told where nobody has the placement by name: the first of these that the authority has.
INSTEAD = (Role.SOCIAL_WORKER, Role.PLACEMENT_OFFICER, Role.DUTY_DESK, Role.MANAGER)


def people_of(placements: Sequence[Placement], *, at: datetime) -> dict[UUID, list[UUID]]:
    """The people to be told of each placement of one authority, by its id.

    Whoever has an open duty about it by name, and whoever wrote the judgement that holds; where there is nobody, the
    authority's social workers, or else its placements officers, duty desk or managers. Of a closed address: who has a
    grant that runs, and nobody else.
    """
    if not placements:
        return {}
    closed = [one.id for one in placements if one.is_restricted]
    by_name = _by_name([one.id for one in placements if not one.is_restricted])
    readers = _readers(placements[0].authority_id, at)
    instead = next((readers[role] for role in INSTEAD if readers[role]), set())
    known = set().union(*readers.values())
    told = {one.id: (by_name[one.id] & known) or instead for one in placements if not one.is_restricted}
    return {placement_id: sorted(people) for placement_id, people in (told | _granted(closed, at)).items()}


def _by_name(placement_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    owned = Duty.objects.filter(
        subject_kind="placement", subject_id__in=placement_ids, closed_at=None, owner__isnull=False
    )
    written = Judgement.objects.filter(placement_id__in=placement_ids, superseded_at=None)
    for rows in (owned.values_list("subject_id", "owner_id"), written.values_list("placement_id", "writer_id")):
        for placement_id, person_id in rows:
            found[placement_id].add(person_id)
    return found


def _readers(authority_id: UUID, at: datetime) -> dict[Role, set[UUID]]:
    """The people who may read checks at all, by role."""
    permitted = policy.operations()["screenings.read"].roles["own"]
    found: dict[Role, set[UUID]] = defaultdict(set)
    for membership in members(authority_id, on=london_date(at)).filter(role__in=permitted):
        found[Role(membership.role)].add(membership.user_id)
    return found


def _granted(placement_ids: Sequence[UUID], at: datetime) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {placement_id: set() for placement_id in placement_ids}
    running = AddressGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at, placement_id__in=placement_ids
    )
    for placement_id, person_id in running.values_list("placement_id", "person_id"):
        found[placement_id].add(person_id)
    return found
