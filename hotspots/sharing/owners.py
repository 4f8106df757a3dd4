"""What does each authority share, say and leave to be rung, wherever a place lies? Asked once for many places."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from uuid import UUID

from django.db import connection
from django.db.models import Q

from geo.ground import current_ground
from hotspots.exceptions import NobodyActs
from hotspots.overlay.sentences import AuthorityAnswer
from hotspots.sharing import coverage
from hotspots.sharing.coverage import Said, Sharing, state_of
from hotspots.sharing.levels import Area
from notifications.models import Contact


@dataclass(frozen=True)
class Owners:
    """The authorities that an answer speaks of, as the reader may know of them on a day."""

    reader: UUID
    on: date
    names: Mapping[UUID, str]
    sharing: Mapping[UUID, Sharing]
    statements: Mapping[UUID, Said]
    contacts: Mapping[UUID, str]
    _facts: dict[tuple[UUID, bool], str] = field(default_factory=dict, compare=False, repr=False)

    def answer(
        self, authority_id: UUID, areas: tuple[Area, ...], *, reach_metres: float, is_by_cell: bool
    ) -> AuthorityAnswer:
        """What one of them says about a place near which these areas of its lie."""
        shared, statement = self.sharing.get(authority_id), self.statements.get(authority_id)
        return AuthorityAnswer(
            authority_id=authority_id,
            name=self.names[authority_id],
            is_own=authority_id == self.reader,
            state=state_of(areas, sharing=shared, said=statement, on=self.on),
            areas=areas,
            said=statement,
            within_metres=shared.within_metres if shared else None,
            contact=self.contacts.get(authority_id, "") if areas else "",
            on=self.on,
            reach_metres=ceil(reach_metres),
            is_by_cell=is_by_cell,
        )

    def facts(self, authority_id: UUID, *, is_near: bool) -> str:
        """All that an answer takes from here of one of them: whom to ring counts only where something is near."""
        key = (authority_id, is_near)
        if key not in self._facts:
            said = self.statements.get(authority_id)
            self._facts[key] = repr(
                (
                    str(authority_id),
                    self.names[authority_id],
                    authority_id == self.reader,
                    self.sharing.get(authority_id),
                    said,
                    said is not None and said.is_past_review(self.on),
                    self.contacts.get(authority_id, "") if is_near else "",
                )
            )
        return self._facts[key]


def owners_of(authority_ids: Collection[UUID], *, near: Collection[UUID], radius_metres: int, on: date) -> Owners:
    """What may be known of these authorities, and how those of them are reached of whose areas one lies near a place.

    Refuses (NobodyActs) outside acting_for.
    """
    ground = current_ground()
    return Owners(
        reader=acting_reader(),
        on=on,
        names={authority_id: ground.authorities[authority_id].name for authority_id in authority_ids},
        sharing=_sharing(authority_ids, radius_metres),
        statements=coverage.statements(authority_ids),
        contacts=_contacts(near, on),
    )


def acting_reader() -> UUID:
    """The authority acted for. Refuses (NobodyActs) where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select current_authority()")
        (found,) = cursor.fetchone()
    if found is None:
        raise NobodyActs
    return found


def _sharing(authority_ids: Collection[UUID], radius_metres: int) -> dict[UUID, Sharing]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select owner_id, is_any_fresh, within_metres from hotspots_sharing(%s::uuid[], %s)",
            [list(authority_ids), radius_metres],
        )
        return {owner_id: Sharing(*facts) for owner_id, *facts in cursor.fetchall()}


def _contacts(authority_ids: Collection[UUID], on: date) -> dict[UUID, str]:
    """How the exploitation lead of each authority is reached; telephone before e-mail."""
    rows = Contact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        authority_id__in=authority_ids,
        purpose=Contact.Purpose.EXPLOITATION_LEAD,
        starts_on__lte=on,
    )
    return {row.authority_id: row.telephone or row.email for row in rows}
