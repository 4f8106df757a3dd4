"""What is drawn of areas of concern on a map? Those whose shape the acting authority may know: its own, and at geometry level.

The database cuts the tiles (hotspots_tile, hotspots_drawn); whose areas were drawn is disclosed to their owners and logged.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from audit import log
from geo import outlines
from hotspots.exceptions import NobodyActs
from hotspots.models import Disclosure
from hotspots.sharing.levels import Level

PURPOSE = "a map"
FIRST_ZOOM, LAST_ZOOM = 8, 14
MOST_DRAWN = 200

# A far tile may show tens of thousands: whose they are is written down where it is found.
TILE = """
    with drawn as materialized (
        select current_authority() as reader, tile, owner_ids, version_ids
        from hotspots_tile(%(z)s, %(x)s, %(y)s)
    ),
    told as (
        insert into hotspots_disclosure (id, sender_id, recipient_id, versions, level, purpose, at)
        select gen_random_uuid(), owner_id, reader, array_agg(version_id), %(level)s, %(purpose)s, %(at)s
        from drawn
        cross join unnest(owner_ids, version_ids) as shown(owner_id, version_id)
        where reader is not null
        group by owner_id, reader
    )
    select reader, tile, cardinality(version_ids) from drawn
"""


@dataclass(frozen=True)
class Frame:
    """A square of ground: its middle in metres of the National Grid, and half its side."""

    easting: float
    northing: float
    half_metres: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        half = self.half_metres
        return self.easting - half, self.northing - half, self.easting + half, self.northing + half


@dataclass(frozen=True)
class Drawn:
    """One area within a frame: what the table says of it, and the path of the drawing."""

    owner_id: UUID
    version_id: UUID
    level: Level
    is_stale: bool
    reference: str
    name: str
    kind_of_place: str
    concern: str
    last_supported_on: date | None
    review_on: date | None
    path: str


def is_tile(z: int, x: int, y: int) -> bool:
    """Whether there is such a tile: zoom 8 to 14, and within the world."""
    return FIRST_ZOOM <= z <= LAST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


@transaction.atomic
def tile(z: int, x: int, y: int, *, at: datetime) -> bytes:
    """One vector tile (Mapbox, version 2): the layers `authorities`, and `areas` or, where very many lie, `squares`."""
    with connection.cursor() as cursor:
        cursor.execute(TILE, {"z": z, "x": x, "y": y, "level": Level.GEOMETRY.value, "purpose": PURPOSE, "at": at})
        reader, areas, versions = cursor.fetchone()
    if reader is None:
        raise NobodyActs
    log.record(operation="map.read", subject_kind="hotspot_version", detail={"z": z, "versions": versions})
    return outlines.tile(z, x, y) + bytes(areas)


@transaction.atomic
def drawn(frame: Frame, *, at: datetime) -> list[Drawn]:
    """The areas within a frame, by reference, at most 200: one more says that there are more."""
    tolerance = frame.half_metres / 500
    with connection.cursor() as cursor:
        cursor.execute("select current_authority()")
        (reader,) = cursor.fetchone()
        cursor.execute(
            "select owner_id, version_id, level, is_stale, reference, name, kind_of_place, concern, last_supported_on,"
            " review_on, path from hotspots_drawn(%s, %s, %s, %s, %s, %s)",
            [*frame.edges, tolerance, MOST_DRAWN + 1],
        )
        found = [Drawn(owner, version, Level(level), *facts) for owner, version, level, *facts in cursor.fetchall()]
    _tell_owners(((one.owner_id, one.version_id) for one in found), reader=reader, at=at)
    log.record(operation="map.read", subject_kind="hotspot_version", detail={"versions": len(found)})
    return found


def _tell_owners(shown: Iterable[tuple[UUID, UUID]], *, reader: UUID | None, at: datetime) -> None:
    if reader is None:
        raise NobodyActs
    read: dict[UUID, list[UUID]] = defaultdict(list)
    for owner_id, version_id in shown:
        read[owner_id].append(version_id)
    Disclosure.objects.bulk_create(
        Disclosure(
            sender_id=owner_id, recipient_id=reader, versions=versions, level=Level.GEOMETRY, purpose=PURPOSE, at=at
        )
        for owner_id, versions in read.items()
        if owner_id != reader
    )
