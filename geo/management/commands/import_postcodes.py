"""Load the postcode directory: from the package, or a file of the Office for National Statistics, or candidates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from geo.exceptions import ImportRefused
from geo.importers.candidates import load_candidates
from geo.importers.postcode_sources import FileSource, PackageSource, Source
from geo.importers.postcodes import load_directory
from geo.models import PostcodeDirectory

# The United Kingdom has 2.7 million postcodes, old ones included; fewer rows are an extract that was loaded first.
ROWS_OF_A_WHOLE_DIRECTORY = 2_000_000


class Command(BaseCommand):
    help = (
        "Load all postcodes of the ONS Postcode Directory from the package, or those of FILE: an ONSPD or NSPL as "
        "CSV, gzipped CSV or zip. A file with fewer than half the rows of the directory is taken as an extract."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--edition", default="", help="what to call the file's edition, such as 'February 2026'")
        parser.add_argument(
            "--candidates",
            type=Path,
            metavar="FILE",
            help="CSV (postcode, authority, addresses): authorities that share a postcode",
        )

    def handle(self, *args: Any, file: Path | None, edition: str, candidates: Path | None, **options: Any) -> None:
        try:
            if candidates:
                self.stdout.write(f"{load_candidates(candidates):,} candidates loaded from {candidates.name}.")
            if file:
                self._load(FileSource(file, edition))
            elif not candidates:
                self._load_package()
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused

    def _load_package(self) -> None:
        source = PackageSource()
        standing = PostcodeDirectory.objects.filter(
            kind=PostcodeDirectory.Kind.WHOLE, replaced_at=None, rows__gte=ROWS_OF_A_WHOLE_DIRECTORY
        ).first()
        if standing and (standing.source == source.origin or not standing.source.startswith(source.distribution)):
            self.stdout.write(f"{standing} is loaded already, from {standing.source}; nothing was changed.")
            return
        self._load(source)

    def _load(self, source: Source) -> None:
        with tqdm(total=source.size, desc="Postcodes", unit="B", unit_scale=True, disable=None) as bar:
            loaded = load_directory(source, progress=bar.update)
        self.stdout.write(str(loaded))
