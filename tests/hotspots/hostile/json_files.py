"""Which GeoJSON files are refused, and why?"""

import json

from tests.hotspots.making import DEGREES, SQUARE, collection, feature, polygon

ONE = json.dumps(feature(polygon(SQUARE))).encode()


def shape(geometry, **members):
    return lambda: collection(feature(geometry), **members)


def text(content):
    return lambda: content


def with_properties(**properties):
    return lambda: collection(feature(polygon(SQUARE), **properties))


def moved(east, north):
    return [(x + east, y + north) for x, y in SQUARE]


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


HOLE = box(440_050, 390_050, 440_100, 390_100)
FILES = {
    "nothing at all": (text(b""), "format_not_accepted", "not a file of a format"),
    "only blanks": (text(b" " * 100_000), "format_not_accepted", "not a file of a format"),
    "a VRT that names another file": (
        text(
            b"<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
        ),
        "format_not_accepted",
        "not KML",
    ),
    "a web address": (
        text(b"/vsicurl/http://127.0.0.1:9/areas.geojson"),
        "format_not_accepted",
        "not a file of a format",
    ),
    "an executable": (text(b"\x7fELF\x02\x01\x01\x00" + b"\xff" * 200), "format_not_accepted", "not text in UTF-8"),
    "a PDF": (text(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "format_not_accepted", "not text in UTF-8"),
    "well-known text in CSV": (text(b"ref,wkt\nA1,POLYGON EMPTY\n"), "format_not_accepted", "This is CSV"),
    "JSON that is no collection": (text(b'{"type": "Feature"}'), "format_not_accepted", "not a FeatureCollection"),
    "TopoJSON": (text(b'{"type": "Topology", "arcs": []}'), "format_not_accepted", "not a FeatureCollection"),
    "Esri's JSON": (
        text(b'{"geometryType": "esriGeometryPolygon", "features": []}'),
        "format_not_accepted",
        "not a Feature",
    ),
    "no features": (lambda: collection(), "nothing_in_it", "no features"),
    "features that are no list": (lambda: collection(features={"a": 1}), "nothing_in_it", "no features"),
    "a feature that is a number": (
        text(b'{"type": "FeatureCollection", "features": [3]}'),
        "format_not_accepted",
        "Row 1",
    ),
    "a key that stands twice": (
        text(b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"ref": 1, "ref": 2}}]}'),
        "two_meanings",
        "'ref' stands twice",
    ),
    "not-a-number in words": (lambda: collection(feature(None, n=0.5)).replace(b"0.5", b"NaN"), "not_whole", "NaN"),
    "infinity in words": (
        lambda: collection(feature(None, n=0.5)).replace(b"0.5", b"-Infinity"),
        "not_whole",
        "-Infinity",
    ),
    "a number of 5,000 digits": (with_properties(n=int("9" * 4_000)), "too_large", "64 bits"),
    "a number that overflows": (
        lambda: collection(feature(polygon(SQUARE), n=0.5)).replace(b"0.5", b"1e999"),
        "rows",
        "number that is too large",
    ),
    "a hundred thousand brackets": (text(b'{"a":' + b"[" * 100_000), "too_large", "nested too deeply"),
    "brackets in the coordinates": (
        text(
            b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":'
            + b"[" * 50_000
            + b"]" * 50_000
            + b"}}]}"
        ),
        "too_large",
        "nested too deeply",
    ),
    "cut off": (lambda: collection(feature(polygon(SQUARE)))[:-9], "not_whole", "not whole JSON"),
    "two documents": (lambda: collection(feature(polygon(SQUARE))) * 2, "not_whole", "not whole JSON"),
    "UTF-16": (lambda: collection(feature(polygon(SQUARE))).decode().encode("utf-16"), "format_not_accepted", "UTF-8"),
    "Latin-1": (lambda: b'{"name": "Caf\xe9"}', "format_not_accepted", "UTF-8"),
    "Web Mercator": (
        shape(polygon(SQUARE), crs="urn:ogc:def:crs:EPSG::3857"),
        "coordinate_system",
        "coordinate system",
    ),
    "a system by link": (
        shape(polygon(SQUARE), crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}),
        "coordinate_system",
        "coordinate system",
    ),
    "the Irish Grid": (shape(polygon(SQUARE), crs="EPSG:29903"), "coordinate_system", "coordinate system"),
    "metres without a word of it": (shape(polygon(SQUARE), crs=None), "rows", "--crs 27700"),
    "degrees said to be metres": (shape(polygon(DEGREES)), "rows", "outside the National Grid"),
    "longitude and latitude swapped": (
        shape(polygon([(y, x) for x, y in DEGREES]), crs=None),
        "rows",
        "longitude and latitude swapped",
    ),
    "Paris": (shape(polygon(box(2.2, 48.8, 2.4, 48.9)), crs=None), "rows", "outside Great Britain"),
    "the point where both degrees are nought": (
        shape(polygon(box(-0.01, -0.01, 0.01, 0.01)), crs=None),
        "rows",
        "outside Great Britain",
    ),
    "a point": (shape({"type": "Point", "coordinates": [440_000, 390_000]}), "rows", "a Point"),
    "a line": (shape({"type": "LineString", "coordinates": SQUARE}), "rows", "a LineString"),
    "a collection of geometries": (
        shape({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}),
        "rows",
        "a GeometryCollection",
    ),
    "no geometry": (shape(None), "rows", "no geometry"),
    "a geometry that is text": (shape("POLYGON EMPTY"), "rows", "not a GeoJSON object"),
    "an empty polygon": (shape({"type": "Polygon", "coordinates": []}), "rows", "no list of rings"),
    "an empty ring": (shape(polygon([])), "rows", "no list of positions"),
    "a ring that is not closed": (shape(polygon(SQUARE[:-1])), "rows", "not closed"),
    "a ring of three positions": (shape(polygon([SQUARE[0], SQUARE[1], SQUARE[0]])), "rows", "3 positions"),
    "positions of one number": (shape(polygon([(1,)] * 4)), "rows", "not two numbers"),
    "positions of four numbers": (shape(polygon([(*p, 1, 2) for p in SQUARE])), "rows", "not two numbers"),
    "coordinates in words": (shape(polygon([("440000", "390000")] * 4)), "rows", "not a finite number"),
    "coordinates that are true": (shape(polygon([(True, False)] * 4)), "rows", "not a finite number"),
    "coordinates beyond the Earth": (shape(polygon([(1e300, 1e300)] * 4)), "rows", "not a finite number"),
    "coordinates that overflow": (
        lambda: collection(feature(polygon(SQUARE))).replace(b"440200", b"1e999"),
        "rows",
        "not a finite number",
    ),
    "a line that crosses itself": (
        shape(polygon([SQUARE[0], SQUARE[2], SQUARE[3], SQUARE[1], SQUARE[0]])),
        "rows",
        "self-intersection at",
    ),
    "a hole outside": (shape(polygon(SQUARE, moved(1_000, 0))), "rows", "hole lies outside"),
    "a hole across the edge": (shape(polygon(SQUARE, moved(100, 0))), "rows", "self-intersection"),
    "two holes one over the other": (shape(polygon(SQUARE, HOLE, HOLE)), "rows", "not a valid area"),
    "parts one over the other": (
        shape({"type": "MultiPolygon", "coordinates": [[SQUARE], [moved(100, 100)]]}),
        "rows",
        "self-intersection",
    ),
    "the same part twice": (
        shape({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}),
        "rows",
        "not a valid area",
    ),
    "a ring without width": (
        shape(polygon([(440_000, 390_000), (440_200, 390_000), (440_400, 390_000), (440_000, 390_000)])),
        "rows",
        "not a valid area",
    ),
    "a spike": (
        shape(polygon([*SQUARE[:-1], (440_100, 390_000), (440_100, 389_000), (440_100, 390_000), SQUARE[-1]])),
        "rows",
        "not a valid area",
    ),
    "one household": (shape(polygon(box(440_000, 390_000, 440_009, 390_011))), "rows", "one household"),
    "one household beside an area": (
        shape({"type": "MultiPolygon", "coordinates": [[SQUARE], [box(441_000, 390_000, 441_008, 390_008)]]}),
        "rows",
        "Its part 2, at .*one household",
    ),
    "one household that a hole leaves": (
        shape(polygon(SQUARE, box(440_000.1, 390_000.1, 440_199.9, 390_199.9))),
        "rows",
        "one household",
    ),
    "a county": (shape(polygon(box(440_000, 390_000, 455_000, 405_000))), "rows", "square kilometres"),
    "off the grid": (shape(polygon(moved(-440_001, 0))), "rows", "outside the National Grid"),
    "10,001 vertices": (
        shape(polygon([(440_000 + n / 100, 390_000 + n % 2) for n in range(10_000)] + [(440_000, 390_000)])),
        "rows",
        "10,001 vertices",
    ),
    "101 parts": (
        shape({"type": "MultiPolygon", "coordinates": [[moved(300 * n, 0)] for n in range(101)]}),
        "rows",
        "101 parts",
    ),
    "101 rings": (shape(polygon(*[SQUARE] * 101)), "rows", "101 rings"),
    "a random ring that would take minutes to mend": (
        shape(
            polygon(
                [(440_000 + n * 7_919 % 9_973, 390_000 + n * 104_729 % 9_967) for n in range(5_000)]
                + [(440_000, 390_000)]
            )
        ),
        "rows",
        "not a valid area",
    ),
    "a reference that turns the writing": (with_properties(ref="A\u202e1"), "rows", "direction of writing"),
    "a name with NUL": (with_properties(name="a\x00b"), "rows", "control characters"),
    "half a character": (with_properties(name="\ud800"), "rows", "control characters"),
    "a reference without end": (with_properties(ref="A" * 201), "rows", "longer than 200"),
    "a narrative without end": (with_properties(narrative="x" * 20_001), "rows", "longer than 20,000"),
    "words nested without end": (with_properties(n=json.loads("[" * 25 + "]" * 25)), "rows", "nested more than 20"),
    "the same reference twice": (
        lambda: collection(feature(polygon(SQUARE)), feature(polygon(moved(500, 0)))),
        "rows",
        "is that of row 1 too",
    ),
    "a day that is none": (with_properties(valid_to="2025-02-30"), "rows", "not a date"),
    "an owner that is none": (with_properties(owner_gss="E99999999"), "rows", "No authority has the code"),
}
