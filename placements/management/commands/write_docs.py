"""Write the generated pages of docs/; with --check, only say whether they are in step."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placements.documentation import pages


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is out of step")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = [
            path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        if check and stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(f"Out of step with the code: {names}. Run bin/fix, or manage.py write_docs.")
        for path in stale:
            path.write_text(pages()[path], encoding="utf-8")
            self.stdout.write(f"Written: docs/{path.name}")
