"""Do an edition's boundaries put the postcodes where the directory puts them? Counted, and the worst authorities named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction

from geo.ground import current_ground
from geo.models import Authority, BoundaryEdition

# In whose area each district code of the directory lies on the edition's day, where that is one authority of the edition.
DISTRICTS = """
    create temporary table district_of on commit drop as
    select * from unnest(%s::text[], %s::uuid[]) as given(code, authority_id)
"""
COUNTED = """
    select expected.authority_id,
           count(*) filter (where found.is_own),
           count(*) filter (where not found.is_own and found.is_any),
           count(*) filter (where not found.is_any)
    from geo_postcode standing
    join district_of expected on expected.code = standing.district_code
    cross join lateral (
        select coalesce(bool_or(boundary.authority_id = expected.authority_id), false) as is_own, count(*) > 0 as is_any
        from geo_boundarypiece piece
        join geo_boundary boundary on boundary.id = piece.boundary_id
        where boundary.edition_id = %s and ST_Intersects(piece.shape, standing.point)
    ) as found
    where standing.point is not null
    group by expected.authority_id
"""


@dataclass(frozen=True)
class Disagreement:
    """An authority, and how many of its postcodes the edition puts in another's boundary, or in none."""

    authority: Authority
    elsewhere: int
    nowhere: int


def verify(edition: BoundaryEdition, *, at: datetime, using: str = "owner") -> list[Disagreement]:
    """Compare with every postcode of the directory that lies in one of the edition's authorities; keeps the counts.

    Returns the authorities whose postcodes do not all lie in their own boundary, the most first.
    """
    ground = current_ground()
    held = set(edition.boundaries.values_list("authority_id", flat=True))
    expected: dict[str, UUID] = {}
    for code in ground.districts:
        found = ground.authorities_of_district(code, edition.edition_on)
        if len(found) == 1 and found[0].id in held:
            expected[code] = found[0].id
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("analyze geo_boundarypiece")
        cursor.execute(DISTRICTS, [list(expected), list(expected.values())])
        cursor.execute(COUNTED, [edition.id])
        counted = cursor.fetchall()
        edition.agreeing = sum(agreeing for _, agreeing, _, _ in counted)
        edition.elsewhere = sum(elsewhere for _, _, elsewhere, _ in counted)
        edition.nowhere = sum(nowhere for _, _, _, nowhere in counted)
        edition.verified_at = at
        edition.save(using=using, update_fields=["agreeing", "elsewhere", "nowhere", "verified_at"])
    worst = [
        Disagreement(ground.authorities[key], elsewhere, nowhere)
        for key, _, elsewhere, nowhere in counted
        if elsewhere or nowhere
    ]
    return sorted(worst, key=lambda one: (-one.elsewhere - one.nowhere, one.authority.slug))
