"""Are notices given while the broker is gone? By a plain process that needs the database alone."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from accounts.acting import acting_for, service
from audit import seal
from audit.life import was_seen
from audit.models import SignOfLife
from db import clock
from notifications import without_broker
from notifications.models import Climb
from notifications.states import State
from tests.programs import CHECKOUT, wait_until


def test_what_celery_has_not_done_for_a_while_is_done(post, worker):
    document = post.send()
    with worker():
        without_broker.do_what_is_late()
    assert post.delivery(document).state == State.GIVEN
    seen = set(SignOfLife.objects.values_list("part", flat=True))
    assert seen == {without_broker.PART}, "it does not hide that Celery's sweeps have stopped"


def test_what_celery_does_is_left_to_it(post, worker):
    document = post.send()
    with worker():
        was_seen("post")
        without_broker.do_what_is_late()
    assert post.delivery(document).state == State.QUEUED


def test_ladders_are_climbed_and_the_log_book_is_sealed(post, worker):
    document = post.send()
    with worker():
        clock.set_to(clock.now() + timedelta(days=3))
        without_broker.do_what_is_late()
        assert seal.seal() == 0, "nothing was left to seal"
    with acting_for(service(post.sender.id), "test"):
        assert Climb.objects.get(document=document).taken > 0


def test_work_that_fails_holds_up_none_of_the_others(post, worker, monkeypatch):
    def fail():
        raise RuntimeError("it broke")

    monkeypatch.setattr(without_broker, "WORK", (without_broker.Work("emails", 30.0, fail), *without_broker.WORK))
    document = post.send()
    with worker():
        without_broker.do_what_is_late()
    assert post.delivery(document).state == State.GIVEN


@pytest.fixture
def process(post, committing, tmp_path):
    """The process as the supervisor starts it, with a broker at whose address nobody answers."""
    kept = {k: v for k, v in os.environ.items() if k not in {"MIGRATION_DATABASE_URL", "CLOCK_DATABASE_URL"}}
    variables = kept | {
        "DATABASE_URL": f"{os.environ['WORKER_DATABASE_URL'].rsplit('/', 1)[0]}/{committing}",
        "BROKER_URL": "redis://127.0.0.1:9/0",
        "PLACEWATCH_LOOPBACK_RECEIVERS": "1",
        "PLACEWATCH_STATE": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "go_on_without_broker"]
    with subprocess.Popen(command, cwd=CHECKOUT, env=variables) as started:
        yield started
        started.kill()


def test_a_process_without_a_broker_gives_notices_until_it_is_asked_to_stop(post, process):
    for _ in range(2):
        document = post.send()
        wait_until(lambda sent=document: post.delivery(sent).state == State.GIVEN, "the process")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
