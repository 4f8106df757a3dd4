"""Which GeoPackages are refused, and why?"""

import math
import struct

from tests.hotspots.making import SQUARE, geometry_blob, geopackage

ENDLESS = "with recursive a(n) as (select 1 union all select n + 1 from a) select n as fid, n as geom, n as ref from a"


def package(*statements, **how):
    return lambda: geopackage(*statements, **how)


def blob(content):
    return lambda: geopackage(rows=[content])


def open_elsewhere():
    content = bytearray(geopackage())
    content[18] = content[19] = 2
    return bytes(content)


FILES = {
    "a view for a layer": (
        package("create view areas as select 1 as fid, null as geom, 'A1' as ref", without=["areas"]),
        "reaches_out_of_itself",
        "view",
    ),
    "a view without end": (
        package(f"create view areas as {ENDLESS}", without=["areas"]),
        "reaches_out_of_itself",
        "view",
    ),
    "a view that reads files": (
        package("create view areas as select readfile('/etc/passwd') as geom, 1 as fid", without=["areas"]),
        "reaches_out_of_itself",
        "view",
    ),
    "a catalogue that is a view without end": (
        package(
            "drop table gpkg_contents;"
            "create view gpkg_contents as with recursive a(n) as (select 'areas' union all select n from a)"
            " select n as table_name, 'features' as data_type from a"
        ),
        "not_whole|reaches_out_of_itself",
        "",
    ),
    "a virtual table for a layer": (
        package("create virtual table areas using fts5(fid, geom, ref)", without=["areas"]),
        "reaches_out_of_itself",
        "computed",
    ),
    "a computed column": (
        package(columns="fid integer primary key, geom blob, ref text, big as (hex(zeroblob(100000000)))"),
        "reaches_out_of_itself",
        "computed",
    ),
    "no layer": (package("delete from gpkg_contents"), "nothing_in_it", "no table of features"),
    "two layers": (
        package(
            "insert into gpkg_contents values ('more', 'features', 27700);"
            "insert into gpkg_geometry_columns values ('more', 'geom', 'POLYGON', 27700)"
        ),
        "two_meanings",
        "several layers",
    ),
    "a layer that is not there": (package(without=["areas"]), "reaches_out_of_itself|not_whole", ""),
    "a layer named after the catalogue": (
        package(
            "update gpkg_contents set table_name = 'sqlite_master';"
            "update gpkg_geometry_columns set table_name = 'sqlite_master'"
        ),
        "reaches_out_of_itself|not_whole",
        "",
    ),
    "a layer whose name is a statement": (
        package(
            "update gpkg_contents set table_name = 'areas\"; drop table areas; --';"
            "update gpkg_geometry_columns set table_name = 'areas\"; drop table areas; --'"
        ),
        "reaches_out_of_itself|not_whole",
        "",
    ),
    "no rows": (package(rows=[]), "nothing_in_it", "no rows"),
    "no column of shapes": (
        package("update gpkg_geometry_columns set column_name = 'shape'"),
        "not_whole",
        "column of shapes",
    ),
    "Web Mercator": (package(srs=(3857, "EPSG", 3857)), "coordinate_system", "neither degrees"),
    "a system of its own under the Grid's number": (
        package(srs=(27700, "ACME", 1)),
        "coordinate_system",
        "neither degrees",
    ),
    "no system": (package(srs=(-1, "NONE", -1)), "coordinate_system", "does not say"),
    "a system that is not there": (package("delete from gpkg_spatial_ref_sys"), "coordinate_system", "neither degrees"),
    "no tables at all": (lambda: b"SQLite format 3\x00" + b"\x00" * 500, "not_whole", "damaged"),
    "cut off": (lambda: geopackage(rows=[geometry_blob()] * 500)[:9_000], "not_whole", "damaged|cannot be read"),
    "still open in a program": (open_elsewhere, "not_whole", "still open"),
    "bytes among the words": (package("update areas set ref = x'00ff'"), "rows", "holds bytes"),
    "words that are not UTF-8": (package("update areas set ref = cast(x'ff' as text)"), "not_whole", ""),
    "a shape in words": (blob("POLYGON EMPTY"), "rows", "not written as GeoPackage"),
    "a shape of three bytes": (blob(b"GP\x00"), "rows", "not written as GeoPackage"),
    "a shape of a kind of its own": (blob(geometry_blob(flags=0x21)), "rows", "kind of its own"),
    "a shape with an envelope that is none": (blob(geometry_blob(flags=0x0F)), "rows", "kind of its own"),
    "a shape with nothing behind it": (blob(b"GP\x00\x01" + struct.pack("<i", 27700)), "rows", "cannot be read"),
    "a shape of random bytes": (
        blob(b"GP\x00\x01" + struct.pack("<i", 27700) + bytes(range(256))),
        "rows",
        "cannot be read",
    ),
    "two billion points": (blob(geometry_blob(count=2_000_000_000)), "rows", "cannot be read"),
    "a collection inside itself": (
        blob(b"GP\x00\x01" + struct.pack("<i", 27700) + struct.pack("<BII", 1, 7, 1) * 5_000),
        "rows|reading_was_stopped",
        "",
    ),
    "a point": (blob(geometry_blob(kind=1)), "rows", "a Point|cannot be read"),
    "a curve": (blob(geometry_blob(kind=10)), "rows", ""),
    "not-a-number": (blob(geometry_blob([(math.nan, math.nan)] * 4)), "rows", "not closed"),
    "infinity": (blob(geometry_blob([(math.inf, 0), *SQUARE[1:-1], (math.inf, 0)])), "rows", "not a finite number"),
    "no shape": (blob(None), "rows", "no geometry"),
    "a ring that stays open": (blob(geometry_blob(SQUARE[:-1])), "rows", "not closed"),
    "a ring that crosses": (
        blob(geometry_blob([SQUARE[0], SQUARE[2], SQUARE[3], SQUARE[1], SQUARE[0]])),
        "rows",
        "self-intersection",
    ),
}
