"""Is anything lost when Celery's worker or its broker is killed in the middle? Real processes, killed for real."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection

from notifications import outbox
from notifications.models import Attempt
from notifications.states import State
from tests.notifications import receiver as receivers

CHECKOUT = Path(__file__).parent.parent.parent
REDIS = Path("/usr/bin/redis-server")
PATIENCE_SECONDS = 90

pytestmark = pytest.mark.skipif(not REDIS.exists(), reason="needs redis-server, which bin/start installs")


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

    def kill(self) -> None:
        if self._process:
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
    options = ["--concurrency", "1", "--beat", "--schedule", str(tmp_path / "beat"), "--loglevel", "INFO"]
    program = Program([sys.executable, "-m", "celery", "-A", "config", "worker", *options], tmp_path, **variables)
    with ended_at_last(program):
        yield program


def let_leases_run_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update notifications_delivery set leased_until = clock_timestamp() - interval '1 s' "
            "where state = 'sending'"
        )


def test_a_worker_killed_in_mid_delivery_loses_nothing(post, receiver, celery, worker):
    receiver.answers = [receivers.hold]
    document = post.send()
    celery.start()
    assert receiver.arrived.wait(PATIENCE_SECONDS), celery.log.read_text()
    assert post.delivery(document).state == State.SENDING
    celery.kill()
    # The receiver takes it now, and nobody is left to be told.
    receiver.let_go.set()
    wait_until(lambda: receiver.taken, "the receiver")
    assert post.delivery(document).state == State.SENDING
    with worker():
        let_leases_run_out()
    celery.start()
    wait_until(lambda: post.delivery(document).state == State.GIVEN, "the second worker")
    assert [(one.number, one.outcome) for one in post.attempts(document)] == [
        (1, Attempt.Outcome.INTERRUPTED),
        (2, Attempt.Outcome.TAKEN),
    ]
    envelope = post.delivery(document)
    assert receiver.taken == [str(envelope.id)] * 2, "twice on the wire, once by its id"
    assert receiver.rejected == []


def test_a_broker_killed_and_back_loses_nothing(post, receiver, celery, broker):
    celery.start()
    first = post.send()
    wait_until(lambda: post.delivery(first).state == State.GIVEN, "the worker")
    broker.kill()
    second = post.send()
    outbox.nudge()
    assert post.delivery(second).state == State.QUEUED
    broker.start()
    wait_until(broker.answers, "Redis")
    wait_until(lambda: post.delivery(second).state == State.GIVEN, "the worker, after the broker came back")
    assert receiver.taken == [str(post.delivery(one).id) for one in (first, second)]
