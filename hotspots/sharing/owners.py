"""What does each authority share, say and leave to be rung, wherever a place lies? Asked once for many places."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from uuid import UUID

from django.db import connection

from geo.ground import current_ground
from hotspots.exceptions import NobodyActs
from hotspots.overlay.sentences import AuthorityAnswer
from hotspots.sharing import coverage
from hotspots.sharing.coverage import Said, Sharing, state_of
from hotspots.sharing.levels import Area
from notifications.directory import directory
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


SHARED = """
select reader.id, told.owner_id, told.is_any_fresh, told.within_metres
from (select current_authority() as id) as reader
left join hotspots_sharing(%s::uuid[], %s) as told on true
"""


def owners_of(authority_ids: Collection[UUID], *, near: Collection[UUID], radius_metres: int, on: date) -> Owners:
    """What may be known of these authorities, and how those of them are reached of whose areas one lies near a place.

    Refuses (NobodyActs) outside acting_for.
    """
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [list(authority_ids), radius_metres])
        rows = cursor.fetchall()
    ground = current_ground()
    return Owners(
        reader=_acting(rows[0][0]),
        on=on,
        names={authority_id: ground.authorities[authority_id].name for authority_id in authority_ids},
        sharing={owner_id: Sharing(*facts) for _, owner_id, *facts in rows if owner_id},
        statements=coverage.statements(authority_ids),
        contacts=reached_now(near, on),
    )


def acting_reader() -> UUID:
    """The authority acted for. Refuses (NobodyActs) where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select current_authority()")
        return _acting(cursor.fetchone()[0])


def reached_now(authority_ids: Collection[UUID], on: date) -> dict[UUID, str]:
    """How the exploitation lead of each of these authorities is reached; telephone before e-mail."""
    found = directory.for_purpose(Contact.Purpose.EXPLOITATION_LEAD, authority_ids, on)
    return {authority_id: contact.telephone or contact.email for authority_id, contact in found.items()}


def _acting(reader: UUID | None) -> UUID:
    if reader is None:
        raise NobodyActs
    return reader
