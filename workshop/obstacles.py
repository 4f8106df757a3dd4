"""What stands in the way, said in one sentence with the way on?"""

import sys
from collections.abc import Callable
from typing import NoReturn


class Obstacle(Exception):
    """Something that a person has to put right: one sentence, and perhaps the end of a log."""

    def __init__(self, sentence: str, *, log_tail: str = "") -> None:
        super().__init__(sentence)
        self.log_tail = log_tail


def run_command(command: Callable[[], int]) -> NoReturn:
    """Run a `bin/` command and end the process: an obstacle is told without a traceback."""
    try:
        status = command()
    except Obstacle as obstacle:
        if obstacle.log_tail:
            print(obstacle.log_tail.rstrip(), file=sys.stderr)
        print(obstacle, file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        status = 130
    sys.exit(status)
