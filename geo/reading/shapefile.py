"""What does a zipped Shapefile hold? Read by GDAL's one driver for it, from memory, with every other driver taken away.

Its coordinate system is judged here from the .prj by its parameters, and its encoding from the .cpg by name: neither is
guessed. GDAL is given files whose first bytes are those of a Shapefile, under names of ours.
"""

import io
import os
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from geo.reading.features import LONGITUDE_LATITUDE, NATIONAL_GRID, Collection, Feature, Reason, Unreadable, system_of
from geo.reading.geopackage import well_known_binary

DRIVER = "ESRI Shapefile"
# Every other driver of the wheel that reads vectors. Taken away before GDAL starts; `read` refuses where one is left.
OTHER_DRIVERS = (
    "MEM PCIDSK PDS4 VICAR PDF MBTiles EEDA OGCAPI GDALG LVBAG S57 DGN OGR_VRT CSV GML GPX LIBKML KML GeoJSON GeoJSONSeq"
    " ESRIJSON TopoJSON OGR_GMT GPKG SQLite WAsP OpenFileGDB DXF FlatGeobuf GeoRSS VFK PGDUMP OSM GPSBabel OGR_PDS WFS"
    " OAPIF EDIGEO Idrisi ODS XLSX Elasticsearch Carto AmigoCloud SXF Selafin JML PLSCENES CSW VDV MVT NGW MapML GTFS"
    " PMTiles JSONFG MiraMonVector ADBC AVCBin AVCE00 AIVector HTTP"
)
os.environ |= {
    "GDAL_SKIP": ",".join([*OTHER_DRIVERS.split(), "MapInfo File"]),
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
    "SHAPE_RESTORE_SHX": "NO",
}
import pyogrio  # noqa: E402
import pyogrio.raw  # noqa: E402

NEEDED = (".shp", ".shx", ".dbf")
TAKEN = (*NEEDED, ".prj", ".cpg")
FILE_CODE = b"\x00\x00\x27\x0a"
HEADER_BYTES, INDEX_ENTRY_BYTES = 100, 8
# The .cpg's words for an encoding, and the .dbf's own mark for Windows' Western European; any other is refused.
ENCODING_OF_NAME = {
    "UTF8": "UTF-8", "65001": "UTF-8", "ASCII": "UTF-8", "USASCII": "UTF-8",
    "ISO88591": "ISO-8859-1", "88591": "ISO-8859-1", "LATIN1": "ISO-8859-1",
    "1252": "CP1252", "ANSI1252": "CP1252", "CP1252": "CP1252", "WINDOWS1252": "CP1252",
}  # fmt: skip
MARK_OF_ENCODING, WINDOWS = 29, (0x03, 0x57)
PARAMETER = re.compile(r'PARAMETER\["(\w+)",([-+0-9.eE]+)\]')
SPHEROID = re.compile(r'SPHEROID\["[^"]*",([0-9.]+),([0-9.]+)')
NATIONAL_GRID_PARAMETERS = {
    "latitude_of_origin": 49.0,
    "central_meridian": -2.0,
    "scale_factor": 0.9996012717,
    "false_easting": 400_000.0,
    "false_northing": -100_000.0,
}
AIRY = (6_377_563.396, 299.3249646)
WGS_84 = (6_378_137.0, 298.257223563)
MOST_BYTES_OF_PRJ = 10_000


def read(members: dict[str, bytes], stated: int | None) -> Collection:
    """The rows of the one Shapefile among a zip's members."""
    if list(pyogrio.list_drivers()) != [DRIVER]:
        raise RuntimeError("GDAL holds other drivers than the one that is needed.")
    name, parts = _one(members)
    srid = system_of(_system(parts.get(".prj")), stated, otherwise=None, hint=" (it has no .prj)")
    _require_whole(parts)
    try:
        meta, _, shapes, columns = pyogrio.raw.read(_of_our_names(parts), encoding=_encoding(parts))
    except UnicodeDecodeError:
        raise Unreadable(
            Reason.DOUBTFUL,
            "The words in the .dbf are not in the encoding that the Shapefile names. Add the right .cpg.",
        ) from None
    except (RuntimeError, IndexError, ValueError) as fault:
        raise Unreadable(Reason.NOT_WHOLE, f"This Shapefile is damaged: {fault}.") from None
    names = [str(field) for field in meta["fields"]]
    return Collection(srid=srid, rows=_rows(names, shapes, columns), layer=name)


def _one(members: dict[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The name of the only Shapefile, and its files by their endings."""
    layers = {str(PurePosixPath(path).with_suffix("")) for path in members if path.lower().endswith(".shp")}
    if len(layers) != 1:
        raise Unreadable(Reason.DOUBTFUL, f"This zip holds {len(layers)} Shapefiles. Send them one by one.")
    (layer,) = layers
    parts: dict[str, bytes] = {}
    for path, content in members.items():
        ending = PurePosixPath(path).suffix.lower()
        if str(PurePosixPath(path).with_suffix("")).casefold() == layer.casefold() and ending in TAKEN:
            if ending in parts:
                raise Unreadable(Reason.DOUBTFUL, f"This zip holds two {ending} files of one Shapefile.")
            parts[ending] = content
    missing = [ending for ending in NEEDED if ending not in parts]
    if missing:
        raise Unreadable(Reason.NOT_WHOLE, f"The Shapefile is not whole: {' and '.join(missing)} missing from the zip.")
    return PurePosixPath(layer).name, parts


def _require_whole(parts: dict[str, bytes]) -> None:
    """Refuse files that contradict each other: a reader would take one row's words for another's shape."""
    for ending in (".shp", ".shx"):
        content = parts[ending]
        if content[:4] != FILE_CODE or len(content) < HEADER_BYTES:
            raise Unreadable(Reason.NOT_WHOLE, f"The Shapefile's {ending} does not begin as one.")
        if struct.unpack(">i", content[24:28])[0] * 2 != len(content):
            raise Unreadable(Reason.NOT_WHOLE, f"The Shapefile's {ending} is not as long as it says.")
    if len(parts[".dbf"]) < 32:
        raise Unreadable(Reason.NOT_WHOLE, "The Shapefile's .dbf does not begin as one.")
    shapes = (len(parts[".shx"]) - HEADER_BYTES) // INDEX_ENTRY_BYTES
    (rows,) = struct.unpack("<I", parts[".dbf"][4:8])
    if shapes != rows:
        raise Unreadable(Reason.NOT_WHOLE, f"The Shapefile has {shapes:,} shapes and {rows:,} rows of words.")
    if not rows:
        raise Unreadable(Reason.EMPTY, "The Shapefile holds no rows: there is nothing to import.")


def _of_our_names(parts: dict[str, bytes]) -> bytes:
    """The files that GDAL is to see, as a zip in memory under names of ours; it never sees the .prj, nor the .cpg."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for ending in NEEDED:
            archive.writestr(f"areas{ending}", parts[ending])
    return packed.getvalue()


def _encoding(parts: dict[str, bytes]) -> str:
    if ".cpg" not in parts:
        return "CP1252" if parts[".dbf"][MARK_OF_ENCODING] in WINDOWS else "UTF-8"
    written = parts[".cpg"][:60].decode("ascii", errors="replace").strip()
    found = ENCODING_OF_NAME.get(re.sub(r"[-_ ]", "", written).upper())
    if found is None:
        raise Unreadable(
            Reason.DOUBTFUL, f"The Shapefile's .cpg names the encoding {written[:40]!r}. Save it in UTF-8."
        )
    return found


def _system(prj: bytes | None) -> int | None:
    """The coordinate system of a .prj by what it is made of, whatever it is called."""
    if prj is None:
        return None
    text = prj[:MOST_BYTES_OF_PRJ].decode("utf-8", errors="replace").strip()
    spheroid = SPHEROID.search(text)
    made_of = tuple(map(float, spheroid.groups())) if spheroid else ()
    if text.startswith("GEOGCS[") and made_of == WGS_84 and "WGS" in text:
        return LONGITUDE_LATITUDE
    parameters = {name.lower(): float(number) for name, number in PARAMETER.findall(text)}
    is_metres = re.search(r'UNIT\["met(?:er|re)",1(?:\.0*)?[\],]', text, re.IGNORECASE)
    is_projected = text.startswith("PROJCS[") and "Transverse_Mercator" in text and is_metres
    if is_projected and made_of == AIRY and parameters == NATIONAL_GRID_PARAMETERS:
        return NATIONAL_GRID
    raise Unreadable(
        Reason.COORDINATE_SYSTEM,
        "The Shapefile's .prj names neither degrees (WGS 84, EPSG:4326) nor the National Grid (EPSG:27700).",
    )


def _rows(names: list[str], shapes: Any, columns: Any) -> Iterator[Feature]:
    values = [column.tolist() if column.dtype.kind != "M" else column.astype(str).tolist() for column in columns]
    for number, blob in enumerate(shapes, start=1):
        said = {name: _value(column[number - 1]) for name, column in zip(names, values, strict=True)}
        try:
            geometry = None if blob is None else well_known_binary(bytes(blob))
        except ValueError as fault:
            yield Feature(number=number, fault=str(fault))
            continue
        yield Feature(number=number, properties=said, geometry=geometry)


def _value(value: Any) -> Any:
    """A value as JSON has it: what is missing is null, whatever the table wrote for it."""
    return None if value != value or value == "NaT" else value
