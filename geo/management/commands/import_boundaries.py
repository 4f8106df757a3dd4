"""Load an edition of authorities' boundaries, compare it with the postcodes, and let it become evidence."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from db import clock
from geo.exceptions import ImportRefused
from geo.importers import boundaries
from geo.importers.boundary_check import Disagreement, verify
from geo.importers.boundary_files import edition_named, read_boundaries
from geo.models import BoundaryEdition
from geo.reading.features import LONGITUDE_LATITUDE, NATIONAL_GRID

WORST_SHOWN = 10
JUDGED_AGAIN = "Within minutes the places of every register are judged again, and what differs becomes somebody's task."


class Command(BaseCommand):
    help = (
        "Load boundaries of ONS (counties and unitary authorities, or districts) or of OS Boundary-Line from FILE, inactive, "
        "and compare them with the postcodes; with --activate they become evidence and the ground of the map. Without FILE, "
        "list the editions, or switch the one that --edition names."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--edition", default="", help="what to call the edition; else the file's name")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day that it describes")
        parser.add_argument("--source", default="Office for National Statistics", help="whose boundaries they are")
        parser.add_argument(
            "--crs", type=int, choices=[LONGITUDE_LATITUDE, NATIONAL_GRID], help="where the file does not say so itself"
        )
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument(
            "--activate", action="store_true", help="let the edition give evidence, in place of the last"
        )
        switch.add_argument("--deactivate", action="store_true", help="let the edition give no evidence any more")

    def handle(self, *args: Any, file: Path | None, edition: str, **options: Any) -> None:
        try:
            if file:
                loaded = self._load(file, edition or file.stem, options)
            elif edition:
                loaded = _named(edition, options["on"])
            else:
                self._list()
                return
            if options["activate"]:
                replaced = boundaries.activate(loaded, at=clock.now())
                instead = f", in place of {', '.join(map(str, replaced))}" if replaced else ""
                self.stdout.write(f"{loaded} gives evidence from now on{instead}. {JUDGED_AGAIN}")
            elif options["deactivate"]:
                boundaries.deactivate(loaded, at=clock.now())
                self.stdout.write(f"{loaded} gives no evidence any more. {JUDGED_AGAIN}")
            elif file:
                self.stdout.write(f"It gives no evidence yet: --activate with --edition {loaded.name!r} lets it.")
        except OSError as fault:
            raise CommandError(f"The file cannot be read: {fault.strerror}.") from None
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, file: Path, name: str, options: dict[str, Any]) -> BoundaryEdition:
        edition_on = options["on"] or edition_named(name)
        if edition_on is None:
            raise CommandError("Which day do these boundaries describe? Say so: --on 2025-05-01.")
        if BoundaryEdition.objects.filter(name=name, edition_on=edition_on, is_active=True).exists():
            raise CommandError(
                f"{name} ({edition_on}) gives evidence now. Give the file another --edition, compare it, then switch."
            )
        found = read_boundaries(file, edition_on=edition_on, srid=options["crs"])
        loaded = boundaries.store_edition(
            name=name,
            edition_on=edition_on,
            source=options["source"],
            shapes=found.shapes,
            is_active=False,
            sha256=found.sha256,
        )
        self.stdout.write(f"{loaded}: {len(found.shapes)} authorities from {found.rows} rows.")
        self._say(loaded, verify(loaded, at=clock.now()))
        return loaded

    def _say(self, edition: BoundaryEdition, worst: list[Disagreement]) -> None:
        if not edition.compared:
            self.stdout.write("No postcode that is loaded lies in these authorities: it was compared with nothing.")
            return
        self.stdout.write(
            f"Of {edition.compared:,} postcodes {edition.agreeing / edition.compared:.3%} lie in their own authority's "
            f"boundary, {edition.elsewhere:,} in another's, {edition.nowhere:,} in none."
        )
        for one in worst[:WORST_SHOWN]:
            self.stdout.write(f"  {one.authority.name}: {one.elsewhere:,} in another's, {one.nowhere:,} in none")

    def _list(self) -> None:
        for edition in BoundaryEdition.objects.order_by("name", "edition_on"):
            state = "gives evidence" if edition.is_active else "loaded, gives no evidence"
            share = (
                f"{edition.agreeing / edition.compared:.3%} of postcodes agree" if edition.compared else "not compared"
            )
            self.stdout.write(f"{edition}: {state}; {share}; {edition.source}")


def _named(name: str, on: date | None) -> BoundaryEdition:
    found = list(BoundaryEdition.objects.using("owner").filter(name=name, **({"edition_on": on} if on else {})))
    if len(found) != 1:
        raise ImportRefused(f"{len(found)} editions are called {name!r}. Without FILE and --edition they are listed.")
    return found[0]
