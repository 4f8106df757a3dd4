"""Is drawn what the level allows and nothing else? Tiles are read back by GDAL's own reader of vector tiles."""

import math

import pyogrio.raw
import pytest
import shapely
from django.db import connection

from db import clock
from hotspots import maps
from hotspots.maps import Frame
from hotspots.models import Disclosure, Share
from tests.hotspots.world import (
    BARNSLEY,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    polygon,
    publish,
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
