"""Is the code in order, before any test runs? `bin/check`."""

import os
import subprocess
import sys

from workshop import environment, programs, source_rules
from workshop.folders import CHECKOUT, PYTHON
from workshop.obstacles import run_command
from workshop.progress import say
from workshop.test import install
from workshop.testing import TestingServices

TOOLS = {
    "style": ("ruff", "check"),
    "format": ("ruff", "format", "--check"),
    "types of the rules": ("mypy",),
    "storeys": ("lint-imports",),
}
COMMANDS = {
    "settings and models": ("check",),
    "migrations missing": ("makemigrations", "--check", "--dry-run"),
    "written documents in step": ("write_docs", "--check"),
    "description of the API": ("spectacular", "--validate", "--fail-on-warn", "--file", os.devnull),
}
BUILT_IN = {"check", "makemigrations", "spectacular"}


def main() -> int:
    """Run every check, print what each that fails has to say, and 1 where any does."""
    install()
    failed = []
    for name, (tool, *arguments) in TOOLS.items():
        if not _passes(name, [str(PYTHON.parent / tool), *arguments], {}):
            failed.append(name)
    if complaints := source_rules.complaints(CHECKOUT):
        print("\n".join(complaints))
        failed.append("rules of the source")
    with TestingServices().in_use() as variables:
        for name, command in COMMANDS.items():
            present = command[0] in BUILT_IN or programs.has_command(command[0])
            if present and not _passes(name, [str(PYTHON), "manage.py", *command], variables):
                failed.append(name)
    say(f"bin/check: {', '.join(failed)} failed." if failed else "bin/check: all in order.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], variables: dict[str, str]) -> bool:
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=environment.of_machine() | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(f"--- {name}: {' '.join(command[1:])}\n{done.stdout.rstrip()}")
        sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    run_command(main)
