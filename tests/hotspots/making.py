"""How does a test write a file of each format by hand, right or wrong in one place? No library that would mend it."""

import io
import json
import sqlite3
import struct
import zipfile

GRID_WKT = (
    'PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",'
    'SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],'
    'PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],'
    'PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]'
)
SQUARE = [(440_000, 390_000), (440_000, 390_200), (440_200, 390_200), (440_200, 390_000), (440_000, 390_000)]
DEGREES = [(-1.37, 53.42), (-1.35, 53.42), (-1.35, 53.43), (-1.37, 53.43), (-1.37, 53.42)]


def collection(*features, crs="urn:ogc:def:crs:EPSG::27700", **members):
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **named, "features": features} | members).encode()


def feature(geometry, **properties):
    return {"type": "Feature", "properties": {"ref": "A1", **properties}, "geometry": geometry}


def polygon(*rings):
    return {"type": "Polygon", "coordinates": [[list(position) for position in ring] for ring in rings]}


def kml(body, *, namespace="http://www.opengis.net/kml/2.2", before=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<kml xmlns="{namespace}"><Document>{body}</Document></kml>'.encode()


def placemark(geometry=None, *, more="", name="A1"):
    drawn = kml_polygon(DEGREES) if geometry is None else geometry
    return f"<Placemark><name>{name}</name>{more}{drawn}</Placemark>"


def kml_ring(ring):
    written = " ".join(",".join(str(number) for number in position) for position in ring)
    return f"<LinearRing><coordinates>{written}</coordinates></LinearRing>"


def kml_polygon(ring, *holes):
    inner = "".join(f"<innerBoundaryIs>{kml_ring(hole)}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{kml_ring(ring)}</outerBoundaryIs>{inner}</Polygon>"


def zipped(members, *, method=zipfile.ZIP_DEFLATED, change=lambda member: None):
    """A zip of (name, content) pairs; `change` may spoil each member's entry before it is written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            member = zipfile.ZipInfo(name)
            member.compress_type = method
            change(member)
            archive.writestr(member, content)
    return packed.getvalue()


def shapefile(shapes, *, words=None, prj=GRID_WKT, cpg="UTF-8", name="areas", without=(), **replaced):
    """A zipped Shapefile of polygons (lists of rings) with a column `ref`; `replaced` are whole files by ending."""
    records = [shape if isinstance(shape, bytes) else polygon_record(shape) for shape in shapes]
    words = words or [f"A{number}".encode() for number in range(1, len(records) + 1)]
    offset, shp, shx = 50, b"", b""
    for number, record in enumerate(records, start=1):
        shp += struct.pack(">ii", number, len(record) // 2) + record
        shx += struct.pack(">ii", offset, len(record) // 2)
        offset += 4 + len(record) // 2
    parts = {
        "shp": shape_header(len(shp)) + shp,
        "shx": shape_header(len(shx)) + shx,
        "dbf": dbase(words),
        "prj": prj.encode() if prj else None,
        "cpg": cpg.encode() if cpg else None,
    } | replaced
    return zipped(
        {f"{name}.{ending}": part for ending, part in parts.items() if part is not None and ending not in without}
    )


def shape_header(length, kind=5):
    return (
        struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, (100 + length) // 2)
        + struct.pack("<ii", 1000, kind)
        + struct.pack("<8d", 0, 0, 700_000, 1_300_000, 0, 0, 0, 0)
    )


def polygon_record(rings, *, points=None, parts=None):
    """A polygon's record; `points` and `parts` may lie about how many there are, and where each ring begins."""
    flat = [position for ring in rings for position in ring]
    starts, start = [], 0
    for ring in rings:
        starts.append(start)
        start += len(ring)
    starts = starts if parts is None else parts
    return (
        struct.pack("<i4d", 5, 0, 0, 700_000, 1_300_000)
        + struct.pack("<ii", len(starts), len(flat) if points is None else points)
        + struct.pack(f"<{len(starts)}i", *starts)
        + b"".join(struct.pack("<dd", *position) for position in flat)
    )


def dbase(words, *, rows=None, mark=0, width=20):
    header = struct.pack("<BBBBIHH17xB2x", 3, 126, 1, 1, len(words) if rows is None else rows, 65, 1 + width, mark)
    column = struct.pack("<11sc4xBB14x", b"ref", b"C", width, 0)
    return header + column + b"\r" + b"".join(b" " + word.ljust(width)[:width] for word in words) + b"\x1a"


def geopackage(
    *statements,
    rows=None,
    srs=(27700, "EPSG", 27700),
    without=(),
    columns="fid integer primary key, geom blob, ref text",
):
    """A GeoPackage with one layer `areas`; then `statements` spoil it."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table gpkg_spatial_ref_sys (srs_name, srs_id integer primary key, organization, organization_coordsys_id);"
        "create table gpkg_contents (table_name primary key, data_type, srs_id);"
        "create table gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id);"
        "insert into gpkg_contents values ('areas', 'features', 27700);"
    )
    connection.execute("insert into gpkg_spatial_ref_sys values ('a system', ?, ?, ?)", srs)
    connection.execute("insert into gpkg_geometry_columns values ('areas', 'geom', 'MULTIPOLYGON', ?)", [srs[0]])
    if "areas" not in without:
        connection.execute(f"create table areas ({columns})")
        for number, blob in enumerate([geometry_blob()] if rows is None else rows, start=1):
            connection.execute("insert into areas (fid, geom, ref) values (?, ?, ?)", [number, blob, f"A{number}"])
    for statement in statements:
        connection.executescript(statement)
    connection.commit()
    return connection.serialize()


def geometry_blob(ring=SQUARE, *, flags=1, kind=3, count=None, header=b"GP\x00"):
    well_known = struct.pack("<BI", 1, kind) + struct.pack("<I", 1)
    well_known += struct.pack("<I", len(ring) if count is None else count)
    well_known += b"".join(struct.pack(f"<{len(position)}d", *position) for position in ring)
    return header + struct.pack("<Bi", flags, 27700) + well_known
