"""What does each format say, row by row? Files written by hand, right in all places."""

import io
import zipfile

import pytest

from geo.reading.features import Unreadable
from geo.reading.reader import read_bytes
from tests.hotspots.making import (
    DEGREES,
    SQUARE,
    collection,
    dbase,
    feature,
    geometry_blob,
    geopackage,
    kml,
    kml_polygon,
    placemark,
    polygon,
    shapefile,
    zipped,
)

HOLE = [(440_050, 390_050), (440_100, 390_050), (440_100, 390_100), (440_050, 390_100), (440_050, 390_050)]


def read(content, srid=None):
    with read_bytes(content, srid=srid) as answer:
        return answer.srid, list(answer.rows)


@pytest.mark.parametrize(
    ("name", "srid"),
    [("urn:ogc:def:crs:EPSG::27700", 27700), ("EPSG:27700", 27700), ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326)],
)
def test_the_old_member_for_the_coordinate_system_is_understood(name, srid):
    assert read(collection(feature(polygon(SQUARE)), crs=name))[0] == srid


def test_without_a_word_of_it_numbers_are_degrees_unless_the_sender_says_otherwise():
    assert read(collection(feature(polygon(SQUARE)), crs=None))[0] == 4326
    assert read(collection(feature(polygon(SQUARE)), crs=None), srid=27700)[0] == 27700


@pytest.mark.parametrize(
    ("content", "stated", "found"),
    [
        (collection(feature(polygon(SQUARE))), 4326, 27700),
        (kml(placemark()), 27700, 4326),
        (shapefile([[SQUARE]]), 4326, 27700),
        (geopackage(), 4326, 27700),
    ],
    ids=["GeoJSON", "KML", "Shapefile", "GeoPackage"],
)
def test_a_file_and_a_sender_who_disagree_are_refused(content, stated, found):
    with pytest.raises(Unreadable, match=f"The file says EPSG:{found}, whoever sent it EPSG:{stated}"):
        read(content, srid=stated)


def test_a_byte_order_mark_of_utf_8_is_no_error():
    mark = b"\xef\xbb\xbf"
    assert len(read(mark + collection(feature(polygon(SQUARE))))[1]) == 1
    assert len(read(mark + kml(placemark()))[1]) == 1


@pytest.mark.parametrize("number", [9223372036854775807, -9223372036854775807])
def test_a_whole_number_of_64_bits_is_taken(number):
    ((row,),) = read(collection(feature(polygon(SQUARE), count=number)))[1:]
    assert row.properties["count"] == number


def test_a_placemark_says_its_name_its_data_and_its_time():
    more = (
        "<TimeSpan><begin>2025-05-01</begin><end>2025-10-31</end></TimeSpan>"
        '<ExtendedData><Data name="ref"><value>HS1</value></Data>'
        '<SchemaData><SimpleData name="severity">high</SimpleData></SchemaData></ExtendedData>'
        "<description><![CDATA[<script>alert(1)</script>]]></description>"
    )
    srid, (row,) = read(kml(placemark(more=more, name="Canal Street")))
    assert srid == 4326
    assert row.properties == {
        "ref": "HS1", "severity": "high", "valid_from": "2025-05-01", "valid_to": "2025-10-31", "name": "Canal Street",
    }  # fmt: skip
    assert row.geometry == polygon([(float(x), float(y)) for x, y in DEGREES])


def test_placemarks_in_folders_and_geometries_in_geometries_are_found():
    body = f"<Folder><Folder>{placemark()}</Folder></Folder>" + placemark(
        f"<MultiGeometry><MultiGeometry>{kml_polygon(DEGREES)}</MultiGeometry>{kml_polygon(DEGREES)}</MultiGeometry>"
    )
    _, rows = read(zipped({"doc.kml": kml(body), "files/icon.png": b"\x89PNG"}))
    assert [row.geometry["type"] for row in rows] == ["Polygon", "MultiPolygon"]
    assert len(rows[1].geometry["coordinates"]) == 2


def test_heights_come_through_for_the_gate_to_leave_out():
    _, (row,) = read(kml(placemark(kml_polygon([(*position, 55) for position in DEGREES]))))
    assert row.geometry["coordinates"][0][0] == [-1.37, 53.42, 55.0]
    _, (row,) = read(geopackage(rows=[geometry_blob([(*position, 55) for position in SQUARE], kind=1003)]))
    assert row.geometry["coordinates"][0][0] == [440_000.0, 390_000.0, 55.0]


def test_a_hole_of_a_shapefile_stays_a_hole():
    srid, (row,) = read(shapefile([[SQUARE, HOLE]]))
    assert srid == 27700
    assert [len(ring) for ring in row.geometry["coordinates"]] == [5, 5]
    assert row.properties == {"ref": "A1"}


@pytest.mark.parametrize(
    ("word", "cpg", "mark"),
    [
        ("Café Quarter".encode(), "UTF-8", 0),
        ("Café Quarter".encode(), None, 0),
        ("Café Quarter".encode("latin-1"), "ISO-8859-1", 0),
        ("Café Quarter".encode("cp1252"), "ANSI 1252", 0),
        ("Café Quarter".encode("cp1252"), None, 0x57),
    ],
)
def test_the_words_of_a_shapefile_are_read_in_the_encoding_that_it_names(word, cpg, mark):
    _, (row,) = read(shapefile([[SQUARE]], cpg=cpg, dbf=dbase([word], mark=mark)))
    assert row.properties["ref"] == "Café Quarter"


def test_what_a_program_adds_to_a_zip_unasked_is_never_looked_at():
    whole = shapefile([[SQUARE]])
    assert len(read(whole)[1]) == 1
    more = {"__MACOSX/._areas.shp": b"PK\x03\x04", ".DS_Store": b"x", "areas.shp.xml": b"<!DOCTYPE x>", "a/": b""}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        more |= {name: archive.read(name) for name in archive.namelist()}
    assert len(read(zipped(more))[1]) == 1


def test_a_geopackage_says_its_columns_and_its_triggers_never_fire():
    trigger = "create trigger fires after insert on areas begin delete from areas; end"
    srid, (row,) = read(geopackage(trigger))
    assert srid == 27700
    assert (row.identifier, row.properties) == (1, {"ref": "A1"})
    assert row.geometry == polygon([(float(x), float(y)) for x, y in SQUARE])
