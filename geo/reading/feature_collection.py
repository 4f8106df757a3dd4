"""What does a GeoJSON file hold? Read strictly: one FeatureCollection, no doubtful JSON, a named coordinate system."""

import json
from collections.abc import Iterator
from typing import Any

from geo.reading.features import (
    ACCEPTED,
    LONGITUDE_LATITUDE,
    NATIONAL_GRID,
    Collection,
    Feature,
    Reason,
    Unreadable,
    system_of,
)

LARGEST_INTEGER = 2**63 - 1
# The `crs` member of GeoJSON before RFC 7946, as programs still write it.
SRID_OF_NAME = {
    "urn:ogc:def:crs:OGC:1.3:CRS84": LONGITUDE_LATITUDE,
    "urn:ogc:def:crs:EPSG::4326": LONGITUDE_LATITUDE,
    "EPSG:4326": LONGITUDE_LATITUDE,
    "urn:ogc:def:crs:EPSG::27700": NATIONAL_GRID,
    "EPSG:27700": NATIONAL_GRID,
}


def read(content: bytes, stated: int | None) -> Collection:
    """The rows of a GeoJSON file. `stated` is the coordinate system that its sender stated, where it did."""
    document = _parse(_text(content))
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise Unreadable(Reason.FORMAT, f"This is JSON, but not a FeatureCollection. {ACCEPTED}")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise Unreadable(Reason.EMPTY, "This file holds no features: there is nothing to import.")
    name = document.get("name")
    return Collection(
        srid=system_of(_named_system(document.get("crs")), stated, otherwise=LONGITUDE_LATITUDE),
        rows=_rows(features),
        layer=name if isinstance(name, str) else "",
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Reason.FORMAT, f"This is not text in UTF-8. {ACCEPTED}") from None


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant, parse_int=_integer)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Unreadable(
            Reason.NOT_WHOLE, f"This is not whole JSON: {why} at line {fault.lineno}, column {fault.colno}."
        ) from None
    except RecursionError:
        raise Unreadable(Reason.TOO_LARGE, f"This is nested too deeply to be GeoJSON. {ACCEPTED}") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if sum(other == key for other, _ in pairs) > 1)
        raise Unreadable(
            Reason.DOUBTFUL, f"The key {twice[:40]!r} stands twice in one object: which of the two is meant?"
        )
    return found


def _no_constant(name: str) -> Any:
    raise Unreadable(Reason.NOT_WHOLE, f"{name} is no number of JSON.")


def _integer(digits: str) -> int:
    # The length first: turning thousands of digits into a number costs more than refusing them.
    if len(digits) > 20 or abs(int(digits)) > LARGEST_INTEGER:
        raise Unreadable(Reason.TOO_LARGE, "The file holds a whole number of more than 64 bits.")
    return int(digits)


def _named_system(crs: Any) -> int | None:
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = SRID_OF_NAME.get(name) if isinstance(name, str) else None
    if found is None:
        raise Unreadable(
            Reason.COORDINATE_SYSTEM, f"The file's coordinate system is not one that Placewatch takes. {ACCEPTED}"
        )
    return found


def _rows(features: list[Any]) -> Iterator[Feature]:
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise Unreadable(Reason.FORMAT, f"Row {number} is not a GeoJSON Feature.")
        yield Feature(
            number=number,
            identifier=feature.get("id"),
            properties=feature.get("properties") or {},
            geometry=feature.get("geometry"),
        )
