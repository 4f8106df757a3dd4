"""What does a sweep do that had to wait behind others, and what a worker whose clock is wrong?"""

from datetime import timedelta

import pytest

from audit.life import WRONG_CLOCK, was_seen
from audit.models import SignOfLife
from audit.timetable import lines
from config.celery import app
from db import clock
from notifications import health, tasks
from notifications.states import State
from placements import tasks as of_placements
from tests import databases


def test_a_sweep_whose_work_has_just_been_done_leaves_it(post, worker):
    with worker():
        was_seen("post")
        document = post.send()
        tasks.sweep_due()
        assert post.delivery(document).state == State.QUEUED
        tasks.deliver_due()
        assert post.delivery(document).state == State.GIVEN, "a nudge is never left"


def test_a_sweep_after_a_silence_sends_what_is_due(post, worker):
    document = post.send()
    with worker():
        tasks.sweep_due()
    assert post.delivery(document).state == State.GIVEN


def test_no_recurring_work_is_thrown_away_by_a_workers_clock():
    assert not [name for name, one in app.conf.beat_schedule.items() if "expires" in one.get("options", {})]


def test_every_line_of_the_timetable_is_a_sweep_with_a_sign_of_its_own_but_the_heartbeat():
    parts = [line.sweep.part for line in lines()]
    assert len(parts) == len(set(parts)) == len(app.conf.beat_schedule) - 1
    assert "" not in parts
    assert {line.queue for line in lines()} == {"post", "work"}


@pytest.mark.parametrize("sweep", [tasks.climb_due, of_placements.judge_again, of_placements.make_all_packs])
def test_a_sweep_of_any_queue_is_left_once_it_was_done_and_made_again_later(committing, sweep):
    def done_at(*, ago: timedelta | None = None):
        rows = SignOfLife.objects.filter(part=sweep.part)
        if ago:
            rows.update(seen_at=clock.real_now() - ago)
        return rows.get().seen_at

    with databases.as_role("WORKER_DATABASE_URL"):
        sweep()
        first = done_at()
        sweep()
        assert done_at() == first, "it has just been done"
        long_ago = done_at(ago=timedelta(minutes=1))
        sweep()
        assert (last := done_at()) > long_ago
        sweep.run()
        assert done_at() == last, "the work alone leaves no sign"


def test_the_board_says_when_a_workers_clock_is_wrong(post, worker):
    def light() -> health.Light:
        return next(one for one in health.board() if one.name == "worker_clocks")

    with worker():
        assert not light().needs_somebody
        SignOfLife.objects.create(part=WRONG_CLOCK, seen_at=clock.real_now())
        assert light().needs_somebody
        SignOfLife.objects.filter(part=WRONG_CLOCK).update(seen_at=clock.real_now() - timedelta(minutes=5))
        assert not light().needs_somebody
