"""What does a GeoJSON file hold? Read strictly: one FeatureCollection, no doubtful JSON, a named coordinate system.

Nothing of the file reaches a driver that could open another file: its text goes to the JSON parser, whatever it is called.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from geo.geometry import LONGITUDE_LATITUDE, NATIONAL_GRID
from hotspots.exceptions import FileRefused

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 20
LARGEST_INTEGER = 2**63 - 1
ACCEPTED = (
    "Accepted is a GeoJSON FeatureCollection of Polygons and MultiPolygons, in degrees (EPSG:4326) or in metres of the "
    "National Grid (EPSG:27700)."
)
# The `crs` member of GeoJSON before RFC 7946, as programs still write it.
SRID_OF_NAME = {
    "urn:ogc:def:crs:OGC:1.3:CRS84": LONGITUDE_LATITUDE,
    "urn:ogc:def:crs:EPSG::4326": LONGITUDE_LATITUDE,
    "EPSG:4326": LONGITUDE_LATITUDE,
    "urn:ogc:def:crs:EPSG::27700": NATIONAL_GRID,
    "EPSG:27700": NATIONAL_GRID,
}
# Control characters, marks that turn the direction of writing, and halves of characters: no name or text holds them.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Feature:
    """One row of a file, by its number from 1: what it says and its geometry, both as delivered."""

    number: int
    identifier: Any
    properties: Any
    geometry: Any


@dataclass(frozen=True)
class Collection:
    """A file's rows and the coordinate system (SRID) of their numbers."""

    srid: int
    features: tuple[Feature, ...]


def read(content: bytes, *, srid: int | None = None) -> Collection:
    """The rows of a GeoJSON file. `srid` is the coordinate system that the sender stated, where it did.

    Refuses (FileRefused) what is not GeoJSON or not strict JSON, an unknown coordinate system, one that contradicts
    `srid`, and a file without rows.
    """
    document = _parse(_text(content))
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise FileRefused(f"This is JSON, but not a FeatureCollection. {ACCEPTED}")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise FileRefused("This file holds no features: there is nothing to import.")
    return Collection(
        srid=_srid(document.get("crs"), srid),
        features=tuple(_feature(number, feature) for number, feature in enumerate(features, start=1)),
    )


def require_plain(value: Any, depth: int = 2) -> None:
    """Refuse (ValueError) a value of a row's properties that holds hidden characters, or is nested too deeply."""
    if depth > MOST_DEPTH:
        raise ValueError(f"it is nested more than {MOST_DEPTH} deep")
    if isinstance(value, str) and NO_TEXT.search(value):
        raise ValueError("it holds control characters, or marks that turn the direction of writing")
    if isinstance(value, float) and abs(value) == float("inf"):
        raise ValueError("it holds a number that is too large")
    if isinstance(value, dict):
        for key, inner in value.items():
            require_plain(key, depth)
            require_plain(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            require_plain(inner, depth + 1)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FileRefused(f"The file is larger than {MOST_BYTES // 2**20} MiB. Divide it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(f"This is not text in UTF-8. {ACCEPTED}") from None
    if not text.lstrip().startswith("{"):
        raise FileRefused(f"This is not GeoJSON. {ACCEPTED}")
    return text


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant, parse_int=_integer)
    except json.JSONDecodeError as fault:
        raise FileRefused(
            f"This is not whole JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}."
        ) from None
    except RecursionError:
        raise FileRefused(f"This is nested too deeply to be GeoJSON. {ACCEPTED}") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if sum(other == key for other, _ in pairs) > 1)
        raise FileRefused(f"The key {twice[:40]!r} stands twice in one object: which of the two is meant?")
    return found


def _no_constant(name: str) -> Any:
    raise FileRefused(f"{name} is no number of JSON.")


def _integer(digits: str) -> int:
    # The length first: turning thousands of digits into a number costs more than refusing them.
    if len(digits) > 20 or abs(int(digits)) > LARGEST_INTEGER:
        raise FileRefused("The file holds a whole number of more than 64 bits.")
    return int(digits)


def _srid(crs: Any, stated: int | None) -> int:
    if crs is None:
        return stated or LONGITUDE_LATITUDE
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = SRID_OF_NAME.get(name) if isinstance(name, str) else None
    if found is None:
        raise FileRefused(f"The file's coordinate system is not one that Placewatch takes. {ACCEPTED}")
    if stated not in (None, found):
        raise FileRefused(f"The file says EPSG:{found}, the command EPSG:{stated}. Which is it?")
    return found


def _feature(number: int, feature: Any) -> Feature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise FileRefused(f"Row {number} is not a GeoJSON Feature.")
    return Feature(
        number=number,
        identifier=feature.get("id"),
        properties=feature.get("properties") or {},
        geometry=feature.get("geometry"),
    )
