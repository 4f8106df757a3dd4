"""Write an inspection pack of an authority and a period into a folder."""

from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from audit import log
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from placements.exceptions import PlacementError
from placements.overlay.recalls import MADE_BY_COMMAND
from placements.pack.contents import contents
from placements.pack.files import MANIFEST, files, sha256, zipped
from placements.pack.question import Question

PURPOSE = "making an inspection pack"


class Command(BaseCommand):
    help = "Write the inspection pack of a period: pages, CSV, JSON, a list of hashes, and all of it as one zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one that does not exist yet")
        parser.add_argument("--authority", required=True, help="whose placements: a GSS code or DfE number")
        parser.add_argument("--from", required=True, type=date.fromisoformat, dest="starts_on", help="the first day")
        parser.add_argument("--to", required=True, type=date.fromisoformat, dest="ends_on", help="the last day")
        parser.add_argument(
            "--as-at",
            type=datetime.fromisoformat,
            help="the instant up to which what was recorded counts, with its offset; now, unless given",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} exists and is not an empty folder: give another one. Nothing was written.")
        now = clock.now()
        as_at = options["as_at"] or now
        if as_at.tzinfo is None or as_at > now:
            raise CommandError("--as-at needs an offset, such as 2027-06-14T09:40:00+01:00, and lies not ahead.")
        try:
            authority = authority_by_code(options["authority"], on=options["ends_on"])
            asked = Question(
                authority=authority, starts_on=options["starts_on"], ends_on=options["ends_on"], as_at=as_at
            )
            with acting_for(operator(authority.id), PURPOSE):
                told = contents(asked)
                made = files(told)
                detail = {"rows": told.row_count, "manifest": sha256(made[MANIFEST])}
                log.record(operation="packs.make", subject_kind="pack", fields="inspection pack", detail=detail)
                used = sorted(told.versions)
                log.record(operation=MADE_BY_COMMAND, subject_kind="hotspot_version", subject_ids=used, detail=detail)
        except (AuthorityNotFound, PlacementError) as error:
            raise CommandError(str(error)) from error
        for path, content in made.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        (folder / "pack.zip").write_bytes(zipped(made))
        self.stdout.write(
            f"{authority.name}, {asked.starts_on} to {asked.ends_on}, as at {as_at.isoformat()}: {len(made)} files,"
            f" {told.row_count} rows, written to {folder}. Manifest: {sha256(made[MANIFEST])}"
        )
