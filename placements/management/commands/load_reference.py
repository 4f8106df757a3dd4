"""Load the reviewed reference tables: the ground (authorities, codes, neighbours, districts) and the bank holidays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo.exceptions import ImportRefused
from geo.importers.reference import load_reference
from placements.owed.calendar import load_bank_holidays


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference()
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Reference of the ground: {loaded}.")
        self.stdout.write(f"Bank holidays: {load_bank_holidays()}.")
