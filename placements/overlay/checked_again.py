"""Which places read the very same as at their last check? Those are marked so, many at once, and nothing else is done.

What is left is asked about anew, put into words and compared (placements/overlay/recheck.py). Wherever it is not certain that
the answer is the same, it is asked anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from db.clock import london_date
from hotspots.overlay import fingerprints, looking
from hotspots.overlay.overlay import Place
from placements import policy
from placements.overlay import screening, shadow
from placements.overlay.screening import Spot
from placements.states import OPEN

# Of each open placement of a register that was checked before: where it is, and what its last check was made of.
LAST = """
select placement.id, placement.version, placement.child_id, verdict.host_id, coalesce(address.postcode, ''), last.id,
       last.fingerprint
from placements_placement placement
cross join lateral (
    select screening.id, screening.fingerprint
    from placements_screening screening
    where screening.placement_id = placement.id and not screening.is_shadow
    order by screening.at desc, screening.id desc
    limit 1
) last
left join placements_placementaddress address on address.placement_id = placement.id
left join placements_verdict verdict on verdict.placement_id = placement.id and verdict.superseded_at is null
where placement.id = any(%s::uuid[]) and placement.status = any(%s) and placement.superseded_at is null
    and not placement.is_restricted and last.fingerprint is not null
"""
MARK = """
insert into placements_checkedagain (id, authority_id, screening_id, at)
select gen_random_uuid(), current_authority(), same.screening_id, %s from unnest(%s::uuid[]) as same(screening_id)
"""


@dataclass(frozen=True)
class Looked:
    """Which placements read as they did; and of those asked about, by their version, where they lie and who is to answer."""

    same: frozenset[UUID] = frozenset()
    places: Mapping[tuple[UUID, int], Place] = field(default_factory=dict)


def look(placement_ids: Sequence[UUID], *, authority_id: UUID, at: datetime, purpose: str) -> Looked:
    """Mark those open placements of a register whose places read as they did.

    Never a closed address, nor one never checked; in shadow mode none: there each check is stored to be measured.
    """
    if shadow.is_on(authority_id):
        return Looked()
    postcodes: dict[Spot, str] = {}
    last: dict[Spot, tuple[int, UUID, UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LAST, [list(placement_ids), [str(status.value) for status in OPEN]])
        for placement_id, version, child_id, host_id, postcode, check_id, fingerprint in cursor.fetchall():
            spot = Spot(placement_id, child_id, host_id)
            postcodes[spot], last[spot] = postcode, (version, check_id, fingerprint)
    asked = screening.asked_about(screening.located_by(postcodes), on=london_date(at), at=at)
    prints = looking.fingerprints_of(list(asked.values()), radius_metres=policy.RADIUS_METRES, at=at, purpose=purpose)
    now = dict(zip(asked, prints, strict=True))
    same = {
        spot.id: check_id
        for spot, (_, check_id, fingerprint) in last.items()
        if fingerprint == now.get(spot, fingerprints.NOT_LOCATED)
    }
    if same:
        with connection.cursor() as cursor:
            cursor.execute(MARK, [at, list(same.values())])
    return Looked(frozenset(same), {(spot.id, last[spot][0]): place for spot, place in asked.items()})
