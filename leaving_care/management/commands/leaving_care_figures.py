"""`bin/manage leaving_care_figures`: how many of each status, what could not be known and why, what is owed."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from audit import log
from db import clock
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from leaving_care import figures
from leaving_care.rules.status import Status

PURPOSE = "figures of leaving care"


class Command(BaseCommand):
    help = "Count the children of each leaving-care status, what could not be known and why, and what is owed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="whose register: a GSS code or DfE number")
        parser.add_argument("--on", type=date.fromisoformat, help="the day asked about, such as 2026-03-31; else today")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        try:
            authority = authority_by_code(options["authority"], on=on)
        except AuthorityNotFound as error:
            raise CommandError(str(error)) from error
        with acting_for(operator(authority.id), PURPOSE):
            found = figures.of_authority(authority.id, on=on)
            log.record(operation="leaving_care.figures", subject_kind="child", detail={"counted": found.children})
        self.stdout.write(f"{authority.name} on {on.isoformat()}: {found.children:,} children")
        self._list("Status", {status.value: found.statuses[status] for status in Status})
        self._list("Nobody recorded, and an answer turns on it", {"children": found.asked, **found.questions})
        self._list("Owed today", {"no person has it": found.unowned, **found.duties})

    def _list(self, title: str, counts: Mapping[str, int]) -> None:
        self.stdout.write(f"{title}:")
        for name, count in counts.items():
            self.stdout.write(f"  {name.replace('_', ' ')}: {count:,}")
