"""Load the reviewed tables of the ground: authorities, codes, successions, adjoining pairs, districts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo.exceptions import ImportRefused
from geo.importers.reference import load_reference


class Command(BaseCommand):
    help = "Load the authorities, their codes, names, successions, adjoining pairs and districts (geo/reference/)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference()
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Reference of the ground: {loaded}.")
