"""Check an authority's whole register again against what is shared: after a new postcode directory, or in doubt."""

from django.core.management.base import BaseCommand, CommandError

from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from placements.overlay import recheck
from placements.owed import sweeps


class Command(BaseCommand):
    help = (
        "Check every current and planned placement of an authority again. Whoever works with a child is told what is "
        "new; adults are not checked."
    )

    def add_arguments(self, parser):
        parser.add_argument("--authority", required=True, metavar="CODE|all", help="whose register, or all of England")

    def handle(self, *args, **options):
        code = options["authority"]
        try:
            ids = sweeps.responsible_authorities() if code == "all" else [authority_by_code(code).id]
        except AuthorityNotFound as error:
            raise CommandError(str(error)) from error
        checked = 0
        for number, authority_id in enumerate(ids, start=1):
            checked += recheck.check_all(authority_id, at=clock.now())
            if len(ids) > 1:
                self.stderr.write(f"{number} of {len(ids)} registers, {checked:,} places")
        self.stdout.write(f"Places checked: {checked:,}.")
