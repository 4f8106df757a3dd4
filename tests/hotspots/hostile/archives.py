"""Which zips are refused, and why?"""

import stat
import struct
import zipfile

from tests.hotspots.making import SQUARE, geopackage, kml, placemark, shapefile, zipped

AREAS = kml(placemark())


def named(*names):
    return lambda: zipped([(name, AREAS) for name in names])


def spoiled(change, content=AREAS):
    return lambda: zipped({"doc.kml": content}, change=change)


def link(member):
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16


def device(member):
    member.create_system = 3
    member.external_attr = (stat.S_IFCHR | 0o777) << 16


def with_flag(flag):
    """A zip whose only entry carries a flag, in both of its places."""

    def make():
        content = bytearray(zipped({"doc.kml": AREAS}))
        directory = content.index(b"PK\x01\x02")
        for at in (6, directory + 8):
            content[at] |= flag
        return bytes(content)

    return make


def lying_about_its_size():
    """The directory says ten bytes; it unpacks to as many as the areas have."""
    content = bytearray(zipped({"doc.kml": AREAS}))
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)
    return bytes(content)


def one_over_the_other():
    """Two entries of the directory that point to the same bytes, as a bomb without nesting does."""
    whole = zipped({"a.kml": AREAS, "b.kml": AREAS})
    content = bytearray(whole)
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", content, second + 42, 0)
    return bytes(content)


FILES = {
    "an empty zip": (lambda: zipped({}), "format_not_accepted", "neither a Shapefile nor KML"),
    "a zip with a letter": (
        lambda: zipped({"letter.txt": b"dear"}),
        "format_not_accepted",
        "neither a Shapefile nor KML",
    ),
    "a member that climbs out": (named("../doc.kml"), "archive_not_plain", "leaves the folder"),
    "a member that climbs out later": (named("a/../../doc.kml"), "archive_not_plain", "leaves the folder"),
    "a member of the root": (named("/etc/doc.kml"), "archive_not_plain", "leaves the folder"),
    "a member of another drive": (named("C:/doc.kml"), "archive_not_plain", "leaves the folder"),
    "a member with Windows' strokes": (named("..\\doc.kml"), "archive_not_plain", "leaves the folder"),
    "a name with NUL": (
        lambda: named("doc.kml-.txt")().replace(b"doc.kml-", b"doc.kml\x00"),
        "archive_not_plain",
        "hides its name",
    ),
    "a link": (spoiled(link, b"/etc/passwd"), "archive_not_plain", "is a link"),
    "a device": (spoiled(device), "archive_not_plain", "is a link"),
    "a zip in a zip": (lambda: zipped({"doc.kml": zipped({"doc.kml": AREAS})}), "archive_not_plain", "another zip"),
    "a locked zip": (with_flag(1), "archive_not_plain", "password"),
    "fifty-one members": (named(*(f"{n}.kml" for n in range(51))), "archive_not_plain", "51 files"),
    "sixty-six thousand members": (
        lambda: zipped([(f"{n}.kml", b"") for n in range(66_000)], method=zipfile.ZIP_STORED),
        "archive_not_plain",
        "66,000 files",
    ),
    "a hundred megabytes of nothing": (lambda: zipped({"doc.kml": b" " * 100_000_000}), "too_large", "times its size"),
    "a bomb in twenty pieces": (
        lambda: zipped({f"{n}.kml": b"<a>" + bytes(range(256)) * 30 + b" " * 1_000_000 for n in range(20)}),
        "too_large",
        "times its size",
    ),
    "more than it may unpack to": (
        lambda: zipped({f"{n}.shp": bytes(range(256)) * 4_000 * 40 for n in range(4)}, method=zipfile.ZIP_DEFLATED),
        "too_large",
        "unpacks to more|times its size",
    ),
    "a size that is a lie": (lying_about_its_size, "archive_not_plain|not_whole", ""),
    "members one over the other": (one_over_the_other, "archive_not_plain|not_whole", ""),
    "two members of one name": (named("doc.kml", "doc.kml"), "two_meanings", "two files of one name"),
    "two names that differ in size of letters": (named("doc.kml", "DOC.kml"), "two_meanings", "two files of one name"),
    "an unusual packing": (
        lambda: zipped({"doc.kml": AREAS}, method=zipfile.ZIP_LZMA),
        "archive_not_plain",
        "unusual way",
    ),
    "cut off": (lambda: zipped({"doc.kml": AREAS})[:-30], "not_whole", "damaged"),
    "no directory": (lambda: b"PK\x03\x04" + b"\x00" * 100, "not_whole", "damaged"),
    "spoiled content": (
        lambda: zipped({"doc.kml": AREAS}, method=zipfile.ZIP_STORED).replace(b"Placemark", b"Placemork"),
        "not_whole",
        "damaged",
    ),
    "two KML": (named("a.kml", "b.kml"), "two_meanings", "2 KML"),
    "two Shapefiles": (
        lambda: zipped({"a.shp": b"", "b.shp": b""}),
        "two_meanings",
        "2 Shapefiles",
    ),
    "a Shapefile and KML": (lambda: zipped({"a.shp": b"", "b.kml": AREAS}), "two_meanings", "KML and a Shapefile"),
    "MapInfo TAB": (
        lambda: zipped({"a.tab": b"", "a.dat": b"", "a.map": b""}),
        "format_not_accepted",
        "MapInfo TAB.*GeoPackage",
    ),
    "MapInfo MIF": (lambda: zipped({"a.mif": b"", "a.mid": b""}), "format_not_accepted", "MapInfo MIF"),
    "GeoJSON in a zip": (lambda: zipped({"a.geojson": b"{}"}), "format_not_accepted", "GeoJSON in a zip"),
    "a GeoPackage in a zip": (lambda: zipped({"a.gpkg": geopackage()}), "format_not_accepted", "GeoPackage in a zip"),
    "a geodatabase": (lambda: zipped({"a.gdb/a00.gdbtable": b""}), "format_not_accepted", "geodatabase"),
    "a VRT in a zip": (lambda: zipped({"a.vrt": b"<OGRVRTDataSource/>"}), "format_not_accepted", "a VRT"),
    "a VRT called .shp": (
        lambda: shapefile([[SQUARE]], shp=b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>" + b" " * 100),
        "not_whole",
        "does not begin as one",
    ),
    "a workbook": (
        lambda: zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}),
        "format_not_accepted",
        "neither",
    ),
    "a KMZ that links": (
        lambda: zipped({"doc.kml": kml("<NetworkLink/>")}),
        "reaches_out_of_itself",
        "NetworkLink",
    ),
}
