"""Deliver, follow up and seal while the broker or Celery is gone. Runs until it is asked to stop, and ends what it began."""

import signal
import threading

from django.core.management.base import BaseCommand

from notifications import without_broker

LOOK_EVERY_SECONDS = 1.0


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        stopped = threading.Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: stopped.set())
        while not stopped.wait(LOOK_EVERY_SECONDS):
            without_broker.do_what_is_late()
