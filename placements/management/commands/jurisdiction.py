"""Say for a list of postcodes whose area each lies in: CSV in, CSV on standard output."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from hotspots.spreadsheet import harmless
from placements.exceptions import PlacementError
from placements.place.jurisdiction import COLUMNS, Question, verdicts

ROWS_AT_ONCE = 5_000


class Command(BaseCommand):
    help = (
        "For each row of FILE (columns postcode and, if wanted, home_postcode): whose area it lies in for the "
        "authority on the day, and how far from home. CSV on standard output, one row for each row, in order."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--authority", required=True, metavar="CODE", help="GSS code or DfE number")
        parser.add_argument("--on", required=True, type=date.fromisoformat, metavar="DATE", help="such as 2026-03-31")

    def handle(self, *args: Any, file: Path, authority: str, on: date, **options: Any) -> None:
        try:
            asking = authority_by_code(authority, on)
            with file.open(encoding="utf-8-sig", newline="") as lines:
                questions = _questions(csv.DictReader(lines), file.name)
                writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
                writer.writeheader()
                while some := list(islice(questions, ROWS_AT_ONCE)):
                    for verdict in verdicts(authority=asking, on=on, questions=some):
                        row = verdict.as_row()
                        writer.writerow(
                            {name: harmless(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
                        )
        except (AuthorityNotFound, PlacementError) as refused:
            raise CommandError(str(refused)) from refused
        except (OSError, UnicodeDecodeError) as unreadable:
            raise CommandError(f"{file} cannot be read: {unreadable}") from unreadable


def _questions(reader: csv.DictReader, name: str) -> Iterator[Question]:
    if "postcode" not in (reader.fieldnames or ()):
        raise CommandError(f"{name} has no column postcode: its first line must name it.")
    for row in reader:
        yield Question(postcode=row["postcode"] or "", home_postcode=row.get("home_postcode") or "")
