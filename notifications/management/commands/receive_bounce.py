"""Take one message from standard input that reached a return address; a worker reads it within seconds.

For a mail system that pipes messages into a command; one that writes a Maildir needs no command.
"""

import os
import sys

from django.core.management.base import BaseCommand, CommandError

from notifications.channels import return_address
from notifications.delivery import bounces, outbox

ASK = "notifications.tasks.ask_about_emails"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not return_address.is_read():
            raise CommandError("Set PLACEWATCH_BOUNCE_ADDRESS and PLACEWATCH_BOUNCE_FOLDER first.")
        try:
            bounces.keep(sys.stdin.buffer.read(bounces.MOST_BYTES))
        except OSError as error:
            # The mail system keeps it and tries again.
            raise CommandError(
                f"The folder of what comes back cannot be written: {error.strerror}.", returncode=os.EX_TEMPFAIL
            ) from error
        outbox.nudge(ASK)
