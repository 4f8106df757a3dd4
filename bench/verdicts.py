"""What does one verdict, and one screening, cost by API, against the bare SQL that they cannot do without?"""

import os
import random
from datetime import date
from itertools import count
from uuid import uuid4

import psycopg
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from accounts.acting import acting_for, operator
from bench.measure import Line, Measured, in_own_process
from bench.server import Caller, median_seconds, requests_per_second, served, token
from db import clock
from geo.areas import authority_by_code
from hotspots.models import Agreement, Hotspot, Share, Version

AUTHORITY, NEIGHBOUR = "E08000018", "E08000017"
QUESTION = {"authority": AUTHORITY, "on": "2026-12-01", "postcode": "LS1 8ED", "home_postcode": "S65 1SB"}
VERDICTS, SCREENINGS, HOTSPOTS = 400, 100, 5_000
SEED = 27_700
BARE_VERDICT = """
select standing.district_code, standing.easting, standing.northing, home.easting, home.northing
from geo_postcode standing left join geo_postcode home on home.postcode = %s where standing.postcode = %s
"""
BARE_SCREENING = "select id, ST_Distance(shape, %s) from hotspots_version where ST_DWithin(shape, %s, 1000)"


def lines(database: str) -> list[Line]:
    """Four lines: a verdict, a screening, a registered move, and requests per second of the verdict."""
    _make_hotspots()
    with served(database) as port:
        bearer = token(port, AUTHORITY)
        by_api = in_own_process(lambda: _verdict_by_api(port, bearer))
        moves = in_own_process(lambda: _moves_by_api(port, bearer))
        ours = requests_per_second(port, "/api/v1/jurisdiction/", QUESTION, bearer)
        bare = requests_per_second(port, "/bench/bare/", {"postcode": QUESTION["postcode"]})
    raw_verdict = in_own_process(lambda: _bare(database, BARE_VERDICT, ["S65 1SB", "LS1 8ED"], VERDICTS))
    point = shapely.set_srid(shapely.Point(457452, 403271), 27700)
    given = [shapely.to_wkb(point, hex=True, include_srid=True)] * 2
    raw_screening = in_own_process(lambda: _bare(database, BARE_SCREENING, given, VERDICTS))
    return [
        Line("one verdict by API", f"median of {VERDICTS}", by_api, raw_verdict),
        Line("one move by API: verdict, duties, screening", f"median of {SCREENINGS}", moves, raw_screening),
        Line(
            "verdict by API against a bare view of one query, time for each request",
            f"{ours:.0f} and {bare:.0f} requests per second",
            Measured(1 / ours, by_api.peak_mib),
            Measured(1 / bare, 0),
        ),
    ]


def _verdict_by_api(port: int, bearer: str) -> float:
    caller = Caller(port, bearer)
    return median_seconds(lambda: caller.post("/api/v1/jurisdiction/", QUESTION), VERDICTS)


def _moves_by_api(port: int, bearer: str) -> float:
    caller, numbers = Caller(port, bearer), count()
    children = [_child(caller, number) for number in range(SCREENINGS + SCREENINGS // 10)]

    def move():
        body = {
            "child": children[next(numbers)],
            "planned_start_on": "2026-12-07",
            "postcode": "DN1 1AA",
            "home_postcode": "S65 1SB",
            "place_code": "U6",
            "provider_code": "PR4",
        }
        caller.post("/api/v1/placements/", body, **{"Idempotency-Key": str(uuid4())})

    return median_seconds(move, SCREENINGS)


def _child(caller: Caller, number: int) -> str:
    body = {"reference": f"BENCH-{number}", "given_name": "An", "family_name": "Invented", "born_on": "2012-01-01"}
    return caller.post("/api/v1/children/", body, **{"Idempotency-Key": str(uuid4())})["id"]


def _bare(database: str, statement: str, given: list, times: int) -> float:
    address = psycopg.conninfo.make_conninfo(os.environ["MIGRATION_DATABASE_URL"], dbname=database)
    with psycopg.connect(address, autocommit=True) as bare:
        # Row-level security binds the owner too: the neighbour sees its own areas, which is the same work.
        bare.execute("select set_config('app.authority', %s, false)", [str(authority_by_code(NEIGHBOUR).id)])
        return median_seconds(lambda: bare.execute(statement, given, prepare=True).fetchall(), times)


def _make_hotspots() -> None:
    """Areas of concern of a neighbour around its postcodes, all shared with us at proximity; invented, at random."""
    chance = random.Random(SEED)
    owner, partner = authority_by_code(NEIGHBOUR), authority_by_code(AUTHORITY)
    at = clock.now()
    told = {"authority": owner, "recorded_at": at, "recorded_by": "bench"}
    with acting_for(operator(owner.id), "benchmark"):
        connection.cursor().execute("set local statement_timeout = 0")
        agreement = Agreement.objects.create(
            **told, partner=partner, purpose="bench", basis="bench", reference="bench", starts_at=at
        )
        areas = [
            Hotspot(authority=owner, reference=f"B{number}", state=Hotspot.State.SHARED) for number in range(HOTSPOTS)
        ]
        Hotspot.objects.bulk_create(areas)
        Version.objects.bulk_create(
            [
                Version(**told, hotspot=area, number=1, shape=_shape(chance), review_on=date(2030, 1, 1))
                for area in areas
            ]
        )
        Share.objects.bulk_create([Share(**told, hotspot=area, partner=partner, agreement=agreement) for area in areas])


def _shape(chance: random.Random) -> GEOSGeometry:
    x, y = chance.gauss(457_000, 6_000), chance.gauss(403_000, 6_000)
    outline = shapely.Point(x, y).buffer(chance.uniform(50, 400), quad_segs=16)
    return GEOSGeometry(shapely.MultiPolygon([outline]).wkt, srid=27700)
