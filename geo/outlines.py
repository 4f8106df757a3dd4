"""What is the ground of the map? Outlines of the authorities, from the active boundary editions; public."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

FAR_UNTIL_ZOOM = 10

TILE = """
    with frame as (select ST_TileEnvelope(%s, %s, %s) as square)
    select coalesce(ST_AsMVT(drawn, 'authorities', 4096, 'shape'), '')
    from (
        select ST_AsMVTGeom(boundary.{outline}, frame.square, 4096, 64) as shape, authority.name
        from frame
        join geo_boundary boundary on boundary.{outline} && frame.square
        join geo_boundaryedition edition on edition.id = boundary.edition_id and edition.is_active
        join geo_authority authority on authority.id = boundary.authority_id
    ) drawn
    where drawn.shape is not null
"""
DRAWN = """
    select boundary.authority_id, authority.name, ST_AsSVG(ST_Simplify(boundary.shape, %s), 0, 0)
    from geo_boundary boundary
    join geo_boundaryedition edition on edition.id = boundary.edition_id and edition.is_active
    join geo_authority authority on authority.id = boundary.authority_id
    where boundary.shape && ST_MakeEnvelope(%s, %s, %s, %s, 27700)
    order by authority.name
"""


@dataclass(frozen=True)
class Outline:
    """An authority's outline as the path of a drawing, in metres east and, turned round, north."""

    authority_id: UUID
    name: str
    path: str


def tile(z: int, x: int, y: int) -> bytes:
    """The layer `authorities` of one vector tile; empty without boundaries."""
    outline = "outline_far" if z <= FAR_UNTIL_ZOOM else "outline_near"
    with connection.cursor() as cursor:
        cursor.execute(TILE.format(outline=outline), [z, x, y])
        return bytes(cursor.fetchone()[0])


def drawn(west: float, south: float, east: float, north: float, *, tolerance_metres: float) -> list[Outline]:
    """The outlines within a frame in metres of the National Grid."""
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [tolerance_metres, west, south, east, north])
        return [Outline(*row) for row in cursor.fetchall() if row[2]]
