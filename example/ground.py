"""On what ground does Norrowshire stand? Authorities, boundaries and postcodes, laid through the real loaders."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

import shapely

from example.tables import FOLDER, rows
from geo.areas import authority_by_code
from geo.importers.boundaries import store_edition
from geo.importers.candidates import load_candidates
from geo.importers.postcode_sources import Delivered
from geo.importers.postcodes import load_directory
from geo.importers.reference import authority_id, load_reference
from geo.models import Authority, PostcodeDirectory

ORIGIN = (580_000, 450_000)
SOURCE = "Norrowshire, invented"
EDITION_ON = date(2026, 11, 1)


class InventedPostcodes:
    """The county's postcodes as a directory that geo.importers.postcodes can load."""

    name = "Norrowshire's postcodes"
    edition = "invented"
    origin = SOURCE
    tells_termination = False
    file = FOLDER / "postcodes.csv"
    size = file.stat().st_size

    def sha256(self) -> str:
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    def rows(self, progress: Callable[[int], None]) -> Iterator[Delivered]:
        east, north = ORIGIN
        for row in rows(self.file.name):
            yield row["postcode"], row["district"], east + int(row["east"]), north + int(row["north"]), "", ""
        progress(self.size)


def lay() -> None:
    """Put the county on the map; again changes nothing."""
    load_reference(folder=FOLDER)
    _store_boundaries()
    postcodes = InventedPostcodes()
    if not _is_loaded(postcodes):
        load_directory(postcodes, is_local=True)
    load_candidates(FOLDER / "norrowshire_candidates.csv")


def rectangle(west: int, south: int, east: int, north: int) -> shapely.Polygon:
    """A rectangle of the county in EPSG:27700, from metres east and north of its origin."""
    x, y = ORIGIN
    return shapely.box(x + west, y + south, x + east, y + north)


def authorities() -> list[Authority]:
    """The county's authorities, in the order of their codes."""
    return [authority_by_code(row["code"]) for row in rows("authority_codes.csv")]


def _store_boundaries() -> None:
    held = Authority.objects.using("owner").in_bulk([authority_id(row["authority"]) for row in rows("boundaries.csv")])
    shapes = {
        held[authority_id(row["authority"])]: rectangle(
            *(int(row[edge]) for edge in ("west", "south", "east", "north"))
        )
        for row in rows("boundaries.csv")
    }
    store_edition(name="Norrowshire", edition_on=EDITION_ON, source=SOURCE, shapes=shapes, is_active=True)


def _is_loaded(postcodes: InventedPostcodes) -> bool:
    return (
        PostcodeDirectory.objects.using("owner")
        .filter(name=postcodes.name, sha256=postcodes.sha256(), replaced_at=None)
        .exists()
    )
