"""How does a test run the service's other programs? Real processes of its own: Celery's worker with its timetable, and Redis.

Import the fixtures in the module that wants them.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from celery import current_app

CHECKOUT = Path(__file__).parent.parent
REDIS = Path("/usr/bin/redis-server")
PATIENCE_SECONDS = 90


def wait_until(is_so, what: str) -> None:
    """Wait for something that another process does; how long it takes says nothing."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS} seconds in vain: {what}"
        time.sleep(0.05)


class Program:
    """A process group of this test's own, ended as a crash ends it."""

    def __init__(self, command, folder, **variables):
        self._start = {"args": command, "cwd": CHECKOUT, "env": variables}
        self.log = folder / f"{Path(command[0]).name}.log"
        self._process = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                **self._start, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def ask_to_stop(self) -> None:
        """As a supervisor does: its main process is told."""
        self._process.send_signal(signal.SIGTERM)

    def ended_with(self) -> int:
        """Its exit status, once it has ended by itself."""
        return self._process.wait(timeout=PATIENCE_SECONDS)

    def kill(self) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@contextmanager
def ended_at_last(*programs: Program):
    try:
        yield
    finally:
        for program in programs:
            program.kill()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A Redis of this test's own, which keeps nothing when it is killed."""
    if not REDIS.exists():
        pytest.skip("needs redis-server, which bin/start installs")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
    program = Program([str(REDIS), *options], tmp_path, **os.environ)
    program.url = f"redis://127.0.0.1:{port}/0"
    program.answers = lambda: answers(port)
    monkeypatch.setattr(current_app.conf, "broker_write_url", program.url)
    with ended_at_last(program):
        program.start()
        wait_until(program.answers, "Redis")
        yield program


@pytest.fixture
def celery(tmp_path, broker, committing):
    """Celery's worker with its timetable, on this test's database and broker, as the worker's role."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MIGRATION_DATABASE_URL", "CLOCK_DATABASE_URL"}
    }
    variables |= {
        "DATABASE_URL": f"{os.environ['WORKER_DATABASE_URL'].rsplit('/', 1)[0]}/{committing}",
        "BROKER_URL": broker.url,
        "PLACEWATCH_LOOPBACK_RECEIVERS": "1",
        "PLACEWATCH_STATE": str(tmp_path),
    }
    options = ["--concurrency", "1", "--beat", "--loglevel", "INFO"]
    program = Program([sys.executable, "-m", "celery", "-A", "config", "worker", *options], tmp_path, **variables)
    with ended_at_last(program):
        yield program
