"""What does a vector tile cost under row-level security, at each zoom, against the same SQL on a bare table?"""

import math

from django.db import connection, connections

from accounts.acting import acting_for, operator
from bench import areas
from bench.measure import Line, in_own_process
from bench.server import median_seconds
from db import clock
from db.definers import FOLDER
from geo.areas import authority_by_code
from hotspots import maps

TIMES = 20
KIB = 1024
MOST_KIB = 500


def lines(amount: int) -> list[Line]:
    """A line for each zoom: the tile in the middle, where the areas lie closest. Ends where one is larger than 500 KiB."""
    areas.fill(amount, level="geometry")
    return [_line(z, amount) for z in range(maps.FIRST_ZOOM, maps.LAST_ZOOM + 1)]


def _line(z: int, amount: int) -> Line:
    tile = _tile(z)
    size = _size(tile)
    if size > MOST_KIB * KIB:
        raise SystemExit(f"The tile {tile} has {size / KIB:.0f} KiB: more than {MOST_KIB}.")
    what = f"{amount:,} areas, {size / KIB:.0f} KiB, median of {TIMES}"
    ours, raw = in_own_process(lambda: _ours(tile)), in_own_process(lambda: _bare(tile))
    return Line(f"vector tile, zoom {z}", what, ours, raw)


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


def _ours(tile: tuple[int, int, int]) -> float:
    """The tile's SQL as the service's own role, acting for the partner that holds the shapes."""
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"), connection.cursor() as cursor:
        return median_seconds(
            lambda: cursor.execute("select * from hotspots_tile(%s, %s, %s)", tile) or cursor.fetchall(), TIMES
        )


def _bare(tile: tuple[int, int, int]) -> float:
    """The same statement, prepared, with the bare table in the place of the versions and of what is open to the reader."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"prepare bare_tile as {_bare_statement(*tile)}")
        return median_seconds(lambda: cursor.execute("execute bare_tile") or cursor.fetchall(), TIMES)


def _bare_statement(z: int, x: int, y: int) -> str:
    body = (FOLDER / "hotspots_tile.sql").read_text(encoding="utf-8").split("return query")[1].split(";\nend")[0]
    of_the_reader = body[body.index("        select area.owner_id") : body.index("    amount as")]
    bare = """
        select bare.authority_id as owner_id, bare.id as version_id, 'geometry' as level, bare.reference, bare.name,
               bare.concern, bare.review_on, bare.shape_3857
        from frame join bare_area bare on bare.shape_3857 && frame.wide
    ),
    """
    return body.replace(of_the_reader, bare).replace("(z, x, y", f"({z}, {x}, {y}")
