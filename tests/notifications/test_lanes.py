"""Does a receiver that fails hold up anybody but itself, and is it ever given up?"""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from accounts.acting import acting_for, operator, service
from db import clock
from duties.models import Duty
from notifications.channels import Reply
from notifications.delivery import circuits, delivery, endpoints, outbox, results, schedule
from notifications.models import Attempt, Delivery, Endpoint
from notifications.states import State
from tests.notifications import receiver as receivers
from tests.notifications.post import compose, host_officer
from tests.notifications.test_deliver import make_due

Outcome = Attempt.Outcome
FAILED, TAKEN = Reply(Outcome.TIMED_OUT), Reply(Outcome.TAKEN, 200)


def endpoint() -> Endpoint:
    return Endpoint.objects.get()


def fail(post, times: int) -> None:
    for _ in range(times):
        post.send()
        with connection.cursor() as cursor:
            cursor.execute("update notifications_endpoint set rests_until = null")
        results.settle(outbox.claim(50)[0], FAILED)


def test_two_calls_at_most_are_made_to_one_receiver_at_once(post, worker):
    for _ in range(5):
        post.send()
    with worker():
        held = outbox.claim(50)
        assert len(held) == 2
        assert outbox.claim(50) == []
        results.settle(held[0], TAKEN)
        assert len(outbox.claim(50)) == 1


def test_a_receiver_that_failed_is_probed_by_one_call(post, worker):
    with worker():
        fail(post, 1)
        for _ in range(3):
            post.send()
        assert len(outbox.claim(50)) == 1


def test_after_five_failures_its_circuit_opens_and_the_first_answer_closes_it(post, worker):
    with worker():
        fail(post, 5)
        assert endpoint().rests_until > clock.now()
        document = post.send()
        assert outbox.claim(50) == []
        clock.set_to(clock.now() + timedelta(seconds=30))
        held = outbox.claim(50)
        assert len(held) == 1, "half open: one probe"
        results.settle(held[0], TAKEN)
        assert (endpoint().failures, endpoint().failing_since, endpoint().rests_until) == (0, None, None)
        assert len(outbox.claim(50)) == 2
    assert post.delivery(document).attempts_made == 0 or post.delivery(document).state == State.GIVEN


@pytest.mark.parametrize(("failures", "seconds"), [(5, 5), (6, 10), (10, 160), (14, 1800), (500, 1800)])
def test_it_rests_ever_longer_and_half_an_hour_at_most(failures, seconds):
    assert circuits.rest(failures) == timedelta(seconds=seconds)


def test_others_are_served_while_one_rests(post, receiver, worker):
    with receivers.running() as other:
        with acting_for(operator(post.sender.id), "test"):
            _, other.secret = endpoints.add_endpoint(
                authority_id=post.sender.id, url=other.url, by="Operator", at=clock.now()
            )
        with worker():
            fail(post, 6)
            with acting_for(host_officer(post.recipient.id), "test"):
                compose(post.recipient.id, post.sender.id)
            delivery.deliver_due()
        assert (len(other.taken), receiver.taken) == (1, [])


def test_after_an_hour_its_own_people_have_a_task_to_look(post, worker):
    with worker():
        fail(post, 5)
        clock.set_to(clock.now() + timedelta(minutes=61))
        fail(post, 1)
    with acting_for(service(post.recipient.id), "test"):
        [duty] = Duty.objects.filter(kind="endpoint_failing")
    assert duty.title == "Our system does not take notices: have it put right"
    with acting_for(service(post.sender.id), "test"):
        assert not Duty.objects.filter(kind="endpoint_failing").exists(), "a sender learns nothing of their systems"


def test_a_fault_of_ours_says_nothing_about_the_receiver(post, worker):
    document = post.send()
    with worker():
        for _ in range(6):
            make_due(document)
            [held] = outbox.claim(1)
            results.settle(held, Reply(Outcome.OUR_FAULT))
        assert endpoint().failures == 0


def test_what_waits_in_a_closed_lane_past_its_last_day_ends_and_is_somebodys_task(post, worker):
    with worker():
        fail(post, 5)
        document = post.send()
        clock.set_to(clock.now() + schedule.GIVE_UP_AFTER + timedelta(hours=1))
        with connection.cursor() as cursor:
            cursor.execute("update notifications_endpoint set rests_until = placewatch_now() + interval '1 day'")
        held = {one.document_id: one for one in outbox.claim(50)}
        results.settle(held[document.id], FAILED)
    assert post.delivery(document).state == State.UNDELIVERABLE
    with acting_for(service(post.sender.id), "test"):
        assert Duty.objects.filter(kind="notice_not_delivered").exists()


def test_what_waits_for_an_address_that_ended_is_a_persons_task(post, worker):
    document = post.send()
    with acting_for(operator(post.recipient.id), "test") as by:
        endpoints.end(post.endpoint.id, by=by, at=clock.now())
    with worker():
        delivery.deliver_due()
    assert post.delivery(document).state == State.UNDELIVERABLE
    assert [one.outcome for one in post.attempts(document)] == [Outcome.ADDRESS_ENDED]


def test_a_result_outlives_a_short_absence_of_the_database(post, receiver, worker, monkeypatch):
    document = post.send()
    tries = []
    real = results.settle_all

    def lost_once(these):
        tries.append(these)
        if len(tries) == 1:
            raise OperationalError("the server closed the connection")
        return real(these)

    monkeypatch.setattr(results, "settle_all", lost_once)
    monkeypatch.setattr(delivery, "TRY_AGAIN_SECONDS", 0)
    with worker():
        delivery.deliver_due()
    assert (len(tries), Delivery.State(post.delivery(document).state)) == (2, State.GIVEN)
    assert len(receiver.taken) == 1, "nothing was sent twice for it"


def test_results_that_come_together_are_written_by_one_commit(post, worker):
    documents = [post.send() for _ in range(2)]
    with worker():
        held = outbox.claim(50)
        assert results.settle_all([(one, TAKEN) for one in held]) == {one.delivery_id for one in held}
        with connection.cursor() as cursor:
            cursor.execute("select count(distinct xmin::text) from notifications_attempt")
            assert cursor.fetchone()[0] == 1, "one transaction wrote them"
    assert [Delivery.State(post.delivery(one).state) for one in documents] == [State.GIVEN] * 2
    assert [[one.outcome for one in post.attempts(document)] for document in documents] == [[Outcome.TAKEN]] * 2


def test_a_result_that_cannot_be_written_takes_none_of_the_others_with_it(post, worker, monkeypatch, caplog):
    first, second = (post.send() for _ in range(2))
    bad = post.delivery(first).id
    real = results.write

    def write(these):
        if any(one.claimed.delivery_id == bad for one in these):
            raise ValueError("this one cannot be written")
        return real(these)

    monkeypatch.setattr(results, "write", write)
    with worker():
        delivery._settle([(one, TAKEN) for one in outbox.claim(50)])
    assert [Delivery.State(post.delivery(one).state) for one in (first, second)] == [State.SENDING, State.GIVEN]
    assert str(bad) in caplog.text


def test_of_results_that_come_together_only_those_whose_lease_holds_are_written(post, worker):
    for _ in range(2):
        post.send()
    with worker():
        late, in_time = outbox.claim(50)
        with connection.cursor() as cursor:
            cursor.execute(
                "update notifications_delivery set leased_until = clock_timestamp() - interval '1 s' where id = %s",
                [late.delivery_id],
            )
        assert results.settle_all([(late, TAKEN), (in_time, TAKEN)]) == {in_time.delivery_id}
        assert results.recover() == 1
