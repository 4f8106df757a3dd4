"""Make Norrowshire, the invented county of the example. Where it stands already nothing is changed."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from example import county


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE:
            raise CommandError(
                "The example is made only where PLACEWATCH_EXAMPLE is on: its people's password is known to everybody."
            )
        if "owner" not in connections:
            raise CommandError("Set MIGRATION_DATABASE_URL: the county's ground is laid by the tables' owner.")
        port = os.environ.get("PLACEWATCH_RECEIVER_PORT", "")
        is_new = county.make(receiver_port=port, folder=settings.STATE_DIR)
        self.stdout.write("Norrowshire is made." if is_new else "Norrowshire stands already.")
