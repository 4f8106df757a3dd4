"""What does one screening cost under row-level security, with levels and disclosure, against the bare PostGIS query?"""

import random

from django.db import connection, connections

from accounts.acting import acting_for, operator
from bench import areas
from bench.measure import Line, in_own_process, typical_seconds
from db import clock
from geo.areas import authority_by_code
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place

SEED, POINTS, TIMES = 27_700, 100, 5
PREPARE = """
prepare bare (float8, float8) as
select id, ST_Distance(shape, ST_SetSRID(ST_MakePoint($1, $2), 27700)) from bare_area
where ST_DWithin(shape, ST_SetSRID(ST_MakePoint($1, $2), 27700), 1000)
"""
NEAR = "select * from hotspots_near(array[%s]::float8[], array[%s]::float8[], 1000)"
SHARING = "select * from hotspots_sharing(array[%s]::uuid[], 1000)"


def lines(amount: int) -> list[Line]:
    """Two lines: the question that finds the areas, and a whole screening with state, words, disclosure and log."""
    areas.fill(amount, level="proximity")
    raw = in_own_process(_bare)
    what = f"{amount:,} areas, median of {POINTS} places"
    return [
        Line("areas near one place, under row-level security", what, in_own_process(_near), raw),
        Line("whether one authority shares anything, beside it", what, in_own_process(_sharing), raw),
        Line("one screening: both, the words, disclosure and log", what, in_own_process(_screening), raw),
    ]


def _points() -> list[tuple[float, float]]:
    chance = random.Random(SEED)
    east, north = areas.MIDDLE
    return [(chance.gauss(east, 75_000), chance.gauss(north, 75_000)) for _ in range(POINTS)]


def _bare() -> float:
    with connections["owner"].cursor() as cursor:
        cursor.execute(PREPARE)
        return typical_seconds(
            lambda point: cursor.execute("execute bare (%s, %s)", point).fetchall(), _points(), TIMES
        )


def _near() -> float:
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"), connection.cursor() as cursor:
        return typical_seconds(lambda point: cursor.execute(NEAR, point) or cursor.fetchall(), _points(), TIMES)


def _sharing() -> float:
    owner = authority_by_code(areas.OWNER).id
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"), connection.cursor() as cursor:
        return typical_seconds(lambda _: cursor.execute(SHARING, [owner]) or cursor.fetchall(), _points(), TIMES)


def _screening() -> float:
    owner, at = authority_by_code(areas.OWNER).id, clock.now()
    with acting_for(operator(authority_by_code(areas.READER).id), "benchmark"):
        return typical_seconds(
            lambda point: overlay.ask(
                [Place(*point, frozenset([owner]))], radius_metres=1_000, at=at, purpose="benchmark"
            ),
            _points(),
            TIMES,
        )
