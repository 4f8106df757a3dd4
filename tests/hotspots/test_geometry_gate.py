"""Does the gate let in areas, refuse everything else with where and why, and mend nothing?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo import geometry
from geo.geometry import ShapeRefused


def ring(*points):
    return [list(point) for point in points]


SQUARE = ring((0, 0), (200, 0), (200, 200), (0, 200), (0, 0))


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_square_comes_in_as_it_is():
    delivered = geometry.from_geojson(polygon(SQUARE))
    assert list(delivered.shape.geoms[0].exterior.coords) == [tuple(map(float, point)) for point in SQUARE]
    assert not delivered.had_heights


def test_a_clockwise_ring_is_no_error_and_is_not_turned():
    backwards = SQUARE[::-1]
    delivered = geometry.from_geojson(polygon(backwards))
    assert list(delivered.shape.geoms[0].exterior.coords) == [tuple(map(float, point)) for point in backwards]


def test_heights_are_left_out_and_said_to_be():
    delivered = geometry.from_geojson(polygon([[*point, 55.5] for point in SQUARE]))
    assert delivered.had_heights
    assert not delivered.shape.has_z


def test_a_hole_stays_a_hole():
    hole = ring((50, 50), (50, 100), (100, 100), (100, 50), (50, 50))
    assert geometry.from_geojson(polygon(SQUARE, hole)).shape.area == 40_000 - 2_500


@pytest.mark.parametrize(
    ("given_geometry", "reason"),
    [
        (None, "no geometry"),
        ([], "not a GeoJSON object"),
        ({"type": "Point", "coordinates": [1, 2]}, "a Point"),
        ({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}, "a GeometryCollection"),
        ({"type": "<b>", "coordinates": []}, "of no known type"),
        ({"type": "Polygon"}, "no list of rings"),
        ({"type": "Polygon", "coordinates": []}, "no list of rings"),
        ({"type": "MultiPolygon", "coordinates": []}, "no list of parts"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "no list of rings"),
        (polygon([]), "no list of positions"),
        (polygon("0 0, 1 1"), "no list of positions"),
        (polygon(SQUARE[:-1]), r"not closed: it begins at \(0, 0\) and ends at \(0, 200\)"),
        (polygon(ring((0, 0), (1, 0), (0, 0))), "3 positions"),
        (polygon([[0], *SQUARE]), "not two numbers"),
        (polygon([[0, 0, 0, 0], *SQUARE]), "not two numbers"),
        (polygon([["0", 0], *SQUARE]), "not a finite number"),
        (polygon([[True, 0], *SQUARE]), "not a finite number"),
        (polygon([[None, 0], *SQUARE]), "not a finite number"),
        (polygon([[math.nan, 0], *SQUARE]), "not a finite number"),
        (polygon([[math.inf, 0], *SQUARE]), "not a finite number"),
        (polygon([[10**400, 0], *SQUARE]), "not a finite number"),
        (polygon([[0, 0]] * 10_001), "10,001 vertices"),
        (polygon(*[[[0, 0]] * 200] * 60), "12,000 vertices"),
        (polygon(*[SQUARE] * 101), "101 rings"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE]] * 101}, "101 parts"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE]] * 60}, "more than 100 rings"),
    ],
)
def test_what_is_no_area_is_refused_with_the_reason(given_geometry, reason):
    with pytest.raises(ShapeRefused, match=reason):
        geometry.from_geojson(given_geometry)


def test_ten_thousand_vertices_are_not_too_many():
    points = [(math.cos(i / 9_999 * math.tau), math.sin(i / 9_999 * math.tau)) for i in range(9_999)]
    assert geometry.from_geojson(polygon(ring(*points, points[0]))).shape.is_valid


def test_a_line_that_crosses_itself_is_refused_with_the_crossing():
    bowtie = MultiPolygon([Polygon([(0, 0), (200, 200), (200, 0), (0, 200)])])
    with pytest.raises(ShapeRefused, match=r"self-intersection at \(100, 100\)"):
        geometry.require_valid(bowtie)


@pytest.mark.parametrize(
    "shape",
    [
        MultiPolygon([box(0, 0, 200, 200), box(100, 100, 300, 300)]),
        MultiPolygon([Polygon([(0, 0), (200, 0), (200, 200), (0, 200)], [[(300, 300), (310, 300), (310, 310)]])]),
        MultiPolygon(),
    ],
    ids=["overlapping parts", "a hole outside", "empty"],
)
def test_other_invalid_shapes_are_refused(shape):
    with pytest.raises(ShapeRefused):
        geometry.require_valid(shape)


def test_metres_given_as_degrees_get_a_hint_and_swapped_axes_another():
    with pytest.raises(ShapeRefused, match="--crs 27700"):
        geometry.require_degrees(MultiPolygon([box(441_900, 392_000, 443_200, 393_100)]))
    with pytest.raises(ShapeRefused, match="swapped"):
        geometry.require_degrees(MultiPolygon([box(53.42, -1.37, 53.43, -1.35)]))
    with pytest.raises(ShapeRefused, match=r"outside Great Britain, at \(2.2, 48.8\)") as paris:
        geometry.require_degrees(MultiPolygon([box(2.2, 48.8, 2.4, 48.9)]))
    assert "swapped" not in str(paris.value)
    with pytest.raises(ShapeRefused, match="out of range") as mercator:
        geometry.require_degrees(MultiPolygon([box(-152_507, 7_060_000, -150_281, 7_062_000)]))
    assert "27700" not in str(mercator.value)
    geometry.require_degrees(MultiPolygon([box(-1.37, 53.42, -1.35, 53.43)]))


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (box(1_000, 1_000, 1_010, 1_009.9), "one household"),
        (box(1_000, 1_000, 11_000, 11_001), "square kilometres"),
        (box(1_000, 1_000, 101_001, 1_010), "reaches over 100 kilometres"),
        (box(1_000, 1_000, 1_010, 101_001), "reaches over 100 kilometres"),
        (box(-1, 1_000, 199, 1_200), "outside the National Grid"),
        (box(699_900, 1_000, 700_001, 1_200), "outside the National Grid"),
        (box(1_000, -1, 1_200, 199), "outside the National Grid"),
        (box(1_000, 1_299_900, 1_200, 1_300_001), "outside the National Grid"),
    ],
)
def test_a_shape_too_small_too_large_or_off_the_grid_is_refused(shape, reason):
    with pytest.raises(ShapeRefused, match=reason):
        geometry.require_area_on_grid(MultiPolygon([shape]))


@pytest.mark.parametrize(
    "shape", [box(0, 0, 10, 10), box(690_000, 1_290_000, 700_000, 1_300_000), box(1_000, 1_000, 101_000, 1_010)]
)
def test_the_smallest_and_the_largest_area_at_the_edges_of_the_grid_come_in(shape):
    geometry.require_area_on_grid(MultiPolygon([shape]))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=40,
)


@given(kind=st.sampled_from(["Polygon", "MultiPolygon"]), coordinates=anything)
def test_whatever_stands_in_the_coordinates_is_let_in_whole_or_refused(kind, coordinates):
    try:
        delivered = geometry.from_geojson({"type": kind, "coordinates": coordinates})
    except ShapeRefused:
        return
    assert not delivered.shape.is_empty
