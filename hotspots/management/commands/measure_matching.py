"""Measure how often the matching is wrong, on generated data with known truth, for the validity page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.acting import acting_for, operator
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from geo.models import Authority, Country
from hotspots import measuring
from hotspots.method import method


class Command(BaseCommand):
    help = (
        "Generates streets and areas, asks the overlay about them, takes all of it back, and stores the figures. To be "
        "run after each upgrade with --if-new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as",
            metavar="CODE",
            dest="code",
            help="GSS code or DfE number; any serves (default: the first of England)",
        )
        parser.add_argument("--seed", type=int, default=measuring.SEED, help="another number makes other streets")
        parser.add_argument("--if-new", action="store_true", help="only where this matching was never measured")

    def handle(self, *args: Any, code: str | None, seed: int, if_new: bool, **options: Any) -> None:
        if if_new and measuring.is_measured():
            self.stdout.write(f"Version {method().version} of the matching is measured already.")
            return
        if "owner" not in connections:
            raise CommandError("Set MIGRATION_DATABASE_URL: the figures are stored by the tables' owner.")
        at = clock.now()
        with acting_for(operator(_authority(code).id), "measuring the matching") as by:
            figures = measuring.measure(seed=seed, by=by, at=at)
        measuring.store(figures, seed=seed, at=at)
        for (ground, what), one in figures.items():
            low, high = one.interval()
            self.stdout.write(f"{ground.value} {what.value}: {one.times} of {one.out_of} ({low:.1%} to {high:.1%})")


def _authority(code: str | None) -> Authority:
    if code is None:
        found = Authority.objects.filter(country=Country.ENGLAND).order_by("name").first()
        if found is None:
            raise CommandError("There is no authority yet: load the reference first (bin/manage load_reference).")
        return found
    try:
        return authority_by_code(code, clock.london_date(clock.now()))
    except AuthorityNotFound as refused:
        raise CommandError(str(refused)) from refused
