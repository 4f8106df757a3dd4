"""Measure how often the matching is wrong, on generated data with known truth, for the validity page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from hotspots import measuring


class Command(BaseCommand):
    help = (
        "Generates streets and areas, asks the overlay about them as the authority CODE, takes all of it back, and "
        "stores the figures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", required=True, metavar="CODE", dest="code", help="GSS code or DfE number")
        parser.add_argument("--seed", type=int, default=2015, help="another number makes other streets (default 2015)")

    def handle(self, *args: Any, code: str, seed: int, **options: Any) -> None:
        at = clock.now()
        try:
            measured_as = authority_by_code(code, clock.london_date(at))
        except AuthorityNotFound as refused:
            raise CommandError(str(refused)) from refused
        with acting_for(operator(measured_as.id), "measuring the matching") as by:
            figures = measuring.measure(seed=seed, by=by, at=at)
        measuring.store(figures, at=at)
        for (ground, what), one in figures.items():
            low, high = one.interval()
            self.stdout.write(f"{ground.value} {what.value}: {one.times} of {one.out_of} ({low:.1%} to {high:.1%})")
