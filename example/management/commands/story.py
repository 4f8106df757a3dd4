"""Tell how the example stands: a short table, who can sign in, and where to look."""

import os
from dataclasses import astuple
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from db import clock
from example import people, story

COLUMNS = ("", "current", "planned", "told before?", "notices", "read", "webhooks waiting", "duties", "late")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE:
            raise CommandError("There is no story here: the example is made only where PLACEWATCH_EXAMPLE is on.")
        now = clock.now().astimezone(clock.LONDON)
        self.stdout.write(f"Norrowshire, an invented county, on {now:%A} {now.day} {now:%B %Y} at {now:%H:%M}\n\n")
        self._table([COLUMNS, *(astuple(one) for one in story.standings(now.date()))])
        self.stdout.write("\nThe children of the story\n")
        self._table([astuple(scene) for scene in story.scenes()])
        self._sign_ins()
        self._where_to_look()

    def _table(self, lines: list[tuple]) -> None:
        texts = [[str(value) for value in line] for line in lines]
        widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
        for line in texts:
            cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
            self.stdout.write(f"  {'  '.join(cells).rstrip()}\n")

    def _sign_ins(self) -> None:
        self.stdout.write(f"\nEverybody signs in with the password {people.PASSWORD}\n")
        everybody = sorted(people.sign_ins(), key=lambda one: one.email)
        parts = [list(some) for _, some in groupby(everybody, key=lambda one: one.email)]
        self._table([(some[0].email, f"{_authorities(some)}: {some[0].part}") for some in parts])

    def _where_to_look(self) -> None:
        self.stdout.write(f"\nSign in: {settings.BASE_URL}/sign-in/\n")
        if port := os.environ.get("PLACEWATCH_RECEIVER_PORT"):
            self.stdout.write(f"What the receiver took: http://127.0.0.1:{port}/\n")
        self.stdout.write("Another day: bin/manage set_clock 2026-12-17T22:00, and back: bin/manage set_clock now\n")


def _authorities(parts: list[people.SignIn]) -> str:
    return " and ".join(one.authority.name for one in parts)
