"""Which Shapefiles are refused, and why?"""

import math
import struct

from tests.hotspots.making import GRID_WKT, SQUARE, dbase, polygon_record, shape_header, shapefile

POINT = struct.pack("<idd", 1, 440_000, 390_000)
NULL = struct.pack("<i", 0)
BOWTIE = [SQUARE[0], SQUARE[2], SQUARE[3], SQUARE[1], SQUARE[0]]
HOUSE = [(440_000, 390_000), (440_000, 390_009), (440_009, 390_009), (440_009, 390_000), (440_000, 390_000)]
MERCATOR = 'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984"],PROJECTION["Mercator"]]'
ETRS = 'GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]]]'


def areas(*shapes, **how):
    return lambda: shapefile(list(shapes), **how)


def lying(**how):
    return areas(polygon_record([SQUARE], **how))


FILES = {
    "no .dbf": (areas([SQUARE], without=["dbf"]), "not_whole", r"\.dbf missing"),
    "no .shx": (areas([SQUARE], without=["shx"]), "not_whole", r"\.shx missing"),
    "no .prj": (areas([SQUARE], prj=None), "coordinate_system", "--crs 27700"),
    "an empty .prj": (areas([SQUARE], prj=" "), "coordinate_system", "names neither"),
    "Web Mercator": (areas([SQUARE], prj=MERCATOR), "coordinate_system", "names neither"),
    "another datum": (areas([SQUARE], prj=ETRS), "coordinate_system", "names neither"),
    "the National Grid in name only": (
        areas([SQUARE], prj=GRID_WKT.replace("400000.0", "500000.0")),
        "coordinate_system",
        "names neither",
    ),
    "the National Grid in feet": (
        areas([SQUARE], prj=GRID_WKT.replace('"Meter",1.0', '"Foot",0.3048')),
        "coordinate_system",
        "names neither",
    ),
    "an encoding that is none": (areas([SQUARE], cpg="KOI-8"), "two_meanings", r"\.cpg"),
    "words in another encoding": (areas([SQUARE], words=[b"Caf\xe9"]), "two_meanings", "encoding"),
    "words in no encoding": (areas([SQUARE], words=[b"Caf\xe9"], cpg=None), "two_meanings", "encoding"),
    "no rows": (areas(words=[]), "nothing_in_it", "no rows"),
    "more words than shapes": (areas([SQUARE], words=[b"A1", b"A2"]), "not_whole", "1 shapes and 2 rows"),
    "a .dbf that says a billion rows": (
        areas([SQUARE], dbf=dbase([b"A1"], rows=1_000_000_000)),
        "not_whole",
        "rows of words",
    ),
    "a .dbf of three bytes": (areas([SQUARE], dbf=b"\x03\x00\x00"), "not_whole", "does not begin as one"),
    "a .shp that is cut off": (areas([SQUARE], shp=shape_header(0)[:60]), "not_whole", "does not begin as one"),
    "a .shp longer than it says": (areas([SQUARE], shp=shape_header(0) + b"\x00" * 500), "not_whole", "not as long"),
    "a point": (areas(POINT, shp=shape_header(28, 1) + struct.pack(">ii", 1, 10) + POINT), "rows", "a Point"),
    "no shape": (areas(NULL), "rows", "no geometry"),
    "a ring that crosses": (areas([BOWTIE]), "rows", "self-intersection"),
    "a ring that stays open": (areas([SQUARE[:-1]]), "rows", "is not closed"),
    "one household": (areas([HOUSE]), "rows", "one household"),
    "not-a-number": (areas([[(math.nan, math.nan), *SQUARE[1:-1], (math.nan, math.nan)]]), "rows", "not closed"),
    "infinity": (areas([[(math.inf, 0), *SQUARE[1:-1], (math.inf, 0)]]), "rows", "not a finite number"),
    "two billion points": (lying(points=2_000_000_000), "rows|not_whole", ""),
    "fewer than no points": (lying(points=-5), "rows|not_whole", ""),
    "a ring that begins beyond the end": (lying(parts=[0, 900_000]), "rows|not_whole", ""),
    "a ring that begins before the start": (lying(parts=[-7]), "rows|not_whole", ""),
    "an index that points outside": (
        areas([SQUARE], shx=shape_header(8) + struct.pack(">ii", 90_000_000, 64)),
        "rows|not_whole",
        "",
    ),
    "an index that points before the start": (
        areas([SQUARE], shx=shape_header(8) + struct.pack(">ii", -50, 64)),
        "rows|not_whole",
        "",
    ),
    "degrees that are metres": (
        areas([[(x / 10_000, y / 10_000) for x, y in SQUARE]]),
        "rows",
        "one household|outside the National Grid",
    ),
}
