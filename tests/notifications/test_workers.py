"""Is anything lost when Celery's worker or its broker is killed in the middle? Real processes, killed for real."""

from django.db import connection

from notifications.delivery import outbox
from notifications.models import Attempt
from notifications.states import State
from tests.notifications import receiver as receivers
from tests.programs import PATIENCE_SECONDS, wait_until


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


def test_a_worker_asked_to_stop_in_mid_delivery_ends_what_it_began(post, receiver, celery):
    receiver.answers = [receivers.hold]
    document = post.send()
    celery.start()
    assert receiver.arrived.wait(PATIENCE_SECONDS), celery.log.read_text()
    celery.ask_to_stop()
    waiting = post.send()
    receiver.let_go.set()
    assert celery.ended_with() == 0, celery.log.read_text()
    assert [(one.number, one.outcome) for one in post.attempts(document)] == [(1, Attempt.Outcome.TAKEN)]
    assert post.delivery(waiting).lease is None, "nothing is held by nobody"
    celery.start()
    wait_until(lambda: post.delivery(waiting).state == State.GIVEN, "the next worker")
    assert len(receiver.taken) == len(set(receiver.taken)) == 2


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
