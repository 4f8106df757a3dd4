"""Do what the timetable asks for while the broker or Celery is gone. Runs until asked to stop, and ends what it began."""

import signal
from threading import Event, Thread

from django.core.management.base import BaseCommand

from notifications.without_broker import substitutes


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        stopped = Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: stopped.set())
        threads = [Thread(target=one.go_on, args=[stopped]) for one in substitutes()]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
