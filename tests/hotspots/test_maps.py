"""Is drawn what the level allows and nothing else? Tiles are read back by GDAL's own reader of vector tiles."""

import math

import pyogrio.raw
import pytest
import shapely
from django.db import ProgrammingError, connection, transaction

from db import clock
from hotspots import actions, maps
from hotspots.maps import Frame
from hotspots.models import Agreement, Disclosure, Share
from hotspots.sharing import agreements
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    polygon,
    publish,
    share,
    square,
)

pytestmark = pytest.mark.django_db

CANARIES = {"narrative": "CANARY-NARRATIVE", "originator": "CANARY-ORIGINATOR", "severity": "CANARY-RECEIVED"}
FRAME = Frame(EAST + 100, NORTH + 100, 1_000)


def tile_of(z, east=EAST + 100, north=NORTH + 100):
    """The numbers of the tile in which a point of the National Grid lies."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select ST_X(p), ST_Y(p) from ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 27700), 4326) p", [east, north]
        )
        longitude, latitude = cursor.fetchone()
    across = (longitude + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return z, int(across * 2**z), int(down * 2**z)


def tile(code, z):
    with acting(code):
        return maps.tile(*tile_of(z), at=clock.now())


def layers(content):
    """Each layer's features as dictionaries, with their shapes in the tile's own units."""
    if not content:
        return {}
    return {name: features(content, name) for name, _ in pyogrio.list_layers(content)}


def features(content, layer):
    meta, _, shapes, columns = pyogrio.raw.read(content, layer=layer)
    rows = zip(*columns, strict=True) if len(columns) else [()] * len(shapes)
    return [
        dict(zip(meta["fields"], row, strict=True)) | {"shape": shapely.from_wkb(shape)}
        for row, shape in zip(rows, shapes, strict=True)
    ]


@pytest.mark.parametrize("z", range(maps.FIRST_ZOOM, maps.LAST_ZOOM + 1))
def test_our_own_area_and_one_at_geometry_level_are_drawn_at_every_zoom(z):
    publish(SHEFFIELD, square("OURS"), to=BARNSLEY)
    publish(ROTHERHAM, square("THEIRS", name="Canal Street"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    drawn = {one["reference"]: one for one in layers(tile(SHEFFIELD, z))["areas"]}
    assert set(drawn) == {"OURS", "THEIRS"}
    assert drawn["THEIRS"]["name"] == "Canal Street"
    assert drawn["THEIRS"]["owner"] == str(authority(ROTHERHAM).id)


@pytest.mark.parametrize("level", [Share.Level.CONTACT, Share.Level.PROXIMITY])
def test_below_geometry_level_nothing_is_drawn_and_nothing_disclosed(level):
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=level)
    assert tile(SHEFFIELD, 14) == b""
    with acting(SHEFFIELD):
        assert maps.drawn(FRAME, at=clock.now()) == []
        assert not Disclosure.objects.exists()


def test_a_tile_and_a_drawing_hold_no_word_that_the_level_does_not_tell():
    publish(ROTHERHAM, square(conditions="CANARY-CONDITION", **CANARIES), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    with acting(SHEFFIELD):
        assert "CANARY" not in str(maps.drawn(FRAME, at=clock.now()))
    assert b"CANARY" not in tile(SHEFFIELD, 14)


def test_whoever_was_shown_a_partners_area_stands_on_the_owners_list():
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    publish(SHEFFIELD, square(), to=BARNSLEY)
    tile(SHEFFIELD, 12)
    with acting(SHEFFIELD):
        (told,) = Disclosure.objects.all()
    assert (told.sender, told.level, told.purpose) == (authority(ROTHERHAM), "geometry", maps.PURPOSE)


def test_a_stale_area_is_drawn_as_stale():
    publish(SHEFFIELD, square("OLD", valid_to="2020-01-31"), square("NEW"), to=BARNSLEY)
    drawn = {one["reference"]: bool(one["is_stale"]) for one in layers(tile(SHEFFIELD, 14))["areas"]}
    assert drawn == {"OLD": True, "NEW": False}


def test_a_crowded_tile_shows_squares_that_cover_every_area_and_stays_small():
    crowd = [
        square(f"A{number}", geometry=polygon(EAST + number % 40 * 210, NORTH + number // 40 * 210))
        for number in range(1_600)
    ]
    publish(SHEFFIELD, *crowd, to=BARNSLEY)
    content = tile(SHEFFIELD, 8)
    drawn = layers(content)
    assert len(content) < 500 * 1024
    assert set(drawn) == {"squares"}
    assert 1 < len(drawn["squares"]) < 100
    assert "areas" in layers(tile(SHEFFIELD, 14))


def test_the_drawing_is_the_square_as_a_path_in_metres():
    publish(SHEFFIELD, square("A1"), to=BARNSLEY)
    with acting(SHEFFIELD):
        (drawn,) = maps.drawn(FRAME, at=clock.now())
    assert drawn.path == "M 440000 -390000 L 440200 -390000 440200 -390200 440000 -390200 Z"


@pytest.mark.parametrize(("z", "x", "y"), [(7, 1, 1), (15, 1, 1), (8, 256, 1), (8, 1, -1)])
def test_there_are_tiles_of_zoom_8_to_14_within_the_world_only(z, x, y):
    assert not maps.is_tile(z, x, y)


def as_postgis_draws(z, x, y):
    """Each area of a tile as PostGIS itself makes it from the whole shape, by the acting authority's rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select hotspot.reference, ST_AsBinary(ST_AsMVTGeom(ST_Transform(version.shape, 3857),"
            " ST_TileEnvelope(%s, %s, %s), 4096, 4096))"
            " from hotspots_version version join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id",
            [z, x, y],
        )
        return {reference: shapely.from_wkb(bytes(shape)) for reference, shape in cursor.fetchall() if shape}


def in_units_of_4096(shape, z):
    """The shape as GDAL read it (north up), in units of which 4,096 make a tile's side, south up as PostGIS gives it."""
    units = 2 ** ((11 if z < 12 else 14) - z)
    return shapely.transform(shape, lambda points: (0, 4096) + points / (units, -units))


def uneven(corners=90, radius=180):
    """A shape with bays and capes, and a hole in its middle."""
    ring = [
        (
            EAST + 100 + radius * (0.7 + 0.3 * math.sin(corner * 7)) * math.cos(corner / corners * math.tau),
            NORTH + 100 + radius * (0.7 + 0.3 * math.sin(corner * 7)) * math.sin(corner / corners * math.tau),
        )
        for corner in range(corners)
    ]
    hole = [(EAST + 90, NORTH + 90), (EAST + 110, NORTH + 90), (EAST + 110, NORTH + 110), (EAST + 90, NORTH + 110)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]], [*hole, hole[0]]]}


@pytest.mark.parametrize("z", range(maps.FIRST_ZOOM, maps.LAST_ZOOM + 1))
def test_an_area_is_drawn_within_a_unit_of_where_postgis_draws_its_whole_shape_and_is_valid(z):
    publish(SHEFFIELD, square("PLAIN"), square("UNEVEN", geometry=uneven()), to=BARNSLEY)
    drawn = {one["reference"]: one["shape"] for one in layers(tile(SHEFFIELD, z))["areas"]}
    with acting(SHEFFIELD):
        expected = as_postgis_draws(*tile_of(z))
    assert set(drawn) == set(expected) == {"PLAIN", "UNEVEN"}
    for reference, shape in drawn.items():
        assert shape.is_valid
        # Half a unit of rounding each way in both, and half a unit of simplifying in ours.
        assert in_units_of_4096(shape, z).hausdorff_distance(expected[reference]) < 2.2


@pytest.mark.parametrize("z", range(maps.FIRST_ZOOM, maps.LAST_ZOOM + 1))
def test_an_area_too_thin_for_a_tile_is_drawn_all_the_same(z):
    thin = polygon(EAST, NORTH, 1)
    thin["coordinates"] = [[[EAST + (x - EAST) * 0.2, NORTH + (y - NORTH) * 600] for x, y in thin["coordinates"][0]]]
    publish(SHEFFIELD, square("THIN", geometry=thin), to=BARNSLEY)
    (drawn,) = layers(tile(SHEFFIELD, z))["areas"]
    assert drawn["shape"].area > 0


def test_an_area_far_larger_than_a_tile_fills_it():
    publish(SHEFFIELD, square("WIDE", geometry=polygon(EAST - 4_000, NORTH - 4_000, 8_000)), to=BARNSLEY)
    (drawn,) = layers(tile(SHEFFIELD, 14))["areas"]
    assert drawn["shape"].bounds == (0, 0, 4096, 4096)


def test_a_tile_of_very_long_outlines_shows_squares_and_says_so():
    long = [
        square(f"L{number}", geometry=uneven(corners=4_000, radius=3_000 + number), name="N" * 80)
        for number in range(60)
    ]
    publish(SHEFFIELD, *long, to=BARNSLEY)
    content = tile(SHEFFIELD, 12)
    assert len(content) < 500 * 1024
    assert {one["says"] for one in layers(content)["squares"]} == {
        "Areas of concern lie in this square. Zoom in to see each."
    }


def test_nobody_writes_a_sketch_but_the_database():
    publish(SHEFFIELD, square(), to=BARNSLEY)
    with acting(SHEFFIELD), connection.cursor() as cursor:
        cursor.execute("select ST_AsText(box), near, far from hotspots_version")
        before = cursor.fetchone()
        cursor.execute(
            "with gone as (update hotspots_version set superseded_at = now() returning *)"
            " insert into hotspots_version (id, authority_id, hotspot_id, number, name, kind_of_place, concern,"
            " originator, conditions, condition_kinds, grading, narrative, shape, received, correction, recorded_at,"
            " recorded_by, box, near, far)"
            " select gen_random_uuid(), authority_id, hotspot_id, 2, '', '', '', '', '', '{}', '', '', shape, '{}', '',"
            " now(), '', null, 'elsewhere', 'elsewhere' from gone returning ST_AsText(box), near, far"
        )
        assert cursor.fetchone() == before


@pytest.mark.parametrize(
    "change", ["update hotspots_version set box = box", "update hotspots_version set near = '', far = ''"]
)
def test_the_service_may_not_change_a_sketch(change):
    publish(SHEFFIELD, square(), to=BARNSLEY)
    with acting(SHEFFIELD), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


def test_outlines_turn_as_tiles_ask_outer_rings_one_way_and_holes_the_other():
    publish(SHEFFIELD, square(geometry=uneven()), to=BARNSLEY)
    with acting(SHEFFIELD), connection.cursor() as cursor:
        cursor.execute("select ST_AsBinary(ST_GeomFromTWKB(near)) from hotspots_version")
        outline = shapely.from_wkb(bytes(cursor.fetchone()[0]))
    (part,) = shapely.get_parts(outline)
    # The standard asks for a positive area by the surveyor's formula, rows counted from the north.
    assert shapely.is_ccw(part.exterior)
    assert [shapely.is_ccw(hole) for hole in part.interiors] == [False]


def references(code, z):
    return [one["reference"] for one in layers(tile(code, z)).get("areas", [])]


@pytest.mark.parametrize("z", [8, 11, 14])
def test_a_shape_is_drawn_once_for_whoever_may_know_it_and_for_nobody_else(z):
    (hotspot_id,) = publish(ROTHERHAM, square("THEIRS"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    share(ROTHERHAM, [hotspot_id], DONCASTER, Share.Level.PROXIMITY)
    publish(DONCASTER, square("OTHERS"), to=BARNSLEY, level=Share.Level.GEOMETRY)
    seen = {code: references(code, z) for code in (ROTHERHAM, SHEFFIELD, DONCASTER, BARNSLEY)}
    assert seen == {ROTHERHAM: ["THEIRS"], SHEFFIELD: ["THEIRS"], DONCASTER: ["OTHERS"], BARNSLEY: ["OTHERS"]}


@pytest.mark.parametrize("z", [8, 14])
def test_from_the_instant_at_which_the_agreement_ends_the_partner_sees_nothing_and_the_owner_still_does(z):
    publish(ROTHERHAM, square("THEIRS"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    with acting(ROTHERHAM) as by:
        agreements.end(Agreement.objects.get().id, by=by, at=clock.now())
    assert (references(ROTHERHAM, z), references(SHEFFIELD, z)) == (["THEIRS"], [])


@pytest.mark.parametrize("ended", ["lapse", "withdraw"])
def test_an_area_that_lapsed_or_was_withdrawn_is_drawn_for_nobody(ended):
    (hotspot_id,) = publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    with acting(ROTHERHAM) as by:
        getattr(actions, ended)(hotspot_id, reason="It is over.", by=by, at=clock.now())
    assert (tile(ROTHERHAM, 14), tile(SHEFFIELD, 14)) == (b"", b"")
