"""Does a notice reach the other authority's system, whatever that system does?"""

import json
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.test import override_settings

from accounts.acting import acting_for, service
from db import clock
from duties.models import Basis, Duty
from notifications.channels import webhook
from notifications.delivery import delivery, outbox, results, schedule
from notifications.models import Attempt, Delivery, Endpoint
from notifications.states import State
from tests.notifications import receiver as receivers

Outcome = Attempt.Outcome


def make_due(document) -> None:
    """Let the time until the next attempt pass."""
    Delivery.objects.filter(document=document).update(next_at=clock.now() - timedelta(seconds=1))
    Endpoint.objects.update(rests_until=None)


def run_out_leases() -> None:
    """Let the minute of every lease pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update notifications_delivery set leased_until = clock_timestamp() - interval '1 s' "
            "where state = 'sending'"
        )


def test_a_signed_notice_is_taken_and_given(post, receiver, worker):
    document = post.send()
    with worker():
        assert delivery.deliver_due() == 1
    assert receiver.rejected == []
    envelope = post.delivery(document)
    assert receiver.taken == [str(envelope.id)]
    assert (envelope.state, envelope.attempts_made, envelope.lease) == (State.GIVEN, 1, None)
    assert envelope.given_at == envelope.ended_at >= envelope.created_at
    assert [(one.number, one.outcome, one.http_status) for one in post.attempts(document)] == [(1, Outcome.TAKEN, 200)]


@override_settings(BASE_URL="https://placewatch.example")
def test_the_payload_is_thin_and_closed(post, receiver, worker):
    document = post.send(urgency="urgent")
    with worker():
        delivery.deliver_due()
    [request] = receiver.requests
    assert request["json"] == {
        "type": "placement_notice.sent",
        "id": str(document.id),
        "reference": document.reference,
        "occurred_at": document.composed_at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "sender": "E08000018",
        "recipient": "E08000039",
        "urgency": "urgent",
        "due_on": "2026-12-29",
        "link": f"https://placewatch.example/inbox/{document.id}/",
    }
    assert b"CANARY" not in request["body"]
    assert not any("CANARY" in value for value in request["headers"].values())
    assert "cookie" not in request["headers"]


def test_nothing_is_sent_before_the_commit_or_within_a_transaction(post, worker):
    with worker(), acting_for(service(post.sender.id), "test"), pytest.raises(RuntimeError, match="durable"):
        delivery.deliver_due()


def test_an_endpoint_that_ended_gets_no_envelope_and_no_endpoint_is_no_error(post):
    with acting_for(service(post.recipient.id), "test"):
        post.endpoint.ended_at = clock.now()
        post.endpoint.save(update_fields=["ended_at"])
    document = post.send()
    with acting_for(service(post.sender.id), "test"):
        assert not Delivery.objects.filter(document=document).exists()


@pytest.mark.parametrize(
    ("answer", "outcome", "http_status"),
    [
        (receivers.status(500), Outcome.REFUSED, 500),
        (receivers.status(401), Outcome.REFUSED, 401),
        (receivers.status(410), Outcome.REFUSED, 410),
        (receivers.status(429, retry_after="7"), Outcome.REFUSED, 429),
        (receivers.status(302, location="http://127.0.0.1:1/"), Outcome.REDIRECTED, 302),
        (receivers.status(304), Outcome.REDIRECTED, 304),
        (receivers.endless_redirect, Outcome.REDIRECTED, 302),
        (receivers.reset, Outcome.BROKEN_OFF, None),
        (receivers.take_and_cut, Outcome.BROKEN_OFF, None),
        (receivers.drip, Outcome.TIMED_OUT, None),
    ],
)
def test_every_fault_is_written_down_and_tried_again_until_it_is_given(
    post, receiver, worker, monkeypatch, answer, outcome, http_status
):
    monkeypatch.setattr(webhook, "TOTAL_SECONDS", 0.5)
    receiver.answers = [answer]
    document = post.send()
    with worker():
        delivery.deliver_due()
        envelope = post.delivery(document)
        assert (envelope.state, envelope.attempts_made, envelope.lease) == (State.QUEUED, 1, None)
        assert envelope.next_at > envelope.created_at
        assert delivery.deliver_due() == 0, "nothing is due before the wait has passed"
        make_due(document)
        delivery.deliver_due()
    assert [(one.number, one.outcome, one.http_status) for one in post.attempts(document)] == [
        (1, outcome, http_status),
        (2, Outcome.TAKEN, 200),
    ]
    assert {request["headers"]["webhook-id"] for request in receiver.requests} == {str(envelope.id)}
    assert set(receiver.taken) == {str(envelope.id)}


def test_a_receiver_that_is_not_there_is_tried_again(post, receiver, worker):
    document = post.send()
    # Its thread looks at the port until it is told not to, and would keep it open for a moment.
    receiver.server.shutdown()
    receiver.server.server_close()
    with worker():
        delivery.deliver_due()
    assert [one.outcome for one in post.attempts(document)] == [Outcome.NOT_CONNECTED]


def test_an_address_that_is_no_longer_allowed_is_not_called(post, receiver, worker, settings):
    document = post.send()
    settings.LOOPBACK_RECEIVERS = False
    with worker():
        delivery.deliver_due()
    assert [one.outcome for one in post.attempts(document)] == [Outcome.ADDRESS_REFUSED]
    assert receiver.requests == []


def test_a_secret_that_cannot_be_read_is_our_fault_and_holds_up_nobody(post, receiver, worker, settings):
    first = post.send()
    readable = settings.FIELD_KEY
    settings.FIELD_KEY = bytes(32)
    with worker():
        delivery.deliver_due()
        settings.FIELD_KEY = readable
        second = post.send()
        delivery.deliver_due()
    assert [one.outcome for one in post.attempts(first)] == [Outcome.OUR_FAULT]
    assert post.delivery(second).state == State.GIVEN


def test_a_proxy_of_the_environment_has_no_effect(post, receiver, worker, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    document = post.send()
    with worker():
        delivery.deliver_due()
    assert post.delivery(document).state == State.GIVEN


def test_retry_after_is_obeyed_within_one_to_two_steps(post, receiver, worker):
    waits = []
    for asked in ("1", "7", "3600"):
        receiver.answers = [receivers.status(503, retry_after=asked)]
        document = post.send()
        with worker():
            delivery.deliver_due()
        waits.append((post.delivery(document).next_at - post.attempts(document)[0].ended_at).total_seconds())
    assert waits == [5, 7, 10]


def test_after_the_last_attempt_a_person_of_the_sender_has_a_duty(post, receiver, worker):
    document = post.send()
    with worker():
        for _ in range(schedule.ATTEMPTS):
            receiver.answers = [receivers.status(500)]
            make_due(document)
            assert delivery.deliver_due() == 1
        assert delivery.deliver_due() == 0
    envelope = post.delivery(document)
    assert (envelope.state, envelope.attempts_made, envelope.given_at) == (State.UNDELIVERABLE, 49, None)
    assert [one.number for one in post.attempts(document)] == list(range(1, 50))
    with acting_for(service(post.sender.id), "test"):
        [duty] = Duty.objects.filter(kind="notice_not_delivered")
        assert (duty.basis, duty.subject_id, duty.subject_reference) == (
            Basis.PRACTICE,
            document.id,
            document.reference,
        )
        assert duty.due_on == clock.today()
        assert "Sheffield" in duty.title
        assert "CANARY" not in json.dumps([duty.title, duty.working])


def test_the_duty_about_a_closed_address_does_not_name_the_recipient(post, receiver, worker):
    document = post.send(only_for=[uuid4()])
    with worker():
        Delivery.objects.filter(document=document).update(attempts_made=schedule.ATTEMPTS - 1)
        receiver.answers = [receivers.status(500)]
        assert delivery.deliver_due() == 1
    with acting_for(service(post.sender.id), "test"):
        [duty] = Duty.objects.filter(kind="notice_not_delivered")
        assert document.reference in duty.title
        assert "Sheffield" not in json.dumps([duty.title, duty.working, duty.subject_reference])


def test_a_worker_whose_lease_ran_out_writes_nothing(post, receiver, worker):
    document = post.send()
    with worker():
        [late] = outbox.claim(10)
        run_out_leases()
        assert results.settle(late, webhook.Reply(Outcome.TAKEN, 200)) is False
        assert results.recover() == 1
        assert results.settle(late, webhook.Reply(Outcome.TAKEN, 200)) is False
        make_due(document)
        [second] = outbox.claim(10)
        assert results.settle(late, webhook.Reply(Outcome.REFUSED, 500)) is False
        assert results.settle(second, webhook.Reply(Outcome.TAKEN, 200)) is True
    assert [(one.number, one.outcome) for one in post.attempts(document)] == [
        (1, Outcome.INTERRUPTED),
        (2, Outcome.TAKEN),
    ]


def test_a_lease_that_holds_is_not_recovered(post, worker):
    post.send()
    with worker():
        [held] = outbox.claim(10)
        assert results.recover() == 0
        assert outbox.claim(10) == []
        assert results.settle(held, webhook.Reply(Outcome.TAKEN, 200)) is True


def test_moving_the_storys_clock_ends_no_lease_and_signs_the_real_time(post, receiver, worker):
    clock.set_to(clock.now() + timedelta(days=200))
    document = post.send()
    with worker():
        [held] = outbox.claim(10)
        clock.set_to(clock.now() + timedelta(days=2))
        assert results.recover() == 0
        results.settle(held, webhook.Reply(Outcome.REFUSED, 500))
        clock.set_to(clock.now() + timedelta(minutes=1))
        assert delivery.deliver_due() == 1
    assert receiver.rejected == []
    assert post.delivery(document).state == State.GIVEN


def test_two_workers_share_the_work_and_never_hold_the_same_envelope(post, receiver, worker):
    documents = [post.send() for _ in range(60)]
    start = Barrier(2)
    tries: list[int] = []

    def work():
        start.wait()
        try:
            tries.append(delivery.deliver_due())
        finally:
            connection.close()

    with worker():
        workers = [Thread(target=work) for _ in range(2)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
    assert sum(tries) == 60
    assert len(receiver.taken) == len(set(receiver.taken)) == 60
    assert receiver.most_at_once_of_one == 1
    assert {UUID(one) for one in receiver.taken} == {post.delivery(document).id for document in documents}


def test_claims_of_two_open_transactions_do_not_overlap(post, worker):
    for _ in range(4):
        post.send()
    with worker():
        parameters = connection.get_connection_params()
        with psycopg.connect(
            **{key: parameters[key] for key in ("host", "port", "user", "password", "dbname")}
        ) as other:
            first = {row[0] for row in other.execute(outbox.CLAIM, outbox.claim_parameters(1)).fetchall()}
            second = {claimed.delivery_id for claimed in outbox.claim(10)}
            other.rollback()
        assert len(first) == 1
        assert len(second) == 2, "the lane's room, as the second saw it"
        assert first.isdisjoint(second)


def test_the_log_book_says_how_a_delivery_ended_and_nothing_about_a_child(post, worker):
    document = post.send()
    with worker():
        delivery.deliver_due()
    with acting_for(service(post.sender.id), "test"), connection.cursor() as cursor:
        cursor.execute("select operation, outcome, detail::text from audit_logentry order by id")
        lines = cursor.fetchall()
    assert ("deliveries.end", "given", '{"attempts": 1}') in lines
    assert [line[0] for line in lines if line[0].startswith("documents")] == ["documents.compose"]
    assert not any("CANARY" in line[2] for line in lines)
    assert document.reference.startswith("N-")
