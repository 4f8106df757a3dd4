"""What does a sweep do that had to wait behind others, and what a worker whose clock is wrong?"""

from datetime import timedelta

import pytest

from audit.life import WRONG_CLOCK, was_seen
from audit.models import SignOfLife
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


@pytest.mark.parametrize(
    ("sweep", "part"),
    [
        (tasks.climb_due, "ladders"),
        (tasks.send_challenges, "challenges"),
        (of_placements.screen_pending, "screening"),
        (of_placements.look_at_notices_that_came_back, "came_back"),
        (of_placements.check_after_all_changes, "changes"),
        (of_placements.judge_again, "judging"),
        (of_placements.make_all_letters, "letters"),
    ],
)
def test_a_sweep_of_any_queue_is_left_once_it_was_done_and_made_again_later(committing, sweep, part):
    def done_at(*, ago: timedelta | None = None):
        rows = SignOfLife.objects.filter(part=part)
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
        assert done_at() > long_ago


def test_the_board_says_when_a_workers_clock_is_wrong(post, worker):
    def light() -> health.Light:
        return next(one for one in health.board() if one.name == "worker_clocks")

    with worker():
        assert not light().needs_somebody
        SignOfLife.objects.create(part=WRONG_CLOCK, seen_at=clock.real_now())
        assert light().needs_somebody
        SignOfLife.objects.filter(part=WRONG_CLOCK).update(seen_at=clock.real_now() - timedelta(minutes=5))
        assert not light().needs_somebody
