"""What does a KML file hold? Its Placemarks and their data; a file that declares or links anything is refused.

KML is always in degrees. The data of a Placemark are its name, ExtendedData and TimeSpan, in the file's own words; its
description and style are for a reader's eyes and are left out.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.reading.features import ACCEPTED, LONGITUDE_LATITUDE, Collection, Feature, Reason, Unreadable, system_of

NAMESPACE = re.compile(r"\{http://(?:www\.opengis\.net|earth\.google\.com)/kml/2\.[0-3]\}")
DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
MOST_DEPTH = 40
# What makes a program fetch something else, or takes another's place.
REACHES_OUT = frozenset({"NetworkLink", "NetworkLinkControl", "Link", "Url", "Update", "Model", "include"})
PROPERTY_OF_TIME = {"begin": "valid_from", "end": "valid_to"}
GEOMETRIES = ("Polygon", "MultiGeometry", "Point", "LineString", "LinearRing", "Model", "Track", "MultiTrack")
LARGEST_NUMBER = 40


def read(content: bytes, stated: int | None) -> Collection:
    """The Placemarks of a KML file, in the order in which they stand."""
    srid = system_of(LONGITUDE_LATITUDE, stated, otherwise=LONGITUDE_LATITUDE)
    root = _parse(content)
    namespace = NAMESPACE.match(root.tag)
    if namespace is None or root.tag != f"{namespace[0]}kml":
        raise Unreadable(
            Reason.FORMAT, f"This is XML, but not KML: it does not begin with <kml> in KML's namespace. {ACCEPTED}"
        )
    _require_plain(root)
    placemarks = list(root.iter(f"{namespace[0]}Placemark"))
    if not placemarks:
        raise Unreadable(Reason.EMPTY, "This file holds no Placemarks: there is nothing to import.")
    document = root.find(f"{namespace[0]}Document/{namespace[0]}name")
    return Collection(
        srid=srid,
        rows=_rows(placemarks, namespace[0]),
        layer=(document.text or "").strip() if document is not None else "",
    )


def _parse(content: bytes) -> Element:
    declared = DECLARED_ENCODING.match(content[:500].removeprefix(b"\xef\xbb\xbf").lstrip())
    try:
        content.decode("utf-8-sig")
        if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            raise LookupError
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(
            Reason.REACHES_OUT, "This KML declares a DOCTYPE or entities, which a map has no need of. Save it without."
        ) from None
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(Reason.FORMAT, f"This is not text in UTF-8. {ACCEPTED}") from None
    except (ParseError, ValueError) as fault:
        raise Unreadable(Reason.NOT_WHOLE, f"This is not whole XML: {fault}.") from None


def _require_plain(root: Element) -> None:
    """Refuse what links, updates, or is nested without end; without recursion, which depth would exhaust."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        tag = _tag(element)
        if tag in REACHES_OUT:
            raise Unreadable(
                Reason.REACHES_OUT, f"This KML holds a {tag}: it points to something outside itself, which is not read."
            )
        if depth > MOST_DEPTH:
            raise Unreadable(Reason.TOO_LARGE, f"This KML is nested more than {MOST_DEPTH} deep.")
        waiting += [(child, depth + 1) for child in element]


def _rows(placemarks: list[Element], namespace: str) -> Iterator[Feature]:
    for number, placemark in enumerate(placemarks, start=1):
        try:
            yield Feature(
                number=number,
                identifier=placemark.get("id"),
                properties=_properties(placemark, namespace),
                geometry=_geometry(placemark, namespace),
            )
        except ValueError as fault:
            yield Feature(number=number, fault=str(fault))


def _properties(placemark: Element, namespace: str) -> dict[str, str]:
    found: list[tuple[str, str]] = []
    extended = f"{namespace}ExtendedData"
    for data in placemark.findall(f"{extended}/{namespace}Data"):
        value = data.find(f"{namespace}value")
        found.append((data.get("name", ""), (value.text or "") if value is not None else ""))
    for data in placemark.findall(f"{extended}/{namespace}SchemaData/{namespace}SimpleData"):
        found.append((data.get("name", ""), data.text or ""))
    for child, name in PROPERTY_OF_TIME.items():
        time = placemark.find(f"{namespace}TimeSpan/{namespace}{child}")
        if time is not None and time.text and not any(given == name for given, _ in found):
            found.append((name, time.text.strip()))
    name = placemark.find(f"{namespace}name")
    if name is not None and name.text and not any(given == "name" for given, _ in found):
        found.append(("name", name.text.strip()))
    properties = dict(found)
    if len(properties) != len(found):
        raise ValueError("Its data give the same name twice: which of the two is meant?")
    return properties


def _geometry(placemark: Element, namespace: str) -> dict[str, Any] | None:
    drawn = [child for child in placemark if _tag(child) in GEOMETRIES]
    if len(drawn) > 1:
        raise ValueError("It has more than one geometry. Put them into one MultiGeometry.")
    if not drawn:
        return None
    if _tag(drawn[0]) == "Polygon":
        return {"type": "Polygon", "coordinates": _polygon(drawn[0], namespace)}
    if _tag(drawn[0]) != "MultiGeometry":
        return {"type": _tag(drawn[0])}
    parts = list(_parts(drawn[0]))
    others = [_tag(part) for part in parts if _tag(part) != "Polygon"]
    if others:
        return {"type": others[0]}
    return {"type": "MultiPolygon", "coordinates": [_polygon(part, namespace) for part in parts]}


def _parts(geometry: Element) -> Iterator[Element]:
    for child in geometry:
        if _tag(child) == "MultiGeometry":
            yield from _parts(child)
        elif _tag(child) in GEOMETRIES:
            yield child


def _polygon(polygon: Element, namespace: str) -> list[list[list[float]]]:
    outer = polygon.findall(f"{namespace}outerBoundaryIs/{namespace}LinearRing")
    if len(outer) != 1:
        raise ValueError(f"Its Polygon has {len(outer)} outer rings instead of one.")
    return [
        _ring(ring, namespace)
        for ring in (*outer, *polygon.iterfind(f"{namespace}innerBoundaryIs/{namespace}LinearRing"))
    ]


def _ring(ring: Element, namespace: str) -> list[list[float]]:
    coordinates = ring.find(f"{namespace}coordinates")
    return [_position(written) for written in ((coordinates.text or "") if coordinates is not None else "").split()]


def _position(written: str) -> list[float]:
    numbers = written.split(",")
    if not all(0 < len(number) <= LARGEST_NUMBER for number in numbers):
        raise ValueError(f"{written[:40]!r} is not a position, longitude and latitude with a comma between.")
    try:
        return [float(number) for number in numbers]
    except ValueError:
        raise ValueError(f"{written[:40]!r} is not a position, longitude and latitude with a comma between.") from None


def _tag(element: Element) -> str:
    """The element's name without its namespace; comments and instructions have none."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
