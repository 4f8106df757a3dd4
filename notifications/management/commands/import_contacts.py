"""Load a CSV file of contacts into the directory: every row, or none. Prints what was added and what was the same."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from db.clock import now
from notifications.directory import contact_file
from notifications.exceptions import ContactFileRefused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="columns gss_code, role, email, telephone, last_confirmed and others"
        )
        parser.add_argument(
            "--leave-out-bad-rows", action="store_true", help="load the others; each row that was left out is printed"
        )

    def handle(self, *, file, leave_out_bad_rows, **options):
        try:
            account = contact_file.load(file.read_bytes(), leave_out_bad_rows=leave_out_bad_rows, at=now())
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except ContactFileRefused as refused:
            raise CommandError("\n".join(["Nothing was loaded.", *refused.reasons])) from refused
        self.stdout.write(json.dumps(asdict(account)))
