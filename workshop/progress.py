"""What is being done now, how long did it take, and what did a failing program say?"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workshop.obstacles import Obstacle

LINES_OF_LOG_SHOWN = 25


def say(line: str) -> None:
    """One line to the person who started the command; standard output stays free for results."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show one step of the set-up, then its seconds."""
    print(f"{what} ... ", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("not done")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def run_logged(
    command: Sequence[str],
    *,
    log: Path,
    failure: str,
    environment: dict[str, str] | None = None,
    folder: Path = Path("/"),
) -> None:
    """Run a program with its output in a log file; raise the failure, with the log's end."""
    with log.open("ab") as output:
        start_of_run = output.tell()
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, cwd=folder
        )
    if done.returncode:
        raise Obstacle(f"{failure} (the whole log: {log}).", log_tail=tail(log, after=start_of_run))


def tail(log: Path, *, after: int = 0) -> str:
    """The last lines that a program wrote into its log."""
    with log.open("rb") as source:
        source.seek(after)
        lines = source.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-LINES_OF_LOG_SHOWN:])
