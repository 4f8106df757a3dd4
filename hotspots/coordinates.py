"""How is an area written as coordinates? One corner a line, so that it can be typed, read aloud and checked without a map.

Each line holds two numbers: easting and northing in metres of the National Grid, or longitude and latitude in degrees.
An empty line begins another part; a line `hole` before a ring makes it a hole of the part above. The last corner need not
repeat the first. Pure: text in, a GeoJSON geometry out, and back.
"""

import re
from enum import IntEnum

from shapely import MultiPolygon

MOST_LINES = 11_000
HOLE = "hole"
SEPARATOR = re.compile(r"\s*[,;]\s*|\s+")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")


class System(IntEnum):
    """What the two numbers of a line are, by EPSG code."""

    EASTING_NORTHING = 27700
    LONGITUDE_LATITUDE = 4326


class LineNotReadable(Exception):
    """A line that is no corner, with its number from 1 and the way on."""

    def __init__(self, number: int, sentence: str):
        self.number = number
        super().__init__(f"Line {number}: {sentence}")


def read(text: str) -> dict:
    """The MultiPolygon (GeoJSON, its rings closed) that the lines describe. Raises LineNotReadable."""
    parts: list[list[list[list[float]]]] = []
    ring: list[list[float]] | None = None
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise LineNotReadable(MOST_LINES, "this is longer than an area may be. Upload a file instead.")
    for number, line in enumerate((line.strip() for line in lines), start=1):
        if not line:
            ring = None
        elif line.lower() == HOLE:
            if not parts:
                raise LineNotReadable(number, "a hole stands after the outline that it is cut from.")
            ring = []
            parts[-1].append(ring)
        else:
            if ring is None:
                ring = []
                parts.append([ring])
            ring.append(_corner(number, line))
    if not parts:
        raise LineNotReadable(1, "there is no corner. Write at least three, one a line.")
    return {"type": "MultiPolygon", "coordinates": [[_closed(ring) for ring in part] for part in parts]}


def write(shape: MultiPolygon) -> str:
    """The lines of a shape in metres of the National Grid, to the centimetre."""
    parts = []
    for part in shape.geoms:
        rings = [_lines(part.exterior), *(f"{HOLE}\n{_lines(hole)}" for hole in part.interiors)]
        parts.append("\n".join(rings))
    return "\n\n".join(parts)


def _corner(number: int, line: str) -> list[float]:
    numbers = SEPARATOR.split(line)
    if len(numbers) != 2 or not all(NUMBER.fullmatch(one) for one in numbers):
        raise LineNotReadable(number, f"“{line[:40]}” is not two numbers, such as 443210, 393880.")
    return [float(one) for one in numbers]


def _closed(ring: list[list[float]]) -> list[list[float]]:
    return ring if ring and ring[0] == ring[-1] and len(ring) > 1 else [*ring, *ring[:1]]


def _lines(ring) -> str:
    return "\n".join(f"{_plain(x)}, {_plain(y)}" for x, y in ring.coords[:-1])


def _plain(metres: float) -> str:
    return f"{metres:.2f}".rstrip("0").rstrip(".")
