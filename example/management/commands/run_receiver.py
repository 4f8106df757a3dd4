"""Receive webhooks for the example's authorities, verify their signatures and show them on a page."""

import os
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from example.endpoints import OUT_OF_ORDER
from example.receiver import Receiver


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        port = os.environ.get("PLACEWATCH_RECEIVER_PORT", "")
        if not port.isdigit():
            raise CommandError("Set PLACEWATCH_RECEIVER_PORT to the port on which the receiver is to listen.")
        settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with Receiver(int(port), settings.STATE_DIR, OUT_OF_ORDER) as receiver:
            self.stdout.write(f"Receiving at {receiver.address}/")
            receiver.serve_forever()
