"""Write a year's SSDA903 return back as it was delivered."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from placements.returns.collection_year import CollectionYear
from placements.returns.exceptions import ReturnRefused
from placements.returns.writing import export_return

PURPOSE = "export of the SSDA903 return"


class Command(BaseCommand):
    help = "Write Header.csv, Episodes.csv, Missing.csv and UASC.csv with every row delivered, restricted ones too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one that does not exist yet")
        parser.add_argument("--authority", required=True, help="whose return it is: a GSS code or DfE number")
        parser.add_argument("--year", required=True, help="the collection year, such as 2025-26")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = CollectionYear.read(options["year"])
            authority = authority_by_code(options["authority"], on=year.last_day)
            with acting_for(operator(authority.id), PURPOSE) as by:
                written = export_return(path=options["folder"], year=year, by=by)
        except (AuthorityNotFound, ReturnRefused) as error:
            raise CommandError(str(error)) from error
        rows = ", ".join(f"{name} {count:,}" for name, count in written.items())
        self.stdout.write(f"{authority.name}, {year}: written to {options['folder']}: rows of {rows}.")
