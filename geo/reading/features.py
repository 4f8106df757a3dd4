"""What passes from the reader process to whoever asked? Collection in GeoJSON's terms, or one refusal. Plain data, no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGITUDE_LATITUDE = 4326
NATIONAL_GRID = 27700
ACCEPTED = (
    "Accepted are GeoJSON (a FeatureCollection), KML, KMZ, GeoPackage and a zipped Shapefile, holding Polygons and "
    "MultiPolygons in degrees (EPSG:4326) or in metres of the National Grid (EPSG:27700)."
)


class Reason(StrEnum):
    """Why a whole file is refused: a code that stays the same whatever the sentence says."""

    FORMAT = "format_not_accepted"
    NOT_WHOLE = "not_whole"
    DOUBTFUL = "two_meanings"
    COORDINATE_SYSTEM = "coordinate_system"
    EMPTY = "nothing_in_it"
    TOO_LARGE = "too_large"
    ARCHIVE = "archive_not_plain"
    REACHES_OUT = "reaches_out_of_itself"
    STOPPED = "reading_was_stopped"


class Unreadable(Exception):
    """A file that is refused whole, with the code of the reason and a sentence for people."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True)
class Feature:
    """One row of a file, by its number from 1: what it says and its geometry (as GeoJSON), both as delivered.

    `fault` says why a row cannot be read at all, where the file can.
    """

    number: int
    identifier: Any = None
    properties: Any = field(default_factory=dict)
    geometry: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Collection:
    """What a format found: its rows, one after the other, and its coordinate system (SRID).

    `layer` is what the file calls them; blank where it gives them no name.
    """

    srid: int
    rows: Iterator[Feature]
    layer: str = ""


def system_of(found: int | None, stated: int | None, *, otherwise: int | None, hint: str = "") -> int:
    """The coordinate system of a file: the one that it names, else the one that its sender stated, else the format's own.

    Refuses (Unreadable) where file and sender disagree, and where nobody says.
    """
    if found is not None and stated not in (None, found):
        raise Unreadable(
            Reason.COORDINATE_SYSTEM, f"The file says EPSG:{found}, whoever sent it EPSG:{stated}. Which is it?"
        )
    srid = found or stated or otherwise
    if srid is None:
        raise Unreadable(
            Reason.COORDINATE_SYSTEM,
            f"The file does not say in which coordinate system its numbers are{hint}. State EPSG:27700 or EPSG:4326 (by "
            "command: --crs 27700).",
        )
    return srid
