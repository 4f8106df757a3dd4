"""What does a GeoPackage hold? One table of features, read by SQLite from memory; nothing that the file brings is run.

The authorizer permits SELECT on the tables that are named, and no function: triggers never fire; views, virtual tables
and computed columns are refused.
"""

import sqlite3
import struct
from collections.abc import Iterator
from typing import Any

import shapely

from geo.reading.features import LONGITUDE_LATITUDE, NATIONAL_GRID, Collection, Feature, Reason, Unreadable, system_of

CATALOGUE = frozenset({"sqlite_master", "gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"})
ENVELOPE_NUMBERS = {0: 0, 1: 4, 2: 6, 3: 6, 4: 8}
HEADER_BYTES = 8
EXTENDED, EMPTY, ENVELOPE = 0x20, 0x10, 0x0E
# SQLite's header: in which way the file is written; 2 is a write-ahead log, whose pages are not in this file.
WRITTEN_AS, OPEN_ELSEWHERE = 18, b"\x02\x02"
MOST_BYTES_OF_A_VALUE = 16 * 2**20
MOST_COLUMNS = 200
STORED = 0
NAMED_SYSTEMS = {("EPSG", LONGITUDE_LATITUDE): LONGITUDE_LATITUDE, ("EPSG", NATIONAL_GRID): NATIONAL_GRID}


def read(content: bytes, stated: int | None) -> Collection:
    """The rows of a GeoPackage's only table of features, in the order of their keys."""
    if content[WRITTEN_AS : WRITTEN_AS + 2] == OPEN_ELSEWHERE:
        raise Unreadable(
            Reason.NOT_WHOLE,
            "This GeoPackage is still open in a program, which keeps part of it in another file. Close it there first.",
        )
    try:
        connection = _opened(content)
        table, column, srs_id = _features(connection)
        found = _system(connection, srs_id)
        columns = _columns(connection, table)
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        raise Unreadable(Reason.NOT_WHOLE, f"This GeoPackage is damaged, or holds more than data: {fault}.") from None
    srid = system_of(found, stated, otherwise=None)
    return Collection(srid=srid, rows=_rows(connection, table, column, columns), layer=table)


def _opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma cell_size_check = on")
    connection.deserialize(content)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES_OF_A_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, MOST_COLUMNS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = _text
    _permit(connection, CATALOGUE)
    return connection


def _permit(connection: sqlite3.Connection, tables: frozenset[str]) -> None:
    def decide(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
        is_select = action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and first in tables)
        is_look_at_columns = action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo"
        return sqlite3.SQLITE_OK if is_select or is_look_at_columns else sqlite3.SQLITE_DENY

    connection.set_authorizer(decide)


def _features(connection: sqlite3.Connection) -> tuple[str, str, int]:
    """The table of features, its column of shapes, and the number of its coordinate system in this file."""
    found = connection.execute(
        "select contents.table_name, shapes.column_name, shapes.srs_id"
        " from gpkg_contents contents join gpkg_geometry_columns shapes on shapes.table_name = contents.table_name"
        " where contents.data_type = 'features'"
    ).fetchmany(2)
    if not found:
        raise Unreadable(Reason.EMPTY, "This GeoPackage holds no table of features: there is nothing to import.")
    if len(found) > 1:
        raise Unreadable(Reason.DOUBTFUL, "This GeoPackage holds several layers. Save the one that is meant by itself.")
    table, column, srs_id = found[0]
    kind = connection.execute("select type, sql from sqlite_master where name = ?", [table]).fetchmany(2)
    if len(kind) != 1 or kind[0][0] != "table" or "VIRTUAL" in str(kind[0][1]).upper().split("(")[0]:
        raise Unreadable(
            Reason.REACHES_OUT,
            f"The layer {table[:60]!r} is a view or a computed table, not stored data. Save it as data.",
        )
    return table, column, srs_id


def _system(connection: sqlite3.Connection, srs_id: int) -> int | None:
    rows = connection.execute(
        "select organization, organization_coordsys_id from gpkg_spatial_ref_sys where srs_id = ?", [srs_id]
    ).fetchall()
    if srs_id in (-1, 0):
        return None
    found = NAMED_SYSTEMS.get((str(rows[0][0]).upper(), rows[0][1])) if len(rows) == 1 else None
    if found is None:
        raise Unreadable(
            Reason.COORDINATE_SYSTEM,
            "The layer's coordinate system is neither degrees (EPSG:4326) nor the National Grid (EPSG:27700).",
        )
    return found


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    _permit(connection, CATALOGUE | {table})
    columns = connection.execute(f"pragma table_xinfo({_quoted(table)})").fetchall()
    computed = [name for _, name, _, _, _, _, hidden in columns if hidden != STORED]
    if computed:
        raise Unreadable(
            Reason.REACHES_OUT,
            f"The layer's column {computed[0][:60]!r} is computed, not stored data. Save it as data.",
        )
    return [column[1] for column in columns]


def _rows(connection: sqlite3.Connection, table: str, column: str, columns: list[str]) -> Iterator[Feature]:
    if column not in columns:
        raise Unreadable(Reason.NOT_WHOLE, f"The layer's column of shapes, {column[:60]!r}, is missing.")
    number = 0
    try:
        for number, values in enumerate(connection.execute(f"select * from {_quoted(table)} order by rowid"), start=1):  # noqa: S608
            row = dict(zip(columns, values, strict=True))
            blob = row.pop(column)
            try:
                yield Feature(
                    number=number, identifier=row.pop("fid", None), properties=_plain(row), geometry=shape(blob)
                )
            except ValueError as fault:
                yield Feature(number=number, fault=str(fault))
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        raise Unreadable(Reason.NOT_WHOLE, f"This GeoPackage cannot be read after row {number}: {fault}.") from None
    if not number:
        raise Unreadable(Reason.EMPTY, "The layer holds no rows: there is nothing to import.")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    blobs = [name for name, value in row.items() if isinstance(value, bytes)]
    if blobs:
        raise ValueError(f"Its {blobs[0][:40]} holds bytes, not a word or a number.")
    return row


def shape(blob: Any) -> dict[str, Any] | None:
    """The geometry in a GeoPackage's blob, as GeoJSON; None where it is null. Raises ValueError with the reason."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < HEADER_BYTES or blob[:3] != b"GP\x00":
        raise ValueError("Its shape is not written as GeoPackage writes shapes.")
    flags = blob[3]
    envelope = (flags & ENVELOPE) >> 1
    if flags & EXTENDED or envelope not in ENVELOPE_NUMBERS:
        raise ValueError("Its shape is of a kind of its own, which is not read.")
    return well_known_binary(blob[HEADER_BYTES + 8 * ENVELOPE_NUMBERS[envelope] :])


def well_known_binary(content: bytes) -> dict[str, Any]:
    """A geometry in OGC's binary form, as GeoJSON; a kind that is no polygon is named without its numbers."""
    try:
        found = shapely.from_wkb(content)
    except (shapely.errors.ShapelyError, struct.error) as fault:
        if "closed linestring" in str(fault):
            raise ValueError("A ring of its shape is not closed: it does not end where it begins.") from None
        raise ValueError(f"Its shape cannot be read: {fault}.") from None
    if found is None or found.geom_type not in ("Polygon", "MultiPolygon"):
        return {"type": getattr(found, "geom_type", None)}
    parts = [_polygon(part) for part in shapely.get_parts(found)]
    if found.geom_type == "Polygon":
        return {"type": "Polygon", "coordinates": parts[0] if parts and parts[0] else []}
    return {"type": "MultiPolygon", "coordinates": parts}


def _polygon(part: Any) -> list[list[list[float]]]:
    if part.is_empty:
        return []
    has_heights = bool(shapely.has_z(part))
    return [shapely.get_coordinates(ring, include_z=has_heights).tolist() for ring in (part.exterior, *part.interiors)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: bytes) -> str:
    return value.decode("utf-8", errors="strict")
