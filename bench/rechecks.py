"""What does checking every place anew cost, and what after one area changed, against the bare PostGIS joins?"""

import random
import statistics
import time
from datetime import timedelta
from uuid import UUID

from django.db import connection, connections

from accounts.acting import acting_for, service
from bench.measure import Line, in_own_process
from db import clock
from geo.ground import current_ground
from geo.models import Country, PostcodeDirectory
from placements.overlay import recheck
from tests import databases

SEED = 840
CHANGES = 15
# Children a century apart would be no children: all are minors.
FILL_REGISTER = """
with made as (
    select gen_random_uuid() as child_id, gen_random_uuid() as placement_id, number,
           %(east)s + (random() + random() + random() - 1.5) * 20000 as x,
           %(north)s + (random() + random() + random() - 1.5) * 20000 as y
    from generate_series(1, %(places)s) as number
),
children as (
    insert into placements_child (id, authority_id, reference, given_name, family_name, born_on,
        is_born_on_estimated, sex, recorded_at, recorded_by)
    select child_id, %(authority)s, 'B' || number, 'An', 'Invented', '2012-01-01', false, 'U', %(at)s, 'bench' from made
),
placed as (
    insert into placements_placement (id, authority_id, child_id, status, planned_start_on, starts_on, place_code,
        provider_code, urn, legal_status, is_disputed, is_restricted, source, screening_wanted, version, recorded_at,
        recorded_by, approver_needed, breach_reason, care_is_meant_to_last_to_18, is_approved, is_in_key_stage_four,
        reason_for_distance, why_not_wait)
    select placement_id, %(authority)s, child_id, 'started', '2026-01-05', '2026-01-05', 'U6', 'PR1', '', 'C2', false,
           false, 'register', true, 1, %(at)s, 'bench', '', '', false, true, false, '', ''
    from made
),
judged as (
    insert into placements_verdict (id, authority_id, placement_id, "on", state, relation, country, host_id, detail,
        is_restricted, recorded_at)
    select gen_random_uuid(), %(authority)s, placement_id, '2026-01-05', 'in_area', 'same', 'england', %(authority)s,
           '{}', false, %(at)s
    from made
)
insert into placements_placementaddress (id, authority_id, placement_id, line, postcode, home_postcode, point)
select gen_random_uuid(), %(authority)s, placement_id, '', 'B' || lpad(to_hex(%(first)s + number), 6, '0'), '',
       ST_SetSRID(ST_MakePoint(round(x), round(y)), 27700)
from made
"""
FILL_POSTCODES = """
insert into geo_postcode (postcode, directory_id, district_code, easting, northing)
select postcode, %s, %s, ST_X(point), ST_Y(point)
from unnest(%s::text[], %s::float8[], %s::float8[]) as given(postcode, x, y), ST_MakePoint(x, y) as point
"""
# A ring of 30 to 200 corners, 50 to 400 metres from its middle and as uneven as what people draw.
FILL_AREAS = """
with made as (
    select gen_random_uuid() as area_id, number,
           %(east)s + (random() + random() + random() - 1.5) * 20000 as x,
           %(north)s + (random() + random() + random() - 1.5) * 20000 as y,
           50 + random() * 350 as radius, 30 + (random() * 170)::integer as corners
    from generate_series(1, %(areas)s) as number
),
areas as (
    insert into hotspots_hotspot (id, authority_id, reference, state)
    select area_id, %(authority)s, 'B' || number, 'draft' from made
)
insert into hotspots_version (id, authority_id, hotspot_id, number, name, kind_of_place, concern, originator, conditions,
    condition_kinds, grading, narrative, shape, last_supported_on, review_on, received, correction, recorded_at, recorded_by)
select gen_random_uuid(), %(authority)s, area_id, 1, '', '', 'collected by car', '', '', '{}', '', '',
       ST_Multi(ring.shape), '2026-11-01', '2030-01-01', '{}', '', %(at)s, 'bench'
from made
cross join lateral (
    select ST_SetSRID(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))), 27700) as shape
    from (
        select ST_MakeLine(
            ST_MakePoint(
                x + radius * (0.8 + 0.2 * sin(corner * 7)) * cos(2 * pi() * corner / corners),
                y + radius * (0.8 + 0.2 * sin(corner * 7)) * sin(2 * pi() * corner / corners)
            ) order by corner
        ) as line
        from generate_series(0, corners - 1) as corner
    ) drawn
) ring
"""
SHARE = """
insert into hotspots_share (id, authority_id, hotspot_id, partner_id, agreement_id, level, distance_metres, recorded_at,
    recorded_by, superseded_by)
select gen_random_uuid(), %(owner)s, id, %(partner)s, %(agreement)s, 'proximity', 1000, %(at)s, 'bench', ''
from hotspots_hotspot where authority_id = %(owner)s
"""
AGREE = """
insert into hotspots_agreement (id, authority_id, partner_id, purpose, basis, reference, made_how, starts_at, recorded_at,
    recorded_by, end_recorded_by)
values (gen_random_uuid(), %s, %s, 'bench', 'bench', 'bench', 'command', %s, %s, 'bench', '') returning id
"""
MOVE = """
with before as (
    update hotspots_version set superseded_at = %s where hotspot_id = %s and superseded_at is null returning *
)
insert into hotspots_version (id, authority_id, hotspot_id, number, name, kind_of_place, concern, originator, conditions,
    condition_kinds, grading, narrative, shape, last_supported_on, review_on, received, correction, recorded_at, recorded_by)
select gen_random_uuid(), authority_id, hotspot_id, number + 1, name, kind_of_place, concern, originator, conditions,
       condition_kinds, grading, narrative, ST_Translate(shape, 300, 0), last_supported_on, review_on, received, '', %s,
       'bench'
from before
"""
BARE_ALL = "select count(*) from bare_place place join bare_area area on ST_DWithin(area.shape, place.point, 1000)"
BARE_ONE = """
select place.id from bare_place place join bare_area area on ST_DWithin(place.point, area.shape, 1000) where area.id = %s
"""


def lines(places: int, areas: int, *, registers: int | None = None, is_whole: bool = True) -> list[Line]:
    """Two lines: the whole of every register, and after one area moved 300 metres, found and answered everywhere.

    With `registers`, only those of so many authorities are filled, each with its share of the whole.
    """
    readers = _fill(places, areas, registers)
    amount = f"{places:,} placements, {areas:,} areas" + (f", {len(readers)} registers of them" if registers else "")
    found = []
    if is_whole:
        # The first check of a place finds everything new; a re-check is measured against one before it.
        in_own_process(lambda: _check_everything(readers))
        _analyse()
        ours = in_own_process(lambda: _check_everything(readers))
        raw = in_own_process(lambda: _bare(BARE_ALL))
        found.append(Line("every place checked anew", amount, ours, raw))
    moved = _some_areas(readers)
    ours = in_own_process(lambda: _answer_moves(moved))
    raw = in_own_process(lambda: _bare_ones([area for _, area in moved]))
    return [*found, Line("after one area moved", f"{amount}, median of {CHANGES}", ours, raw)]


def _analyse() -> None:
    """Let the planner know how much was stored, as the server's own upkeep does within minutes."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute("analyze")


def _check_everything(readers: list[UUID]) -> None:
    with databases.as_role("WORKER_DATABASE_URL"):
        for reader in readers:
            recheck.check_all(reader, at=clock.now())


def _answer_moves(moved: list[tuple[UUID, UUID]]) -> float:
    took = []
    with databases.as_role("WORKER_DATABASE_URL"):
        for owner, area in moved:
            with acting_for(service(owner), "benchmark"), connection.cursor() as cursor:
                at = clock.now()
                cursor.execute(MOVE, [at, area, at])
            began = time.perf_counter()
            # As the nudge of whoever changed it does (placements/tasks.py): what time brings is the sweep's.
            recheck.answer_changes(owner, at=clock.now(), time_passes=False)
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def _bare(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


def _bare_ones(areas: list[UUID]) -> float:
    took = []
    with connections["owner"].cursor() as cursor:
        for area in areas:
            began = time.perf_counter()
            cursor.execute(BARE_ONE, [area])
            cursor.fetchall()
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def _some_areas(readers: list[UUID]) -> list[tuple[UUID, UUID]]:
    chance = random.Random(SEED)
    found = []
    for owner in chance.sample(readers, CHANGES):
        with acting_for(service(owner), "benchmark"), connection.cursor() as cursor:
            cursor.execute("select id from hotspots_hotspot where authority_id = %s order by id limit 1", [owner])
            found.append((owner, cursor.fetchone()[0]))
    return found


def _fill(places: int, areas: int, registers: int | None = None) -> list[UUID]:
    """Every English authority with its share of both, ten kilometres around a middle of its own; shared with three others."""
    chance = random.Random(SEED)
    owners = [
        one for one in current_ground().authorities.values() if one.country == Country.ENGLAND and one.ends_on is None
    ]
    middles = {one.id: (chance.uniform(380_000, 560_000), chance.uniform(120_000, 420_000)) for one in owners}
    each = {"places": places // len(owners), "areas": areas // len(owners)}
    owners = owners[:registers]
    # What is as new as its change is asked about elsewhere too (hotspots/changes.py): these were shared yesterday.
    at = clock.now() - timedelta(days=1)
    for number, one in enumerate(owners):
        east, north = middles[one.id]
        values = {"authority": one.id, "east": east, "north": north, "at": at, "first": number * 16_384, **each}
        with acting_for(service(one.id), "benchmark"), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
            cursor.execute(FILL_REGISTER, values)
            cursor.execute(FILL_AREAS, values)
            cursor.execute("update hotspots_hotspot set state = 'shared' where authority_id = %s", [one.id])
            for partner in chance.sample([other for other in owners if other != one], 3):
                cursor.execute(AGREE, [one.id, partner.id, at, at])
                agreement = cursor.fetchone()[0]
                cursor.execute(SHARE, {"owner": one.id, "partner": partner.id, "agreement": agreement, "at": at})
            cursor.execute("update hotspots_change set answered_at = %s", [at])
            cursor.execute("select postcode, ST_X(point), ST_Y(point) from placements_placementaddress")
            _postcodes(one, cursor.fetchall())
    _copy_bare([one.id for one in owners])
    return [one.id for one in owners]


def _postcodes(authority, found: list[tuple]) -> None:
    directory, _ = PostcodeDirectory.objects.using("owner").get_or_create(
        name="bench",
        defaults={
            "edition": "bench",
            "source": "invented",
            "kind": "local",
            "tells_termination": False,
            "sha256": "",
            "rows": 0,
            "loaded_at": clock.now(),
        },
    )
    postcodes, eastings, northings = zip(*found, strict=True)
    with connections["owner"].cursor() as cursor:
        cursor.execute(FILL_POSTCODES, [directory.id, "", list(postcodes), list(eastings), list(northings)])


def _copy_bare(owners: list[UUID]) -> None:
    """The same points and shapes in tables without row-level security, indexed: what a bare join needs and no more."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute("create table bare_place (id uuid, point geometry(Point, 27700))")
        cursor.execute("create table bare_area (id uuid, shape geometry(MultiPolygon, 27700))")
        for owner in owners:
            cursor.execute("select set_config('app.authority', %s, false)", [str(owner)])
            cursor.execute("insert into bare_place select placement_id, point from placements_placementaddress")
            cursor.execute("insert into bare_area select hotspot_id, shape from hotspots_version")
        cursor.execute("create index on bare_place using gist (point)")
        cursor.execute("create index on bare_area using gist (shape)")
        cursor.execute("create index on bare_area (id)")
        cursor.execute("analyze")
