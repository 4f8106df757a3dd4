"""Whose boundary is each row of a published file? By its code: of an upper-tier authority, or of a district within one.

ONS's layers of counties and unitary authorities (CTYUA24CD) and of local authority districts (LAD25CD), OS Boundary-Line
(CODE). Districts are put together to their authority as geo/reference/districts.csv does for postcodes. Read and gated
as every file from outside: another process, then geo/geometry.py.
"""

import hashlib
import re
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import shapely
from django.db import connections
from shapely import MultiPolygon

from geo import geometry
from geo.exceptions import ImportRefused
from geo.geometry import BOUNDARY, ShapeRefused
from geo.ground import Ground, current_ground, holds
from geo.models import Authority
from geo.reading.features import NATIONAL_GRID, Feature, Unreadable
from geo.reading.reader import BOUNDARIES, read_file

CODE_COLUMN = re.compile(r"(CTYUA|UTLA|LTLA|LAD)\d\dCD|CODE|GSS_CODE", re.IGNORECASE)
# A month and a year, or a year alone, as publishers write them into names: CTYUA_DEC_2024_UK_BUC, LAD_MAY_2025.
MONTH_AND_YEAR = re.compile(
    r"(?:^|_)(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*_(20\d\d)(?:_|$)", re.IGNORECASE
)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
ON_NATIONAL_GRID = "select ST_AsBinary(ST_Transform(ST_GeomFromWKB(%s, %s), %s))"


@dataclass(frozen=True)
class FoundBoundaries:
    """What a file holds: the shape of each authority in National Grid metres, and how many rows it was put together from."""

    shapes: dict[Authority, MultiPolygon]
    rows: int
    sha256: str


def edition_named(name: str) -> date | None:
    """The first day of the month that a layer's name speaks of; None where it names none."""
    found = MONTH_AND_YEAR.search(name)
    return date(int(found[2]), MONTHS.index(found[1].upper()) + 1, 1) if found else None


def read_boundaries(path: Path, *, edition_on: date, srid: int | None = None, using: str = "owner") -> FoundBoundaries:
    """The boundaries of a file, or of an unpacked Shapefile with its parts beside it. `srid` is what the sender stated.

    Refuses (ImportRefused) with every bad row by its number: a code that no authority or district bears on that day, a
    shape that does not pass the gate.
    """
    parts: dict[UUID, list[MultiPolygon]] = defaultdict(list)
    faults: list[str] = []
    ground, rows = current_ground(), 0
    try:
        with _opened(path) as file, read_file(file, srid=srid, limits=BOUNDARIES) as answer:
            for feature in answer.rows:
                rows = feature.number
                try:
                    authority = _authority(ground, _code(feature), edition_on)
                    parts[authority.id].append(_shape(feature, answer.srid, using))
                except (ShapeRefused, ImportRefused) as refused:
                    faults.append(f"Row {feature.number}: {refused}")
            sha256 = _digest(file)
    except Unreadable as refused:
        raise ImportRefused(f"{path.name} was not loaded. {refused}") from None
    if faults:
        raise ImportRefused(f"{path.name} was not loaded; {len(faults)} rows are wrong:", faults)
    return FoundBoundaries(
        shapes={ground.authorities[key]: _together(found) for key, found in parts.items()}, rows=rows, sha256=sha256
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file; of an unpacked Shapefile, a zip of its parts."""
    if path.suffix.lower() != ".shp":
        with path.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(path.parent.glob(f"{path.stem}.*")):
                if part.suffix.lower() in SHAPEFILE:
                    archive.write(part, part.name)
        packed.flush()
        yield packed


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _code(feature: Feature) -> str:
    if feature.fault:
        raise ShapeRefused(feature.fault)
    properties: Any = feature.properties
    columns = [name for name in properties if CODE_COLUMN.fullmatch(name)] if isinstance(properties, dict) else []
    if len(columns) != 1 or not isinstance(properties[columns[0]], str):
        raise ImportRefused("It has no code. A column such as CTYUA24CD, LAD25CD or CODE must hold the GSS code.")
    return properties[columns[0]].strip().upper()


def _authority(ground: Ground, code: str, on: date) -> Authority:
    """The authority that bears the code on the day, or in which the district of that code lies."""
    bearers = [ground.authorities[held.authority_id] for held in ground.codes.get(code, ()) if holds(held, on)]
    found = tuple(bearers[:1]) or ground.authorities_of_district(code, on)
    if len(found) != 1:
        raise ImportRefused(
            f"No authority or district of {on} has the code {code[:20]!r} for itself. Is the date right?"
        )
    return found[0]


def _shape(feature: Feature, srid: int, using: str) -> MultiPolygon:
    shape = geometry.from_geojson(feature.geometry, BOUNDARY).shape
    if srid != NATIONAL_GRID:
        geometry.require_degrees(shape)
    geometry.require_valid(shape)
    if srid != NATIONAL_GRID:
        with connections[using].cursor() as cursor:
            cursor.execute(ON_NATIONAL_GRID, [shapely.to_wkb(shape), srid, NATIONAL_GRID])
            shape = shapely.from_wkb(bytes(cursor.fetchone()[0]))
        geometry.require_valid(shape)
    geometry.require_in_the_kingdom(shape)
    return shape


def _together(shapes: list[MultiPolygon]) -> MultiPolygon:
    if len(shapes) == 1:
        return shapes[0]
    return MultiPolygon([part for part in shapely.get_parts(shapely.union_all(shapes)) if part.geom_type == "Polygon"])
