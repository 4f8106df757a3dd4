"""How is a process started that can be ended as a crash ends it? As a direct child of the harness.

A server that was killed must be collected by its parent, else its lock file looks alive and it cannot start again; and
its own children must be ended with it, since each leads a session of its own.
"""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from workshop import environment
from workshop.folders import CHECKOUT


@dataclass
class Child:
    """A process of the harness's own, which it can end as a crash does."""

    name: str
    command: list[str]
    log: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    folder: Path = CHECKOUT
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=environment.of_machine() | dict(self.variables),
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it, its process group and its children's, with -9; and collect it."""
        if self.process is None:
            return
        for pid in (*descendants(self.process.pid), self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.process is not None and self.process.poll() is None


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [*children, *(below for child in children for below in descendants(child))]
