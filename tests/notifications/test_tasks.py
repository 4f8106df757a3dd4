"""What does a sweep do that had to wait behind others, and what a worker whose clock is wrong?"""

from datetime import timedelta

from audit.life import WRONG_CLOCK, was_seen
from audit.models import SignOfLife
from config.celery import app
from db import clock
from notifications import health, tasks
from notifications.states import State


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


def test_no_sweep_of_the_post_is_thrown_away_by_a_workers_clock():
    sweeps = [one for one in app.conf.beat_schedule.values() if one["task"].startswith("notifications.")]
    expiring = {one["task"] for one in sweeps if "expires" in one.get("options", {})}
    assert expiring == {"notifications.tasks.send_challenges"}


def test_the_board_says_when_a_workers_clock_is_wrong(post, worker):
    def light() -> health.Light:
        return next(one for one in health.board() if one.name == "worker_clocks")

    with worker():
        assert not light().needs_somebody
        SignOfLife.objects.create(part=WRONG_CLOCK, seen_at=clock.real_now())
        assert light().needs_somebody
        SignOfLife.objects.filter(part=WRONG_CLOCK).update(seen_at=clock.real_now() - timedelta(minutes=5))
        assert not light().needs_somebody
