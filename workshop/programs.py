"""Which programs make up the service, and with which variables does each run?

As a command, `python -m workshop.programs NAME` becomes the named program; the supervisor calls
it so, and therefore its own file holds no secret.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from workshop import env_file, environment, folders
from workshop.folders import CHECKOUT, PYTHON
from workshop.ports import LOOPBACK

# Which worker takes which of config/settings.py's queues.
QUEUES = {"worker": "work", "post": "post"}


@dataclass(frozen=True)
class Program:
    """A program of the service's own code: its command and its variables."""

    command: tuple[str, ...]
    variables: Mapping[str, str]


def has_command(name: str) -> bool:
    """Whether the project has a management command of this name."""
    return any(CHECKOUT.glob(f"*/management/commands/{name}.py"))


def names(whole: Mapping[str, str]) -> list[str]:
    """The programs that run with these variables; the receiver is the example's."""
    receiver = ["receiver"] if whole["PLACEWATCH_EXAMPLE"] == "1" and has_command("run_receiver") else []
    return ["web", "worker", "post", "beat", "fallback", *receiver]


def program(name: str, whole: Mapping[str, str]) -> Program:
    """The program of this name."""
    binaries = PYTHON.parent
    celery = (str(binaries / "celery"), "-A", "config")
    if name == "web":
        bind = f"--bind={LOOPBACK}:{whole['PLACEWATCH_PORT']}"
        size = ("--worker-class=gthread", "--workers=2", "--threads=4")
        manner = ("--preload", "--graceful-timeout=5", "--no-control-socket")
        command = (str(binaries / "gunicorn"), "config.wsgi", bind, *size, *manner)
        return Program(command, environment.of_web(whole))
    if name in QUEUES:
        # Each queue has a worker of its own, so that no long screening holds up what must be sent.
        manner = ("--concurrency=2", "--without-mingle", "--without-gossip", f"--hostname={name}@%h")
        return Program((*celery, "worker", f"--queues={QUEUES[name]}", *manner), environment.of_worker(whole))
    if name == "beat":
        return Program((*celery, "beat"), environment.of_worker(whole))
    if name == "fallback":
        # It needs the database alone: what the broker's loss would hold up goes on.
        return Program((str(PYTHON), "manage.py", "go_on_without_broker"), environment.of_worker(whole))
    if name == "receiver":
        return Program((str(PYTHON), "manage.py", "run_receiver"), environment.of_web(whole))
    raise ValueError(f"There is no program called {name}.")


def become(name: str) -> None:
    """Replace this process by the named program."""
    whole = env_file.read(folders.service_state().variables)
    chosen = program(name, whole)
    os.chdir(CHECKOUT)
    os.execve(chosen.command[0], chosen.command, environment.of_machine() | chosen.variables)  # noqa: S606


if __name__ == "__main__":
    become(sys.argv[1])
