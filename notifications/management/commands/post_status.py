"""How does registered post stand? Prints a line for each thing that is watched; ends with 3 where one needs somebody."""

import sys

from django.core.management.base import BaseCommand

from notifications import health

NEEDS_SOMEBODY = 3


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        board = health.board()
        for light in board:
            mark = "  <- look" if light.needs_somebody else ""
            self.stdout.write(f"{light.what}: {light.stands}{mark}")
        if any(light.needs_somebody for light in board):
            sys.exit(NEEDS_SOMEBODY)
