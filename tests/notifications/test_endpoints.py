"""Who lets notices go to an authority's own system, and does a change of secret lose any?"""

import json
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from accounts.acting import Actor, acting_for, service
from accounts.roles import Role
from audit.models import LogEntry
from db import clock
from notifications.delivery import delivery, endpoints, replays
from notifications.exceptions import (
    EndpointHasEnded,
    NothingToReplay,
    NotProvedYet,
    ReplayReasonMissing,
    SecondPersonNeeded,
    UnderWayAlready,
)
from notifications.models import Attempt, Delivery, Endpoint
from notifications.states import State
from tests import factories
from tests.notifications import receiver as receivers
from tests.notifications.post import SENDER_CODE, compose, placement_officer

DAY = timedelta(days=1)


def administrator(authority_id) -> Actor:
    return Actor(authority_id, Role.ADMINISTRATOR, "An administrator", person_id=uuid4())


def answering(secret_of) -> receivers.Callable:
    """Answer a challenge with what `secret_of()` proves."""

    def answer(receiver, request, message_id):
        asked = receiver.requests[-1]["json"]
        body = json.dumps({"proof": endpoints.proof(secret_of(), asked["challenge"])}).encode()
        request.send_response(200)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


@pytest.fixture
def ours(post):
    """Whoever adds, whoever agrees, and the system of theirs."""
    first, second = (administrator(post.sender.id) for _ in range(2))
    with receivers.running() as system:
        with acting_for(first, "test"):
            made, system.secret = endpoints.propose(system.url, by=first, at=clock.now())
        yield first, second, system, made


def challenge(actor, made, worker) -> None:
    with acting_for(actor, "test"):
        endpoints.ask_for_proof(made.id, by=actor, at=clock.now())
    with worker():
        endpoints.challenge_due()


def now_of(actor, made) -> Endpoint:
    with acting_for(service(actor.authority_id), "test"):
        return Endpoint.objects.get(id=made.id)


def test_it_is_live_after_its_proof_and_a_second_persons_word(ours, worker):
    first, second, system, made = ours
    assert now_of(first, made).live_from is None
    with acting_for(second, "test"), pytest.raises(NotProvedYet):
        endpoints.agree(made.id, by=second, at=clock.now())
    system.answers = [answering(lambda: system.secret)]
    challenge(first, made, worker)
    assert now_of(first, made).proved_at is not None
    with acting_for(first, "test"), pytest.raises(SecondPersonNeeded):
        endpoints.agree(made.id, by=first, at=clock.now())
    with acting_for(second, "test"):
        endpoints.agree(made.id, by=second, at=clock.now())
    assert now_of(first, made).live_from is not None


def test_a_system_is_no_second_person(ours, worker):
    first, _, system, made = ours
    system.answers = [answering(lambda: system.secret)]
    challenge(first, made, worker)
    client = Actor(first.authority_id, Role.MANAGER, "A system", client_id=uuid4())
    with acting_for(client, "test"), pytest.raises(SecondPersonNeeded):
        endpoints.agree(made.id, by=client, at=clock.now())


@pytest.mark.parametrize(
    "answer", [receivers.status(200), answering(lambda: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0"), receivers.status(500)]
)
def test_whoever_cannot_prove_it_holds_the_secret_is_not_proved(ours, worker, answer):
    first, _, system, made = ours
    system.answers = [answer]
    challenge(first, made, worker)
    found = now_of(first, made)
    assert (found.proved_at, found.challenge_at) == (None, None)
    assert found.challenge_outcome


def test_nothing_is_sent_to_an_address_that_is_not_live(post, ours, worker):
    _, _, system, _ = ours
    with acting_for(placement_officer(post.recipient.id), "test"):
        compose(post.recipient.id, post.sender.id)
    with worker():
        delivery.deliver_due()
    assert system.requests == []


def test_during_a_rotation_a_message_is_signed_with_both_secrets_and_then_with_one(post, receiver, worker):
    by = administrator(post.recipient.id)
    old = receiver.secret
    with acting_for(by, "test"):
        new = endpoints.rotate(post.endpoint.id, overlap=DAY, by=by, at=clock.now())
    post.send()
    with worker():
        delivery.deliver_due()
    assert receiver.rejected == [], "the receiver that still has the old secret takes it"
    request = receiver.requests[-1]
    Webhook(new).verify(request["body"], request["headers"])
    clock.set_to(clock.now() + DAY + timedelta(minutes=1))
    receiver.secret = new
    post.send()
    with worker():
        delivery.deliver_due()
    assert receiver.rejected == []
    request = receiver.requests[-1]
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(request["body"], request["headers"])


def test_a_leaked_secret_ends_at_once(post, receiver, worker):
    by = administrator(post.recipient.id)
    with acting_for(by, "test"):
        endpoints.rotate(post.endpoint.id, overlap=timedelta(0), by=by, at=clock.now())
    post.send()
    with worker():
        delivery.deliver_due()
    assert len(receiver.rejected) == 1


def test_two_secrets_at_most(post):
    by = administrator(post.recipient.id)
    with acting_for(by, "test"):
        endpoints.rotate(post.endpoint.id, overlap=DAY, by=by, at=clock.now())
        with pytest.raises(UnderWayAlready):
            endpoints.rotate(post.endpoint.id, overlap=DAY, by=by, at=clock.now())
        endpoints.rotate(post.endpoint.id, overlap=timedelta(0), by=by, at=clock.now())


def test_twenty_rotations_under_load_refuse_nothing(post, receiver, worker):
    by = administrator(post.recipient.id)
    for _ in range(20):
        with acting_for(by, "test"):
            new = endpoints.rotate(post.endpoint.id, overlap=DAY, by=by, at=clock.now())
        post.send()
        with worker():
            delivery.deliver_due()
        receiver.secret = new
        post.send()
        with worker():
            delivery.deliver_due()
        clock.set_to(clock.now() + DAY + timedelta(seconds=1))
    assert (receiver.rejected, len(receiver.taken)) == ([], 40)


def test_an_address_that_ended_stays_ended(post):
    by = administrator(post.recipient.id)
    with acting_for(by, "test"):
        endpoints.end(post.endpoint.id, by=by, at=clock.now())
        for again in (endpoints.end, endpoints.agree, endpoints.ask_for_proof):
            with pytest.raises(EndpointHasEnded):
                again(post.endpoint.id, by=by, at=clock.now())


@pytest.fixture
def dead(post, receiver, worker):
    """A notice that could not be delivered."""
    document = post.send()
    with worker():
        Delivery.objects.filter(document=document).update(attempts_made=48)
        receiver.answers = [receivers.status(500)]
        delivery.deliver_due()
    assert post.delivery(document).state == State.UNDELIVERABLE
    return document


def test_a_dead_letter_is_sent_again_as_a_new_row_for_a_reason_and_once(post, receiver, dead, worker):
    officer = factories.person(SENDER_CODE)
    with acting_for(officer, "test"):
        with pytest.raises(ReplayReasonMissing):
            replays.replay(replays.Which(), reason=" ", by=officer, at=clock.now())
        [new] = replays.replay(replays.Which(), reason="Their system is back", by=officer, at=clock.now()).made
        with pytest.raises(NothingToReplay):
            replays.replay(replays.Which(), reason="Again", by=officer, at=clock.now())
        old = Delivery.objects.get(document=dead, replays=None)
        assert (old.state, old.attempts_made) == (State.UNDELIVERABLE, 49)
    with worker():
        Endpoint.objects.update(rests_until=None)
        delivery.deliver_due()
    with acting_for(officer, "test"):
        again = Delivery.objects.get(id=new)
        assert (again.state, again.replays_id, again.reason) == (State.GIVEN, old.id, "Their system is back")
        assert [one.outcome for one in again.attempts.all()] == [Attempt.Outcome.TAKEN]
    assert receiver.taken == [str(new)]


def test_only_what_the_filter_means_is_sent_again(post, dead):
    officer = factories.person(SENDER_CODE)
    with acting_for(officer, "test"):
        for which in (
            replays.Which(recipient_id=post.sender.id),
            replays.Which(channel="email"),
            replays.Which(ended_from=clock.now() + DAY),
            replays.Which(ended_before=clock.now() - DAY),
            replays.Which(kind="new_date"),
            replays.Which(endpoint_id=uuid4()),
            replays.Which(delivery_id=uuid4()),
        ):
            with pytest.raises(NothingToReplay):
                replays.replay(which, reason="Corrected", by=officer, at=clock.now())
        meant = replays.Which(
            recipient_id=post.recipient.id,
            endpoint_id=post.endpoint.id,
            channel="webhook",
            kind="placement_notice",
            ended_from=clock.now() - DAY,
            ended_before=clock.now() + DAY,
        )
        made = replays.replay(meant, reason="Corrected", by=officer, at=clock.now()).made
        [again] = replays.sent_again(officer.authority_id)
        assert (made, again.reason, again.document_id) == ([again.id], "Corrected", dead.id)
        told = LogEntry.objects.get(operation="deliveries.replay").detail
        assert told["kind"] == "placement_notice", "the log-book says what was meant"


def test_the_command_sends_again_what_its_filter_means_and_lists_it(post, dead):
    def ran(**only) -> str:
        printed = StringIO()
        call_command("replay_deliveries", authority=SENDER_CODE, reason="Corrected", stdout=printed, **only)
        return printed.getvalue()

    for only in ({"kind": "new_date"}, {"endpoint": uuid4()}, {"before": datetime.fromisoformat("2026-01-01")}):
        with pytest.raises(CommandError, match="Nothing"):
            ran(**only)
    said = ran(kind="placement_notice", endpoint=post.endpoint.id, since=datetime.fromisoformat("2026-01-01"))
    assert said == f"{dead.reference} to Sheffield, webhook\n1 queued again\n"


def test_another_authoritys_dead_letters_are_not_there(post, dead):
    stranger = placement_officer(post.recipient.id)
    with acting_for(stranger, "test"), pytest.raises(NothingToReplay):
        replays.replay(replays.Which(), reason="Corrected", by=stranger, at=clock.now())
