"""Would the storm see it, if something were wrong? Each invariant is broken once, by hand."""

import pytest
from django.db import connection

from notifications.delivery import delivery, outbox
from storm.invariants import IN_THE_DATABASE, STUCK

# How it is broken, and whether a worker holds the delivery then.
BROKEN = {
    "I3": ("update notifications_delivery set attempts_made = 7", False),
    "I5": ("update notifications_delivery set leased_until = clock_timestamp() - interval '1 hour'", True),
    "I7": ("update notifications_delivery set next_at = next_at - interval '1 hour'", False),
}


def count(name: str) -> int:
    [statement] = [one for what, one in IN_THE_DATABASE.items() if what.startswith(f"{name} ")]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", BROKEN)
def test_an_invariant_that_is_broken_is_seen(post, worker, name):
    statement, is_held = BROKEN[name]
    post.send()
    with worker():
        if is_held:
            outbox.claim(1)
        assert count(name) == 0
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert count(name) == 1


def test_given_without_evidence_is_seen(post, worker):
    post.send()
    with worker():
        outbox.claim(1)
        with connection.cursor() as cursor:
            cursor.execute(
                "update notifications_delivery set state = 'given', given_at = placewatch_now(),"
                " ended_at = placewatch_now(), lease = null, leased_until = null"
            )
        assert (count("I4"), count("I3")) == (1, 0)


def test_what_never_ended_is_stuck_and_what_was_given_is_not(post, worker):
    def stuck() -> int:
        with connection.cursor() as cursor:
            cursor.execute(STUCK)
            return cursor.fetchone()[0]

    post.send()
    with worker():
        assert stuck() == 1
        delivery.deliver_due()
        assert stuck() == 0
