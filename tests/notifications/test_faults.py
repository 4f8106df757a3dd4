"""Whatever fails, in whatever order: are attempts numbered without a gap, and is every notice given once?"""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import clock
from notifications.channels import Reply
from notifications.delivery import outbox, results, schedule
from notifications.models import Attempt, Delivery, Endpoint
from notifications.states import State

Outcome = Attempt.Outcome
# What a further try may mend.
ENDS = {Outcome.TAKEN, Outcome.POSTED, Outcome.BOUNCED, Outcome.ADDRESS_ENDED}
FAULTS = [Reply(outcome) for outcome in Outcome if outcome not in {*ENDS, Outcome.INTERRUPTED}]
TAKEN = Reply(Outcome.TAKEN, 200)

# What happens at one step of a delivery's life; "late" is a worker that comes back after its lease ran out.
STEPS = st.one_of(
    st.tuples(st.just("fails"), st.sampled_from(FAULTS)),
    st.tuples(st.just("crashes"), st.none()),
    st.tuples(st.just("comes late"), st.sampled_from([*FAULTS, TAKEN])),
    st.tuples(st.just("another claims first"), st.sampled_from(FAULTS)),
)


def run_out_and_recover() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update notifications_delivery set leased_until = clock_timestamp() - interval '1 s' "
            "where state = 'sending'"
        )
    results.recover()


def make_due(document) -> None:
    Delivery.objects.filter(document=document).update(next_at=clock.now() - timedelta(seconds=1))
    Endpoint.objects.update(rests_until=None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_attempts_are_numbered_without_a_gap_and_a_notice_is_given_once(post, worker, steps):
    document = post.send()
    expected = []
    with worker():
        for what, reply in steps:
            make_due(document)
            [held] = outbox.claim(10)
            if what == "fails":
                assert results.settle(held, reply)
                expected.append(reply.outcome)
            elif what == "another claims first":
                assert outbox.claim(10) == []
                assert results.settle(held, reply)
                assert not results.settle(held, TAKEN), "a result is written once"
                expected.append(reply.outcome)
            else:
                run_out_and_recover()
                expected.append(Outcome.INTERRUPTED)
                if what == "comes late":
                    assert not results.settle(held, reply)
        make_due(document)
        [held] = outbox.claim(10)
        assert results.settle(held, TAKEN)
        assert outbox.claim(10) == []
        assert results.recover() == 0
    expected.append(Outcome.TAKEN)
    attempts = post.attempts(document)
    assert [one.number for one in attempts] == list(range(1, len(expected) + 1))
    assert [one.outcome for one in attempts] == expected
    assert all(one.started_at <= one.ended_at for one in attempts)
    envelope = post.delivery(document)
    assert (envelope.state, envelope.attempts_made) == (State.GIVEN, len(expected))


@pytest.mark.parametrize("last", ["fails", "crashes"])
def test_the_49th_attempt_ends_it_however_it_fails(post, worker, last):
    document = post.send()
    with worker():
        for attempt in range(1, schedule.ATTEMPTS + 1):
            make_due(document)
            [held] = outbox.claim(1)
            if attempt == schedule.ATTEMPTS and last == "crashes":
                run_out_and_recover()
            else:
                results.settle(held, FAULTS[0])
    assert post.delivery(document).state == State.UNDELIVERABLE
