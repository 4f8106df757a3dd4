"""Import a year's SSDA903 return from a folder of CSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from notifications.delivery import outbox
from placements.returns.collection_year import CollectionYear
from placements.returns.exceptions import ReturnRefused
from placements.returns.importing import Imported, import_return
from placements.returns.telling import tell_hosts
from placements.rules.written_counts import counted

PURPOSE = "import of the SSDA903 return"


class Command(BaseCommand):
    help = "Import Header, Episodes, Missing and UASC of a year's SSDA903 return; all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds Header.csv, Episodes.csv and the others")
        parser.add_argument("--authority", required=True, help="whose return it is: a GSS code or DfE number")
        parser.add_argument("--year", required=True, help="the collection year, such as 2025-26")
        parser.add_argument(
            "--no-screening", action="store_true", help="leave the placements unjudged and unscreened (for benchmarks)"
        )
        parser.add_argument(
            "--send-notices", action="store_true", help="tell the hosts of the current out-of-area placements at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = CollectionYear.read(options["year"])
            authority = authority_by_code(options["authority"], on=year.last_day)
            with acting_for(operator(authority.id), PURPOSE) as by:
                at = clock.now()
                imported = import_return(
                    path=options["folder"], year=year, screening_wanted=not options["no_screening"], by=by, at=at
                )
                told = tell_hosts(imported.return_id, by=by, at=at) if options["send_notices"] else None
        except AuthorityNotFound as error:
            raise CommandError(str(error)) from error
        except ReturnRefused as refused:
            for row in refused.bad_rows:
                self.stderr.write(str(row))
            raise CommandError(str(refused)) from refused
        if not options["no_screening"]:
            outbox.nudge("placements.tasks.screen_register", str(authority.id))
        outbox.nudge("leaving_care.tasks.keep_milestones_of", str(authority.id))
        self._report(imported, f"{authority.name}, {year}", told)

    def _report(self, imported: Imported, title: str, told: int | None) -> None:
        for lines in (imported.findings, imported.overlaps, imported.unknown_postcodes, imported.notes):
            for line in lines:
                self.stdout.write(str(line))
        if imported.others:
            self.stdout.write(f"Left alone: {', '.join(imported.others)}.")
        if imported.is_unchanged:
            self.stdout.write(f"{title}: this very return is in the register already. Nothing was changed.")
        else:
            self.stdout.write(f"{title}: {_summary(imported)}")
        if told is not None:
            self.stdout.write(f"{counted(told, 'notice')} sent to hosts.")


def _summary(imported: Imported) -> str:
    counts = imported.counts
    return (
        f"{counted(counts['children'], 'child', 'children')}, {counted(counts['episodes'], 'episode')}, "
        f"{counted(counts['missing'], 'missing episode')}, "
        f"{counts['unaccompanied']:,} unaccompanied; {counted(counts['placements'], 'placement')}, "
        f"{counts['new_placements']:,} of them new, {counts['disputed']:,} disputed "
        f"({counted(len(imported.overlaps), 'overlap')} of consecutive episodes), {counts['restricted']:,} restricted; "
        f"{counted(len(imported.unknown_postcodes), 'unknown postcode')}, "
        f"{counted(len(imported.findings), 'other finding')}."
    )
