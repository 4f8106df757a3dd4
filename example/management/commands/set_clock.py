"""Move the product's clock: `set_clock 2026-12-17T22:00` (London time), or `set_clock now`. For the example and tests."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from db import clock

NOW = "now"


def instant(text: str) -> datetime | None:
    """The instant that was asked for; None for the database's own."""
    if text == NOW:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no instant: write it as 2026-12-17T22:00, or write {NOW}") from None
    return at if at.tzinfo else at.replace(tzinfo=clock.LONDON)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("at", type=instant, metavar="INSTANT", help=f"such as 2026-12-17T22:00, or {NOW}")

    def handle(self, *args: Any, at: datetime | None, **options: Any) -> None:
        if "clock" not in connections:
            raise CommandError(
                "The clock is moved by a database role of its own: set CLOCK_DATABASE_URL. No web or worker has it."
            )
        clock.set_to(at)
        self.stdout.write(f"Placewatch's clock: {clock.now().astimezone(clock.LONDON):%A %-d %B %Y, %H:%M:%S}.")
