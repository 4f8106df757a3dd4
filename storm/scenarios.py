"""What if a partner is away for a day or a week, ten of them misbehave, or the broker is gone? One process, a moved clock.

`python -m storm.scenarios --seed N` goes through all of them on a fresh database, and prints what did not hold.
"""

import argparse
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import django

django.setup()

from accounts.acting import acting_for, operator, service
from db import clock
from duties.models import Duty
from notifications import climbing, delivery, outbox, replays
from notifications.models import Climb, Delivery, Endpoint
from notifications.states import State
from storm.inside import Post, drain

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# One step of four hours, a fifth longer by chance, and the half hour for which a receiver may be left alone.
LATEST_AFTER_RETURN = timedelta(hours=4.8) + timedelta(minutes=30)
BAD_NEIGHBOURS = 10
GOOD_NOTICES = 60
SLOWER_AT_MOST = 2.0
# Below this, a ratio says nothing.
WORTH_COMPARING_SECONDS = 0.5


def down_for_a_day(post: Post) -> Iterator[str]:
    """A partner away for 24 hours gets its notices within one step of its return, and its people have a task."""
    number = post.next_for_a_system()
    with _moved(post, number, _nobody()):
        post.write(number)
        _go_on(DAY)
        envelope = _delivery(post, number)
        if envelope.state != State.QUEUED:
            yield f"down for a day: the delivery is {envelope.state}"
        if not _duties(post.recipient(number).id, "endpoint_failing"):
            yield "down for a day: its own people have no task"
    back_at = clock.now()
    while _delivery(post, number).state != State.GIVEN and clock.now() - back_at < DAY:
        _go_on(HOUR / 4)
    late = _delivery(post, number).given_at
    if late is None or late - back_at > LATEST_AFTER_RETURN:
        yield f"down for a day: given at {late}, back at {back_at}"


def down_for_a_week(post: Post) -> Iterator[str]:
    """A partner away for more than a week: a dead letter, a person's task, and one delivery once it is sent again."""
    number = post.next_for_a_system()
    by = operator(post.sender(number).id)
    with _moved(post, number, _nobody()):
        post.write(number)
        _go_on(9 * DAY)
        envelope = _delivery(post, number)
        if envelope.state != State.UNDELIVERABLE:
            yield f"down for a week: the delivery is {envelope.state} after {envelope.attempts_made} tries"
        if not _duties(by.authority_id, "notice_not_delivered"):
            yield "down for a week: nobody has a task"
    with acting_for(by, "storm"):
        [new] = replays.replay(replays.Which(), reason="Back again", by=by, at=clock.now())
    _go_on(HOUR)
    with acting_for(by, "storm"):
        if Delivery.objects.get(id=new).state != State.GIVEN:
            yield "down for a week: what was sent again was not given"


def never_acknowledged(post: Post) -> Iterator[str]:
    """A partner that answers 200 to everything still climbs, to a task that somebody owns."""
    number = post.next_for_a_system()
    post.write(number)
    _go_on(7 * DAY)
    with acting_for(service(post.sender(number).id), "storm"):
        climb = Climb.objects.get(document_id=post.document_id(number))
    if climb.taken != len(climb.ladder):
        yield f"never acknowledged: {climb.taken} of {len(climb.ladder)} steps were taken"
    if not _duties(post.sender(number).id, "notice_not_acknowledged"):
        yield "never acknowledged: the end of the ladder is nobody's task"


def bad_neighbours(post: Post) -> Iterator[str]:
    """Ten partners that take a connection and say nothing do not slow the others' first attempts."""
    calm = _slowest(post)
    bad = [post.next_for_a_system() for _ in range(BAD_NEIGHBOURS)]
    with socket.create_server(("127.0.0.1", 0), backlog=200) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/silent"
        for number in bad:
            _move(post, number, f"{address}/{number}")
        for number in bad:
            post.write(number)
        held = threading.Thread(target=delivery.deliver_due)
        held.start()
        beside = _slowest(post)
        held.join()
    for number in bad:
        _move(post, number, "")
    if beside > max(calm, WORTH_COMPARING_SECONDS) * SLOWER_AT_MOST:
        yield f"bad neighbours: the slowest of the others took {beside:.1f} s, {calm:.1f} s without them"


def broker_gone(post: Post) -> Iterator[str]:
    """With the broker gone for an hour nothing is refused, and what was written is given by the next sweep."""
    number = post.next_for_a_system()
    outbox.nudge = lambda *_: None
    post.write(number)
    clock.set_to(clock.now() + HOUR)
    if _delivery(post, number).state != State.QUEUED:
        yield "broker gone: it was not kept"
    # It may meet the partner's own faults: the sweeps go on.
    _go_on(HOUR / 4)
    if _delivery(post, number).state != State.GIVEN:
        yield "broker gone: the sweeps did not give it"


SCENARIOS = (down_for_a_day, down_for_a_week, never_acknowledged, bad_neighbours, broker_gone)


def _go_on(span: timedelta) -> None:
    """Let the time pass, in steps that meet every try and every rest."""
    until = clock.now() + span
    while (now := clock.now()) < until:
        delivery.deliver_due()
        climbing.climb_due()
        clock.set_to(min(until, now + max(span / 200, timedelta(minutes=5))))


def _slowest(post: Post) -> float:
    """The longest time from the commit to the first attempt, of notices to partners that answer."""
    began = time.monotonic()
    for _ in range(GOOD_NOTICES):
        post.write(post.next_for_a_system())
    written = time.monotonic()
    delivery.deliver_due()
    return time.monotonic() - written if written > began else 0.0


def _nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/nobody"


@contextmanager
def _moved(post: Post, number: int, url: str) -> Iterator[None]:
    """The recipient's system is somewhere else for as long as the block runs."""
    _move(post, number, url)
    try:
        yield
    finally:
        _move(post, number, "")


def _move(post: Post, number: int, url: str) -> None:
    """Where the recipient's system listens; empty: where it listened at first."""
    theirs = post.recipient(number)
    with acting_for(operator(theirs.id), "storm"):
        rows = Endpoint.objects.filter(authority=theirs, ended_at=None)
        first = post.addresses.setdefault(theirs.id, rows.get().url)
        rows.update(url=url or first)


def _delivery(post: Post, number: int) -> Delivery:
    with acting_for(service(post.sender(number).id), "storm"):
        return Delivery.objects.get(document_id=post.document_id(number), replays=None)


def _duties(authority_id, kind: str) -> bool:
    with acting_for(service(authority_id), "storm"):
        return Duty.objects.filter(kind=kind).exists()


def main() -> None:
    """Every scenario; prints one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    post = Post(parser.parse_args().seed)
    post.addresses = {}
    broken = [line for scenario in SCENARIOS for line in scenario(post)]
    drain()
    print(json.dumps({"notices": post.number, "kills": 0, "broken": broken}))


if __name__ == "__main__":
    main()
