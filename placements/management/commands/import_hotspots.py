"""Import an authority's areas of concern from a file; with --share-with, publish them at once."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.acting import Actor, acting_for, operator
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from geo.models import Authority
from geo.reading.features import LONGITUDE_LATITUDE, NATIONAL_GRID
from geo.reading.reader import AREAS
from hotspots import actions
from hotspots.exceptions import HotspotError
from hotspots.files.importing import Imported, import_file
from hotspots.models import Share
from placements.overlay.effect import Effect, preview_of_many


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="GeoJSON, KML, KMZ, GeoPackage or a zipped Shapefile (docs/importing.md)"
        )
        parser.add_argument("--authority", required=True, help="code of the owner (GSS, or the Department's number)")
        parser.add_argument(
            "--share-with",
            metavar="CODE,CODE|all",
            help="partners, or all: every authority of England and Wales. Without it, new areas stay drafts",
        )
        parser.add_argument(
            "--level", choices=Share.Level.values, default=Share.Level.PROXIMITY, help="what the partners are told"
        )
        parser.add_argument(
            "--crs",
            type=int,
            choices=[LONGITUDE_LATITUDE, NATIONAL_GRID],
            help="coordinate system of the file (EPSG), where it does not say so itself; of GeoJSON 4326 unless given",
        )
        parser.add_argument("--preview", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        today = clock.london_date(at)
        try:
            with options["file"].open("rb") as file:
                content = file.read(AREAS.input_bytes + 1)
            owner = authority_by_code(options["authority"], on=today)
            partners = _partners(options["share_with"], owner, today)
            with acting_for(operator(owner.id), "import of areas of concern") as by:

                def bring_in() -> Imported:
                    done = import_file(content, owner=owner, srid=options["crs"], by=by, at=at)
                    if partners and done.hotspot_ids:
                        actions.share(
                            done.hotspot_ids,
                            partner_ids=[partner.id for partner in partners],
                            level=options["level"],
                            by=by,
                            at=at,
                        )
                    return done

                imported, effect = previewed(bring_in, by=by, at=at) if options["preview"] else (bring_in(), None)
        except OSError as fault:
            raise CommandError(f"The file cannot be read: {fault.strerror}.") from None
        except (HotspotError, AuthorityNotFound) as refused:
            raise CommandError(str(refused)) from None
        for note in imported.notes:
            self.stdout.write(note)
        if effect:
            self.stdout.write(effect.sentence)
        told = partners if imported.hotspot_ids else []
        self.stdout.write(
            f"{owner.name}, areas of concern: {imported.added} added, {imported.changed} changed, "
            f"{imported.unchanged} unchanged. {_shared(told, options['level'], options['preview'])}"
        )


def previewed(bring_in: Callable[[], Imported], *, by: Actor, at: datetime) -> tuple[Imported, Effect]:
    """What bringing the file in would do and bring about; it is done and taken back. The operator's looks are counted."""
    found = []

    def act() -> Collection[UUID]:
        found.append(bring_in())
        return found[0].hotspot_ids

    effect = preview_of_many("", act, by=by, at=at)
    return found[0], effect


def _shared(partners: list[Authority], level: str, is_preview: bool) -> str:
    if is_preview:
        whom = f"They would be shared with {len(partners)}, at level {level}." if partners else ""
        return f"This was a preview: nothing was changed. {whom}".strip()
    return f"Shared with {len(partners)}, at level {level}." if partners else "Shared with nobody new."


def _partners(codes: str | None, owner: Authority, on: date) -> list[Authority]:
    if not codes:
        return []
    if codes == "all":
        return actions.everybody_but(owner, on)
    partners = {authority_by_code(code, on=on) for code in codes.split(",") if code.strip()}
    if owner in partners:
        raise CommandError(f"{owner.name} is the owner: it does not share with itself. Leave its code out.")
    return sorted(partners, key=lambda partner: partner.name)
