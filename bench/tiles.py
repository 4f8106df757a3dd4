"""What does a vector tile cost under row-level security, at each zoom, against a plain tile of a bare table?"""

import math

from django.db import connection, connections

from accounts.acting import acting_for, operator
from bench import areas
from bench.measure import Line, fastest_seconds, in_own_process
from db import clock
from geo.areas import authority_by_code
from hotspots import maps

# A far tile takes seconds; what takes less than a millisecond is told from noise by many runs.
TIMES, TIMES_FROM_ZOOM_11 = 7, 200
KIB = 1024
BARE_TILE = """
select ST_AsMVT(each, 'areas', 4096, 'shape')
from (
    select ST_AsMVTGeom(shape_3857, ST_TileEnvelope(%s, %s, %s), 4096, 64) as shape, reference, left(name, 80) as name,
           concern, authority_id::text as owner, false as is_own, coalesce(review_on < current_date, false) as is_stale
    from bare_area
    where shape_3857 && ST_TileEnvelope(%s, %s, %s, margin => 0.015625)
) each
"""
MOST_KIB = 500


def lines(amount: int) -> list[Line]:
    """Two lines for each zoom: the tile in the middle, where the areas lie closest. Ends where one is larger than 500 KiB."""
    areas.fill(amount, level="geometry")
    return [line for z in range(maps.FIRST_ZOOM, maps.LAST_ZOOM + 1) for line in _lines(z, amount)]


def _lines(z: int, amount: int) -> list[Line]:
    tile = _tile(z)
    size = _size(tile)
    if size > MOST_KIB * KIB:
        raise SystemExit(f"The tile {tile} has {size / KIB:.0f} KiB: more than {MOST_KIB}.")
    times = TIMES if z < 11 else TIMES_FROM_ZOOM_11
    what = f"{amount:,} areas, {size / KIB:.0f} KiB, fastest of {times}"
    ours, raw, whole = (in_own_process(lambda work=work: work(tile, times)) for work in (_ours, _bare, _whole))
    return [
        Line(f"vector tile, zoom {z}", what, ours, raw),
        Line("the same with the ground, who was shown what, and the log", what, whole, raw),
    ]


def _tile(z: int) -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select ST_X(p), ST_Y(p) from ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 27700), 4326) p", areas.MIDDLE
        )
        longitude, latitude = cursor.fetchone()
    down = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return z, int((longitude + 180) / 360 * 2**z), int(down * 2**z)


def _size(tile: tuple[int, int, int]) -> int:
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"):
        return len(maps.tile(*tile, at=clock.now()))


def _ours(tile: tuple[int, int, int], times: int) -> float:
    """The tile's SQL as the service's own role, acting for the partner that holds the shapes."""
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"), connection.cursor() as cursor:
        return fastest_seconds(
            lambda: cursor.execute("select * from hotspots_tile(%s, %s, %s)", tile) or cursor.fetchall(), times
        )


def _whole(tile: tuple[int, int, int], times: int) -> float:
    """All that a request for the tile does between signing in and sending it."""
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"):
        return fastest_seconds(lambda: maps.tile(*tile, at=clock.now()), times)


def _bare(tile: tuple[int, int, int], times: int) -> float:
    """The tile of every area as a tile server would cut it: no levels, no agreements, no bound on its size."""
    with connections["owner"].cursor() as cursor:
        return fastest_seconds(lambda: cursor.execute(BARE_TILE, [*tile, *tile]) or cursor.fetchall(), times)
