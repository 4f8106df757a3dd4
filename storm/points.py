"""What if the process ends at exactly this point? Every named point, so many times, in processes that kill themselves.

`python -m storm.points --seed N --times 20` leaves the wreckage, drains it without those faults, and prints how many
notices it wrote and which points were never reached.
"""

import argparse
import http.client
import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from accounts.acting import Actor, acting_for, operator
from accounts.roles import Role
from db import clock
from notifications.channels import Reply, webhook
from notifications.delivery import delivery, endpoints, outbox, replays, results
from notifications.exceptions import NothingToReplay
from notifications.ladder import climbing, steps
from notifications.models import Attempt, Endpoint
from storm.inside import Post, die, drain, free_lanes, killed

Work = Callable[[Post, int], Callable[[], None]]
CLAIMED_AT_ONCE = 200
# A tenth of the receivers' answers fail, and one that is cut off never comes to the point after the reply.
TRIES = 5


def composing(module, name: str) -> Work:
    """Write a notice, and end where this is called."""

    def prepare(post: Post, number: int) -> Callable[[], None]:
        def work() -> None:
            setattr(module, name, die)
            post.write(number)

        return work

    return prepare


def delivering(module, name: str, *, after: bool = False) -> Work:
    """Deliver, and end where this is called, or after it has done its work."""

    def prepare(post: Post, number: int) -> Callable[[], None]:
        post.write(number)

        def work() -> None:
            _end_at(module, name, after=after)
            delivery.deliver_due()

        return work

    return prepare


def escalating(post: Post, number: int) -> Callable[[], None]:
    """Take a step of a ladder, and end before it is committed."""
    post.write(number)
    clock.set_to(clock.now() + timedelta(minutes=16))

    def work() -> None:
        _end_at(steps, "take", after=True)
        climbing.climb_due()

    return work


def replaying(post: Post, number: int) -> Callable[[], None]:
    """Send a dead letter again, and end before it is committed; whoever asked, asks again."""
    post.write(number)
    document_id, officer = post.document_id(number), operator(post.sender(number).id)
    is_dead = False
    while not is_dead:
        free_lanes()
        for held in outbox.claim(CLAIMED_AT_ONCE):
            is_this = held.document_id == document_id
            results.settle(held, Reply(Attempt.Outcome.ADDRESS_ENDED if is_this else Attempt.Outcome.REFUSED))
            is_dead |= is_this

    def ask() -> None:
        with acting_for(officer, "storm"):
            replays.replay(replays.Which(), reason="The storm has passed", by=officer, at=clock.now())

    def work() -> None:
        _end_at(replays, "_replay", after=True)
        ask()

    post.afterwards.append((ask, NothingToReplay))
    return work


def rotating(post: Post, number: int) -> Callable[[], None]:
    """Change the secret of the recipient's system, and end before it is committed: the old one goes on."""
    post.write(number)
    theirs = post.recipient(number).id
    by = Actor(theirs, Role.ADMINISTRATOR, "Storm", person_id=uuid4())
    with acting_for(by, "storm"):
        endpoint = Endpoint.objects.get(authority_id=theirs, ended_at=None)

    def work() -> None:
        endpoints.log.record = die
        with acting_for(by, "storm"):
            endpoints.rotate(endpoint.id, overlap=timedelta(days=1), by=by, at=clock.now())

    return work


POINTS: dict[str, Work] = {
    "before the commit": composing(outbox, "nudge_on_commit"),
    "after the commit": composing(outbox, "nudge"),
    "before the claim": delivering(outbox, "claim"),
    "after the claim": delivering(outbox, "claim", after=True),
    "before the connection": delivering(webhook, "_post"),
    "after sending": delivering(http.client.HTTPConnection, "getresponse"),
    "after the reply": delivering(webhook, "_reply", after=True),
    "before the record": delivering(results, "settle_all"),
    "while recording": delivering(results, "_write_attempts", after=True),
    "after the record": delivering(results, "settle_all", after=True),
    "while following up": escalating,
    "while replaying": replaying,
    "while changing a secret": rotating,
}


def _end_at(module, name: str, *, after: bool) -> None:
    real = getattr(module, name)

    def ending(*arguments: object, **named: object) -> object:
        if not after:
            die()
        done = real(*arguments, **named)
        if done != []:
            die()
        return done

    setattr(module, name, ending)


def _ended_there(prepare: Work, post: Post) -> bool:
    free_lanes()
    number = post.next_for_a_system()
    ended = killed(prepare(post, number))
    # Whoever was interrupted tries again.
    post.write(number)
    return ended


def main() -> None:
    """Every point, so many times; prints one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--times", type=int, required=True)
    told = parser.parse_args()
    post, missed, kills = Post(told.seed), [], 0
    post.afterwards = []
    for name, prepare in POINTS.items():
        for _ in range(told.times):
            if any(_ended_there(prepare, post) for _ in range(TRIES)):
                kills += 1
            else:
                missed.append(name)
    for ask, nothing in post.afterwards:
        try:
            ask()
        except nothing:
            continue
    drain()
    broken = [f"the point {name} was not reached {missed.count(name)} times" for name in dict.fromkeys(missed)]
    print(json.dumps({"notices": post.number, "kills": kills, "broken": broken}))


if __name__ == "__main__":
    main()
