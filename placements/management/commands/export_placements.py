"""Write where each episode's placement of a year's return lies, as CSV on standard output."""

import csv
import tempfile
from argparse import ArgumentParser
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from hotspots.spreadsheet import harmless
from placements.place.jurisdiction import NotAnEnglishAuthority
from placements.returns.collection_year import CollectionYear
from placements.returns.exceptions import ReturnRefused
from placements.returns.located import COLUMNS, Written, located_episodes

PURPOSE = "export of placements and where they lie"
HELD_IN_MEMORY = 16 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Write host, in or out of area, distance and relation of each episode, as at the 31 March that ends the year."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="whose return it is: a GSS code or DfE number")
        parser.add_argument("--year", required=True, help="the collection year, such as 2025-26")
        parser.add_argument("--csv", action="store_true", required=True, help="write CSV, the only form there is")
        parser.add_argument(
            "--include-restricted", action="store_true", help="with the episodes whose address is restricted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = Written()
        # Nothing is handed out before the log-book's line stands: so all is held back until the transaction ended.
        with tempfile.SpooledTemporaryFile(HELD_IN_MEMORY, mode="w+", encoding="utf-8", newline="") as held_back:
            try:
                year = CollectionYear.read(options["year"])
                authority = authority_by_code(options["authority"], on=year.last_day)
                with acting_for(operator(authority.id), PURPOSE) as by:
                    rows = located_episodes(
                        authority=authority,
                        year=year,
                        include_restricted=options["include_restricted"],
                        by=by,
                        written=written,
                    )
                    _write(held_back, rows)
            except (AuthorityNotFound, NotAnEnglishAuthority, ReturnRefused) as error:
                raise CommandError(str(error)) from error
            held_back.seek(0)
            for line in held_back:
                self.stdout.write(line, ending="")
        if written.left_out:
            self.stderr.write(
                f"{written.left_out:,} episodes with a restricted address were left out: --include-restricted writes them."
            )


def _write(file: TextIO, rows: Any) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(map(harmless, row))
