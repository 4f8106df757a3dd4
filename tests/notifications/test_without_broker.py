"""Does all work go on while the broker is gone? Done by a plain process that needs the database alone."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from accounts.acting import acting_for, service
from audit import seal
from audit.life import was_seen
from audit.models import SignOfLife
from audit.timetable import lines
from db import clock
from notifications import without_broker
from notifications.models import Climb
from notifications.states import State
from tests import databases
from tests.programs import CHECKOUT, wait_until


def do_what_is_late() -> None:
    for one in without_broker.substitutes():
        one.do_what_is_late()


def test_what_celery_has_not_done_for_a_while_is_done(post, worker):
    document = post.send()
    with worker():
        do_what_is_late()
    assert post.delivery(document).state == State.GIVEN
    seen = set(SignOfLife.objects.values_list("part", flat=True))
    assert seen == {without_broker.PART}, "it does not hide that Celery's sweeps have stopped"


def test_what_celery_does_is_left_to_it(post, worker):
    document = post.send()
    with worker():
        was_seen("post")
        do_what_is_late()
    assert post.delivery(document).state == State.QUEUED


def test_ladders_are_climbed_and_the_log_book_is_sealed(post, worker):
    document = post.send()
    with worker():
        clock.set_to(clock.now() + timedelta(days=3))
        do_what_is_late()
        do_what_is_late()
        while seal.seal():
            pass
    with acting_for(service(post.sender.id), "test"):
        assert Climb.objects.get(document=document).taken > 0


@pytest.fixture
def recorded(committing, monkeypatch):
    """Every line of the timetable, of which each writes down that it was done instead of doing it."""
    done: list[str] = []

    class Recorded:
        def __init__(self, sweep):
            self.part, self.name = sweep.part, sweep.name

        def run(self):
            done.append(self.part)

    timetable = [replace(line, sweep=Recorded(line.sweep)) for line in lines()]
    monkeypatch.setattr(without_broker, "lines", lambda: timetable)
    with databases.as_role("WORKER_DATABASE_URL"):
        yield done


def test_every_line_of_the_timetable_is_done_once_and_again_when_its_time_has_come(recorded, monkeypatch):
    everybody = without_broker.substitutes()
    for one in everybody:
        one.do_what_is_late()
    assert sorted(recorded) == sorted(line.sweep.part for line in lines())
    recorded.clear()
    for one in everybody:
        one.do_what_is_late()
    assert recorded == [], "each waits for its time"
    real = without_broker.time.monotonic
    monkeypatch.setattr(without_broker.time, "monotonic", lambda: real() + 60)
    for one in everybody:
        one.do_what_is_late()
    assert {"post", "screening", "packs"} <= set(recorded)
    assert "duties" not in recorded, "it is hourly"


@pytest.mark.parametrize(("every", "late"), [(1.0, 10.0), (2.0, 10.0), (10.0, 30.0), (30.0, 60.0), (3600.0, 3630.0)])
def test_it_is_late_after_three_rounds_or_half_a_minute_after_the_next(every, late):
    assert replace(next(lines()), every_seconds=every).late_seconds == late


def test_work_that_fails_holds_up_none_of_the_others(recorded, monkeypatch, caplog):
    first = without_broker.lines()[0]

    def fail():
        raise RuntimeError("it broke")

    monkeypatch.setattr(first.sweep, "run", fail)
    do_what_is_late()
    assert {line.sweep.part for line in lines()} - set(recorded) == {first.sweep.part}
    assert first.words in caplog.text


def test_who_is_asked_to_stop_begins_nothing_more(recorded):
    stopped = Event()
    stopped.set()
    for one in without_broker.substitutes():
        one.do_what_is_late(stopped)
        one.go_on(stopped)
    assert recorded == []


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
