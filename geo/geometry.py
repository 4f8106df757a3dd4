"""Is this an area that Placewatch can stand on? The gate for polygons from outside: refuses with where and why, mends nothing.

Pure: takes and gives shapely shapes, never touches a database. What may pass: one Polygon or MultiPolygon, flat, closed,
finite, valid, of at most 10,000 vertices, 100 parts and 100 rings, 100 square metres to 100 square kilometres, at most
100 kilometres across, on the National Grid. An invalid shape is refused rather than repaired: a repair can take minutes,
and can move the area.
"""

import re
from dataclasses import dataclass
from itertools import chain

from shapely import MultiPolygon, get_num_coordinates, is_valid, is_valid_reason, linearrings, polygons

from geo.exceptions import GroundError

LEAST_SQUARE_METRES = 100
MOST_SQUARE_METRES = 100_000_000
# Whatever looks at the ground around an area looks at all of it from west to east and from south to north.
MOST_ACROSS_METRES = 100_000
GRID_EAST_METRES = 700_000
GRID_NORTH_METRES = 1_300_000
# Fermanagh lies west of the grid's origin.
KINGDOM_BEYOND_GRID_METRES = 100_000
# No coordinate of any system on Earth is as large; not-a-number and infinity fail the comparison too.
FARTHEST = 1e9
# Degrees around the National Grid, a little wider than it: enough to tell another place, or other axes, by.
WEST, SOUTH, EAST, NORTH = -10.0, 49.0, 4.0, 62.0

REASON_WITH_PLACE = re.compile(r"(?P<reason>.*)\[(?P<x>\S+) (?P<y>\S+)\]")


@dataclass(frozen=True)
class Most:
    """How much of a shape is taken at all."""

    vertices: int
    parts: int
    rings: int


AREA = Most(vertices=10_000, parts=100, rings=100)
# The coast of Argyll in full detail, with all its islands.
BOUNDARY = Most(vertices=2_000_000, parts=20_000, rings=20_000)


class ShapeRefused(GroundError):
    """A shape that may not come in, with the reason and, where one is known, the place."""


@dataclass(frozen=True)
class Delivered:
    """A shape as it came, flat; `had_heights` where a third number was left out of each position."""

    shape: MultiPolygon
    had_heights: bool


def from_geojson(geometry: object, most: Most = AREA) -> Delivered:
    """The multipolygon of a GeoJSON geometry (RFC 7946), in the numbers that it came in.

    Refuses what is no polygon, and rings that are not closed, too short or too many. Clockwise rings are no error.
    """
    if geometry is None:
        raise ShapeRefused("It has no geometry. Draw the area, or leave the row out.")
    if not isinstance(geometry, dict):
        raise ShapeRefused("Its geometry is not a GeoJSON object.")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ShapeRefused(f"Its geometry is {_named(kind)}. An area is a Polygon or a MultiPolygon, and nothing else.")
    parts = [coordinates] if kind == "Polygon" else coordinates
    _require_list(parts, "parts", most=most.parts)
    for part in parts:
        _require_list(part, "rings", most=most.rings)
    if sum(len(part) for part in parts) > most.rings:
        raise ShapeRefused(f"It has more than {most.rings:,} rings.")
    _require_few_vertices(sum(len(ring) for part in parts for ring in part if isinstance(ring, list)), most)
    flat = [[_ring(ring, most) for ring in part] for part in parts]
    return Delivered(
        shape=MultiPolygon(
            [polygons(linearrings(shell), [linearrings(hole) for hole in holes] or None) for shell, *holes in flat]
        ),
        had_heights=any(3 in map(len, ring) for part in parts for ring in part),
    )


def require_degrees(shape: MultiPolygon) -> None:
    """Refuse a shape whose numbers are not degrees of longitude and latitude in Great Britain, saying what they may be."""
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        hint = (
            " They look like metres of the National Grid: state EPSG:27700 (by command: --crs 27700)."
            if _on_grid(shape)
            else ""
        )
        raise ShapeRefused(
            f"Its numbers, such as {_pair(west, south)}, are out of range for degrees of longitude and latitude.{hint}"
        )
    if not _within_degrees(west, south, east, north):
        hint = " Are longitude and latitude swapped?" if _within_degrees(south, west, north, east) else ""
        raise ShapeRefused(f"It lies outside Great Britain, at {_pair(west, south)} to {_pair(east, north)}.{hint}")


def require_valid(shape: MultiPolygon) -> None:
    """Refuse an empty or invalid shape, saying where its line crosses or touches itself."""
    if shape.is_empty:
        raise ShapeRefused("It is empty.")
    if not is_valid(shape):
        found = REASON_WITH_PLACE.fullmatch(is_valid_reason(shape))
        why, where = (
            (found["reason"], f" at {_pair(found['x'], found['y'])}") if found else (is_valid_reason(shape), "")
        )
        raise ShapeRefused(f"It is not a valid area: {why.lower()}{where}. Mend it where it was drawn.")


def require_area_on_grid(shape: MultiPolygon) -> None:
    """Refuse a shape in National Grid metres that leaves the grid, or is no larger than a household or larger than a town."""
    if not _on_grid(shape):
        west, south, east, north = shape.bounds
        raise ShapeRefused(f"It lies outside the National Grid: {_pair(west, south)} to {_pair(east, north)}.")
    _require_few_vertices(get_num_coordinates(shape), AREA)
    if shape.area < LEAST_SQUARE_METRES:
        raise ShapeRefused(
            f"It is {shape.area:,.0f} square metres, smaller than {LEAST_SQUARE_METRES}: that is one household, not an area."
        )
    for number, part in enumerate(shape.geoms, start=1):
        if part.area < LEAST_SQUARE_METRES:
            east, north = part.exterior.coords[0]
            raise ShapeRefused(
                f"Its part {number}, at {_pair(east, north)}, is {part.area:,.0f} square metres, smaller than "
                f"{LEAST_SQUARE_METRES}: that is one household, not an area."
            )
    if shape.area > MOST_SQUARE_METRES:
        raise ShapeRefused(
            f"It is {shape.area / 1e6:,.0f} square kilometres, larger than {MOST_SQUARE_METRES / 1e6:.0f}: "
            "an area so large says nothing about a place in it."
        )
    west, south, east, north = shape.bounds
    across = max(east - west, north - south)
    if across > MOST_ACROSS_METRES:
        raise ShapeRefused(
            f"It reaches over {across / 1000:,.0f} kilometres, more than {MOST_ACROSS_METRES // 1000}. "
            "Draw its parts as areas of their own."
        )


def require_in_the_kingdom(shape: MultiPolygon) -> None:
    """Refuse a shape in National Grid metres that reaches farther than the United Kingdom does, the Irish Sea included."""
    west, south, east, north = shape.bounds
    if west < -KINGDOM_BEYOND_GRID_METRES or east > GRID_EAST_METRES or south < 0 or north > GRID_NORTH_METRES:
        raise ShapeRefused(f"It lies outside the United Kingdom: {_pair(west, south)} to {_pair(east, north)}.")


def _ring(ring: object, most: Most) -> list[list[float]]:
    _require_list(ring, "positions", most=most.vertices)
    positions = _positions(ring)
    if positions[0] != positions[-1]:
        raise ShapeRefused(
            f"A ring is not closed: it begins at {_pair(*positions[0])} and ends at {_pair(*positions[-1])}."
        )
    if len(ring) < 4:
        raise ShapeRefused(
            f"A ring has {len(ring)} positions; an area needs at least four, the last being the first again."
        )
    return positions


def _positions(ring: list) -> list[list[float]]:
    """The positions without their heights. A file may hold millions: each is looked at by the interpreter's own loops."""
    if set(map(type, ring)) != {list} or not set(map(len, ring)) <= {2, 3}:
        raise ShapeRefused("A position is not two numbers.")
    numbers = list(chain.from_iterable(ring))
    if not set(map(type, numbers)) <= {int, float} or not all(map(FARTHEST.__gt__, map(abs, numbers))):
        raise ShapeRefused("A position holds something that is not a finite number.")
    return [position[:2] for position in ring]


def _require_list(value: object, of_what: str, most: int) -> None:
    if not isinstance(value, list) or not value:
        raise ShapeRefused(f"Its coordinates hold no list of {of_what} where there should be one.")
    if len(value) > most:
        raise ShapeRefused(f"It has {len(value):,} {of_what}, more than {most:,}.")


def _require_few_vertices(vertices: int, most: Most) -> None:
    if vertices > most.vertices:
        raise ShapeRefused(
            f"It has {vertices:,} vertices, more than {most.vertices:,}. Simplify it where it was drawn."
        )


def _within_degrees(west: float, south: float, east: float, north: float) -> bool:
    return west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH


def _on_grid(shape: MultiPolygon) -> bool:
    west, south, east, north = shape.bounds
    return west >= 0 and east <= GRID_EAST_METRES and south >= 0 and north <= GRID_NORTH_METRES


def _named(kind: object) -> str:
    return f"a {kind}" if isinstance(kind, str) and kind.isalpha() and len(kind) < 40 else "of no known type"


def _pair(x: float | str, y: float | str) -> str:
    return f"({float(x):.10g}, {float(y):.10g})"
