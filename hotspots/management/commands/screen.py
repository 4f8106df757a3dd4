"""Say for a list of postcodes what is shared about each: CSV in, CSV on standard output."""

import csv
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from audit import log
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from hotspots.overlay.postcodes import COLUMNS, PURPOSE, screened
from hotspots.spreadsheet import harmless

ROWS_AT_ONCE = 5_000
MOST_METRES = 50_000


def metres(text: str) -> int:
    """Whole metres of a radius."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_METRES:
        raise ArgumentTypeError(f"give whole metres from 1 to {MOST_METRES}")
    return int(text)


class Command(BaseCommand):
    help = (
        "For each row of FILE (column postcode): what the authority in whose area it lies shares about it, and which "
        "areas lie there, as far as the authority CODE may know. One row for each row, in order; a row that cannot be "
        "answered is blank, and named by its number on standard error."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as", required=True, metavar="CODE", dest="code", help="who asks: GSS code or DfE number")
        parser.add_argument("--radius-metres", required=True, type=metres, metavar="N", help="such as 1000")

    def handle(self, *args: Any, file: Path, code: str, radius_metres: int, **options: Any) -> None:
        at = clock.now()
        try:
            reader = authority_by_code(code, clock.london_date(at))
            with file.open(encoding="utf-8-sig", newline="") as lines, acting_for(operator(reader.id), PURPOSE) as by:
                postcodes = _postcodes(csv.DictReader(lines), file.name)
                writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
                writer.writeheader()
                number = 0
                while some := list(islice(postcodes, ROWS_AT_ONCE)):
                    for row in screened(some, radius_metres=radius_metres, by=by, at=at):
                        number += 1
                        writer.writerow({name: harmless(cell) for name, cell in row.as_columns().items()})
                        if row.fault:
                            self.stderr.write(f"Row {number}: {row.fault}")
                log.record(operation="hotspots.screen", detail={"rows": number, "radius_metres": radius_metres})
        except AuthorityNotFound as refused:
            raise CommandError(str(refused)) from refused
        except (OSError, UnicodeDecodeError) as unreadable:
            raise CommandError(f"{file} cannot be read: {unreadable}") from unreadable


def _postcodes(reader: csv.DictReader, name: str) -> Iterator[str]:
    if "postcode" not in (reader.fieldnames or ()):
        raise CommandError(f"{name} has no column postcode: its first line must name it.")
    for row in reader:
        yield row["postcode"] or ""
