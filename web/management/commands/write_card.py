"""Write the card of an authority for when the service is down: one HTML file, to be printed on one side of A4."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db.clock import today
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from placements.rules.working_days import CalendarNotKnown
from web.card import rendered


class Command(BaseCommand):
    help = (
        "Write the card of an authority: who approves, whom to ring, by when. It holds no child. Print it on one side "
        "of A4 and keep it where it is found without a computer; write it anew when a number changes, or monthly."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the HTML file to write")
        parser.add_argument("--authority", required=True, metavar="CODE", help="GSS code or DfE number")

    def handle(self, *args: Any, file: Path, authority: str, **options: Any) -> None:
        on = today()
        try:
            found = authority_by_code(authority, on)
            with acting_for(operator(found.id), "writing the card"):
                file.write_text(rendered(found, on=on), encoding="utf-8")
        except (AuthorityNotFound, CalendarNotKnown) as refused:
            raise CommandError(str(refused)) from refused
        except OSError as unwritable:
            raise CommandError(f"{file} cannot be written: {unwritable}") from unwritable
        self.stdout.write(f"{file}: the card of {found.name}, as at {on:%-d %B %Y}.")
