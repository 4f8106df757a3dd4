"""Which authorities, codes, successions and adjoining pairs does the reference hold? A copy kept by each process.

The reference is small (some 1,400 rows), read for every verdict and changed only by loading it. Every change gives
it a new version in the database (GroundVersion), so a copy is used only as long as its version is the current one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db import connections

from geo.models import Adjoining, Authority, AuthorityCode, DistrictCode, GroundVersion, Succession

Key = TypeVar("Key")
Value = TypeVar("Value")


class Relation(StrEnum):
    """How two authorities lie to each other on a day. Boundaries only, never miles."""

    SAME = "same"
    ADJOINING_LAND = "adjoining_land"
    ADJOINING_TIDAL_WATER = "adjoining_tidal_water"
    NOT_ADJOINING = "not_adjoining"
    UNKNOWN = "unknown"


RELATION_OF_BASIS = {
    Adjoining.Basis.LAND: Relation.ADJOINING_LAND,
    Adjoining.Basis.TIDAL_WATER: Relation.ADJOINING_TIDAL_WATER,
}


def holds(dated: Authority | AuthorityCode | DistrictCode | Adjoining, on: date) -> bool:
    """Whether the day lies in the half-open range of a dated row."""
    return (dated.starts_on is None or dated.starts_on <= on) and (dated.ends_on is None or on < dated.ends_on)


@dataclass(frozen=True)
class Ground:
    """One version of the reference, in memory. Its authorities are shared: read them, never change them."""

    version: UUID
    authorities: Mapping[UUID, Authority]
    codes: Mapping[str, tuple[AuthorityCode, ...]]
    codes_of: Mapping[UUID, tuple[AuthorityCode, ...]]
    districts: Mapping[str, tuple[DistrictCode, ...]]
    successors: Mapping[UUID, tuple[UUID, ...]]
    predecessors: Mapping[UUID, tuple[UUID, ...]]
    adjoining: Mapping[UUID, Mapping[UUID, tuple[Adjoining, ...]]]

    def code(self, authority: Authority, scheme: AuthorityCode.Scheme, on: date) -> str:
        """The code that the authority bears on the day; blank where it bears none of the scheme."""
        return next(
            (held.code for held in self.codes_of.get(authority.id, ()) if held.scheme == scheme and holds(held, on)), ""
        )

    def as_at(self, authority: Authority, on: date) -> tuple[Authority, ...]:
        """Who held the authority's ground on the day: itself, or its predecessors or successors then.

        Several where the ground was divided between them, none where the reference does not reach back so far.
        """
        found: dict[UUID, Authority] = {}
        seen: set[UUID] = set()
        waiting = [authority.id]
        while waiting:
            asked = self.authorities[waiting.pop()]
            if asked.id in seen:
                continue
            seen.add(asked.id)
            if holds(asked, on):
                found[asked.id] = asked
            elif asked.starts_on is not None and on < asked.starts_on:
                waiting += self.predecessors.get(asked.id, ())
            else:
                waiting += self.successors.get(asked.id, ())
        return tuple(sorted(found.values(), key=lambda one: one.slug))

    def authorities_of_district(self, district_code: str, on: date) -> tuple[Authority, ...]:
        """In whose area the ground of a directory's district code lay on the day; several where it was divided."""
        rows = self.districts.get(district_code, ())
        current = [self.authorities[row.authority_id] for row in rows if holds(row, on)]
        if current:
            return self.as_at(current[0], on)
        found = {one.id: one for row in rows for one in self.as_at(self.authorities[row.authority_id], on)}
        return tuple(sorted(found.values(), key=lambda one: one.slug))

    def relation(self, first: Authority, second: Authority, on: date) -> Relation:
        """How two authorities lie to each other on the day.

        Unknown where either did not exist then, or where a pair is missing and neither's list of adjoining
        authorities has been reviewed whole.
        """
        if not (holds(first, on) and holds(second, on)):
            return Relation.UNKNOWN
        if first.id == second.id:
            return Relation.SAME
        for pair in self.adjoining.get(first.id, {}).get(second.id, ()):
            if holds(pair, on):
                return RELATION_OF_BASIS[Adjoining.Basis(pair.basis)]
        if first.adjoining_reviewed_on or second.adjoining_reviewed_on:
            return Relation.NOT_ADJOINING
        return Relation.UNKNOWN

    def adjoining_of(self, authority: Authority, on: date) -> dict[Authority, Relation]:
        """The authorities that adjoin the authority on the day, and how."""
        others = (self.authorities[key] for key in self.adjoining.get(authority.id, {}))
        relations = {other: self.relation(authority, other, on) for other in others}
        return {
            other: relation
            for other, relation in sorted(relations.items(), key=lambda item: item[0].slug)
            if relation in RELATION_OF_BASIS.values()
        }


_copies: dict[str, Ground] = {}


def current_ground(using: str = "default") -> Ground:
    """The reference as it stands: the process's copy if its version is still the current one, else read anew."""
    return ground_of_version(read_version(using), using)


def read_version(using: str = "default") -> UUID:
    """The reference's current version; one short query."""
    with connections[using].cursor() as cursor:
        cursor.execute("select version from geo_groundversion")
        return cursor.fetchone()[0]


def ground_of_version(version: UUID, using: str = "default") -> Ground:
    """The process's copy if it has this version, else the tables read anew."""
    copy = _copies.get(using)
    if copy is None or copy.version != version:
        copy = _copies[using] = _read(using)
    return copy


def _read(using: str) -> Ground:
    version = GroundVersion.objects.using(using).get().version
    codes = list(AuthorityCode.objects.using(using).order_by("starts_on"))
    successions = list(Succession.objects.using(using))
    adjoining: dict[UUID, dict[UUID, tuple[Adjoining, ...]]] = defaultdict(dict)
    for pair in Adjoining.objects.using(using):
        for one, other in (
            (pair.authority_low_id, pair.authority_high_id),
            (pair.authority_high_id, pair.authority_low_id),
        ):
            adjoining[one][other] = (*adjoining[one].get(other, ()), pair)
    return Ground(
        version=version,
        authorities={authority.id: authority for authority in Authority.objects.using(using)},
        codes=_grouped((code.code, code) for code in codes),
        codes_of=_grouped((code.authority_id, code) for code in codes),
        districts=_grouped((row.code, row) for row in DistrictCode.objects.using(using)),
        successors=_grouped((one.predecessor_id, one.successor_id) for one in successions),
        predecessors=_grouped((one.successor_id, one.predecessor_id) for one in successions),
        adjoining=adjoining,
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
