"""Would these places be answered as they were? A whole register at once, by fingerprints; nothing is put into words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from db.clock import london_date
from hotspots.overlay import fingerprints
from hotspots.overlay.overlay import Place, Reading
from hotspots.sharing.levels import Area, Level
from hotspots.sharing.owners import owners_of

# One row a place near which something lies, with the hash that fingerprints.of_areas makes; and one row an owner and
# level with all that was read of it.
LOOK = """
with near as materialized (
    select place, owner_id, level, version_id,
           concat_ws(
               ' ', version_id, level, is_stale, coalesce(within_metres::text, ''), coalesce(reference, '')
           ) as told
    from hotspots_read(%s::float8[], %s::float8[], %s, %s::float8[], %s::boolean[])
)
select place, array_agg(distinct owner_id), null, null::uuid[],
       encode(sha256(convert_to(string_agg(told, E'\\n' order by version_id), 'UTF8')), 'hex')
from near
group by place
union all
select null, array[owner_id], level, array_agg(distinct version_id), null
from near
group by owner_id, level
"""


def fingerprints_of(places: Sequence[Place], *, radius_metres: int, at: datetime, purpose: str) -> list[UUID]:
    """The fingerprint of each place's answer, in order: what `overlay.ask` would give it now.

    A handful of statements however many places. To compare is to read: each owner is told of it as of any answer. Refuses
    (NobodyActs) outside acting_for.
    """
    hashes: dict[int, tuple[str, frozenset[UUID]]] = {}
    read: dict[UUID, list[Area]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            LOOK,
            [
                [float(place.easting) for place in places],
                [float(place.northing) for place in places],
                radius_metres,
                [float(place.reach_metres) for place in places],
                [place.is_by_cell for place in places],
            ],
        )
        for number, owner_ids, level, versions, told in cursor.fetchall():
            if number is None:
                read[owner_ids[0]] += [Area(version_id, Level(level), False) for version_id in versions]
            else:
                hashes[number] = (told, frozenset(owner_ids))
    asked = frozenset[UUID]().union(*(place.authority_ids for place in places), read)
    owners = owners_of(asked, near=read, radius_metres=radius_metres, on=london_date(at))
    Reading([read], frozenset(owners.sharing) - {owners.reader}, owners.reader, radius_metres, len(places)).record(
        at=at, purpose=purpose
    )
    nothing = ("", frozenset[UUID]())
    return [
        fingerprints.of_place(place, radius_metres, *hashes.get(number, nothing), owners=owners)
        for number, place in enumerate(places, start=1)
    ]
