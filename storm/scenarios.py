"""What if a partner is away for a day or a week, never acknowledges, or ten of them misbehave? One process, a moved clock.

`python -m storm.scenarios --seed N` goes through all of them on a fresh database, and prints what did not hold.
"""

import argparse
import json
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import django

django.setup()

from accounts.acting import acting_for, operator, service
from db import clock
from duties.models import Duty
from notifications.delivery import delivery, replays
from notifications.ladder import climbing
from notifications.models import Attempt, Climb, Delivery, Endpoint
from notifications.states import State
from storm.inside import Post, drain
from storm.neighbours import MANNERS
from workshop import ports

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# One step of four hours, a fifth longer by chance, and the half hour for which a receiver may be left alone.
LATEST_AFTER_RETURN = timedelta(hours=4.8) + timedelta(minutes=30)
BAD_NEIGHBOURS = 10
GOOD_NOTICES = 60
SLOWER_AT_MOST = 2.0
# Below this, a ratio says nothing.
WORTH_COMPARING_SECONDS = 0.5
# Of a worker's memory, whatever partners send.
MOST_MIB = 200
Outcome = Attempt.Outcome


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
    if _delivery(post, number).state != State.GIVEN:
        yield "down for a day: not given within a day of its return"
    # The first call after its return may meet a fault that the seed has for it.
    called = _first_attempt(post, number, since=back_at)
    if called is None or called.started_at - back_at > LATEST_AFTER_RETURN:
        yield f"down for a day: called at {called and called.started_at}, back at {back_at}"


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
        [new] = replays.replay(replays.Which(), reason="Back again", by=by, at=clock.now()).made
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
    """Ten partners that hang, drip, reset, redirect or send a gigabyte slow nobody else's first attempts."""
    calm = _slowest(post)
    bad = [post.next_for_a_system() for _ in range(BAD_NEIGHBOURS)]
    with _neighbours() as address:
        for place, number in enumerate(bad):
            _move(post, number, f"{address}/{MANNERS[place % len(MANNERS)]}/{number}")
            post.write(number)
        held = threading.Thread(target=delivery.deliver_due)
        held.start()
        beside = _slowest(post)
        held.join()
        outcomes = {_first_attempt(post, number).outcome for number in bad}
    for number in bad:
        _move(post, number, "")
    calm = max(calm, _slowest(post), WORTH_COMPARING_SECONDS)
    if beside > calm * SLOWER_AT_MOST:
        yield f"bad neighbours: the slowest of the others took {beside:.1f} s, {calm:.1f} s without them"
    if outcomes != {Outcome.TIMED_OUT, Outcome.BROKEN_OFF, Outcome.REDIRECTED, Outcome.REFUSED}:
        yield f"bad neighbours: what they did was written down as {sorted(outcomes)}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if peak > MOST_MIB:
        yield f"bad neighbours: the worker took {peak:.0f} MiB"


SCENARIOS = (down_for_a_day, down_for_a_week, never_acknowledged, bad_neighbours)


def _go_on(span: timedelta) -> None:
    """Let the time pass, in steps that meet every try and every rest."""
    until = clock.now() + span
    while (now := clock.now()) < until:
        delivery.deliver_due()
        climbing.climb_due()
        clock.set_to(min(until, now + max(span / 200, timedelta(minutes=5))))


def _slowest(post: Post) -> float:
    """The longest time in seconds until the first attempt, of notices to partners that answer."""
    numbers = [post.next_for_a_system() for _ in range(GOOD_NOTICES)]
    for number in numbers:
        post.write(number)
    written_at = clock.now()
    while None in (tries := [_first_attempt(post, number) for number in numbers]):
        delivery.deliver_due()
    return max(one.started_at - written_at for one in tries).total_seconds()


def _first_attempt(post: Post, number: int, *, since: datetime | None = None) -> Attempt | None:
    with acting_for(service(post.sender(number).id), "storm"):
        tries = Attempt.objects.filter(delivery__document_id=post.document_id(number))
        return (tries.filter(started_at__gte=since) if since else tries).order_by("started_at").first()


@contextmanager
def _neighbours() -> Iterator[str]:
    """Where they listen."""
    port = ports.any_free()
    with subprocess.Popen([sys.executable, "-m", "storm.neighbours", "--port", str(port)]) as process:
        while ports.is_free(port):
            time.sleep(0.1)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


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
