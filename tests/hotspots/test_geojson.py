"""Is a file read strictly: one meaning or none?"""

import json

import pytest

from hotspots import geojson
from hotspots.exceptions import FileRefused
from tests.hotspots.world import file, square

FEATURE = json.dumps(square())


def collection(feature=FEATURE, *, more=""):
    return f'{{"type": "FeatureCollection", {more} "features": [{feature}]}}'.encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not GeoJSON"),
        (b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "not GeoJSON"),
        (b"PK\x03\x04\xff\xfe", "not text in UTF-8"),
        (b"SQLite format 3\x00", "not GeoJSON"),
        (b"[]", "not GeoJSON"),
        (b'{"type": "Feature"}', "not a FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "no features"),
        (b'{"type": "FeatureCollection", "features": {}}', "no features"),
        (b'{"type": "FeatureCollection", "features": [3]}', "Row 1 is not a GeoJSON Feature"),
        (collection(more='"type": "FeatureCollection",'), "'type' stands twice"),
        (collection('{"type": "Feature", "properties": {"ref": 1, "ref": 2}}'), "'ref' stands twice"),
        (collection('{"type": "Feature", "properties": {"ref": NaN}}'), "NaN is no number"),
        (collection('{"type": "Feature", "properties": {"ref": -Infinity}}'), "-Infinity is no number"),
        (collection('{"type": "Feature", "properties": {"count": 9223372036854775808}}'), "more than 64 bits"),
        (collection(f'{{"type": "Feature", "properties": {{"count": {"9" * 5000}}}}}'), "more than 64 bits"),
        (collection(f'{{"type": "Feature", "properties": {"[" * 5000}{"]" * 5000}}}'), "nested too deeply"),
        (collection()[:-5], "not whole JSON: .* at line 1, column"),
        (collection() + b"{}", "not whole JSON"),
        (b"{" + b" " * geojson.MOST_BYTES, "larger than 64 MiB"),
    ],
)
def test_what_is_doubtful_is_refused_with_the_reason(content, reason):
    with pytest.raises(FileRefused, match=reason):
        geojson.read(content)


@pytest.mark.parametrize("number", [9223372036854775807, -9223372036854775807])
def test_a_whole_number_of_64_bits_is_taken(number):
    feature = json.dumps(square(count=number))
    assert geojson.read(collection(feature)).features[0].properties["count"] == number


def test_a_refusal_of_another_format_names_what_is_accepted():
    with pytest.raises(FileRefused, match=r"GeoJSON FeatureCollection of Polygons.*EPSG:4326.*EPSG:27700"):
        geojson.read(b"<kml/>")


def test_a_byte_order_mark_of_utf_8_is_no_error():
    assert len(geojson.read(b"\xef\xbb\xbf" + file(square())).features) == 1


@pytest.mark.parametrize(
    ("name", "srid"),
    [("urn:ogc:def:crs:EPSG::27700", 27700), ("EPSG:27700", 27700), ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326)],
)
def test_the_old_member_for_the_coordinate_system_is_understood(name, srid):
    assert geojson.read(file(square(), crs={"type": "name", "properties": {"name": name}})).srid == srid


def test_without_a_word_of_it_numbers_are_degrees_unless_the_sender_says_otherwise():
    assert geojson.read(file(square(), crs=None)).srid == 4326
    assert geojson.read(file(square(), crs=None), srid=27700).srid == 27700


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        {"type": "name", "properties": {"name": ["EPSG:27700"]}},
        {"type": "link", "properties": {"href": "http://example.org/crs"}},
        "EPSG:27700",
        {"type": "name", "properties": None},
    ],
)
def test_any_other_coordinate_system_is_refused(crs):
    with pytest.raises(FileRefused, match="coordinate system"):
        geojson.read(file(square(), crs=crs))


def test_a_file_and_a_command_that_disagree_are_refused():
    with pytest.raises(FileRefused, match="The file says EPSG:27700, the command EPSG:4326"):
        geojson.read(file(square()), srid=4326)
