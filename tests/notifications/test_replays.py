"""Where does what could not be delivered go when somebody sends it again? To where its recipient is now."""

from datetime import timedelta

import pytest

from accounts.acting import acting_for, operator, service
from db import clock
from duties.actions import close_as_met
from duties.models import Duty
from notifications.delivery import delivery, endpoints, replays
from notifications.models import Attempt, Contact, Delivery
from notifications.states import State
from tests import factories
from tests.notifications import receiver as receivers
from tests.notifications.post import SENDER_CODE


@pytest.fixture
def officer(post):
    return factories.person(SENDER_CODE)


@pytest.fixture
def ended(post, worker):
    """A notice that its recipient's only system did not take, because it had ended."""
    document = post.send()
    with acting_for(operator(post.recipient.id), "test") as them:
        endpoints.end(post.endpoint.id, by=them, at=clock.now())
    with worker():
        delivery.deliver_due()
    assert post.delivery(document).state == State.UNDELIVERABLE
    return document


def again(officer) -> replays.Replayed:
    with acting_for(officer, "test"):
        return replays.replay(replays.Which(), reason="They have moved", by=officer, at=clock.now())


def duties(officer) -> list[Duty]:
    with acting_for(officer, "test"):
        return list(Duty.objects.filter(kind="notice_not_delivered").order_by("raised_at"))


def on_file(post, email: str) -> None:
    """Sheffield's address for notices, from today."""
    with acting_for(service(post.recipient.id), "test"):
        Contact.objects.filter(authority=post.recipient).delete()
        Contact.objects.create(
            authority=post.recipient,
            purpose=Contact.Purpose.PLACEMENT_NOTICES,
            email=email,
            starts_on=clock.today(),
            confirmed_on=clock.today(),
            confirmed_by="Nadia Clarke",
        )


def test_what_an_ended_system_did_not_take_goes_to_the_one_that_is_live(post, officer, ended, worker):
    with receivers.running() as moved:
        with acting_for(operator(post.recipient.id), "test") as them:
            live, moved.secret = endpoints.add_endpoint(
                authority_id=post.recipient.id, url=moved.url, by=them.name, at=clock.now()
            )
        [new] = again(officer).made
        with worker():
            delivery.deliver_due()
        assert moved.taken == [str(new)]
    with acting_for(officer, "test"):
        sent = Delivery.objects.get(id=new)
        assert (sent.endpoint_id, sent.state) == (live.id, State.GIVEN)
    assert [one.closing for one in duties(officer)] == ["met"]


def test_what_a_live_system_did_not_take_goes_to_the_same_again(post, officer, receiver, worker):
    document = post.send()
    with worker():
        Delivery.objects.filter(document=document).update(attempts_made=48)
        receiver.answers = [receivers.status(500)]
        delivery.deliver_due()
    with receivers.running() as other:
        with acting_for(operator(post.recipient.id), "test") as them:
            endpoints.add_endpoint(
                authority_id=post.recipient.id, url=other.url, by=them.name, at=clock.now() + timedelta(seconds=-1)
            )
        [new] = again(officer).made
    with acting_for(officer, "test"):
        assert Delivery.objects.get(id=new).endpoint_id == post.endpoint.id


def test_of_two_systems_the_one_that_has_it_does_not_get_it_again(post, officer, worker, receiver):
    with receivers.running() as left:
        with acting_for(operator(post.recipient.id), "test") as them:
            _, left.secret = endpoints.add_endpoint(
                authority_id=post.recipient.id, url=left.url, by=them.name, at=clock.now()
            )
        post.send()
        with acting_for(operator(post.recipient.id), "test") as them:
            endpoints.end(post.endpoint.id, by=them, at=clock.now())
        with worker():
            delivery.deliver_due()
        done = again(officer)
        with worker():
            delivery.deliver_due()
        assert (len(left.taken), receiver.taken) == (1, [])
    assert (done.made, done.nowhere, len(done.elsewhere)) == ([], [], 1)
    assert [one.closing for one in duties(officer)] == ["met"]


def test_of_two_systems_that_ended_their_successor_gets_it_once(post, officer, worker):
    with receivers.running() as second, receivers.running() as live:
        with acting_for(operator(post.recipient.id), "test") as them:
            other, _ = endpoints.add_endpoint(
                authority_id=post.recipient.id, url=second.url, by=them.name, at=clock.now()
            )
        post.send()
        with acting_for(operator(post.recipient.id), "test") as them:
            for one in (post.endpoint, other):
                endpoints.end(one.id, by=them, at=clock.now())
        with worker():
            delivery.deliver_due()
        with acting_for(operator(post.recipient.id), "test") as them:
            _, live.secret = endpoints.add_endpoint(
                authority_id=post.recipient.id, url=live.url, by=them.name, at=clock.now()
            )
        done = again(officer)
        with worker():
            delivery.deliver_due()
        assert live.taken == [str(one) for one in done.made]
    assert (len(done.made), done.nowhere, len(done.elsewhere)) == (1, [], 1)
    assert [one.closing for one in duties(officer)] == ["met", "met"]


def test_without_a_live_system_it_goes_by_email_to_todays_address(post, officer, ended, settings):
    settings.EMAIL_HOST = "mail.test"
    on_file(post, "notices@sheffield.test")
    [new] = again(officer).made
    with acting_for(officer, "test"):
        sent = Delivery.objects.get(id=new)
        assert (sent.channel, sent.endpoint_id, sent.address) == ("email", None, "notices@sheffield.test")


def test_an_email_that_came_back_goes_to_the_address_that_was_put_right(post, officer, worker, settings):
    settings.EMAIL_HOST = "mail.test"
    with acting_for(operator(post.recipient.id), "test") as them:
        endpoints.end(post.endpoint.id, by=them, at=clock.now())
    on_file(post, "wrong@sheffield.test")
    document = post.send()
    with worker():
        rows = Delivery.objects.filter(document=document)
        rows.update(state="sending", lease=document.id, leased_until=clock.now())
        rows.update(state="undeliverable", lease=None, leased_until=None, ended_at=clock.now())
    assert post.delivery(document).address == "wrong@sheffield.test"
    on_file(post, "right@sheffield.test")
    [new] = again(officer).made
    with acting_for(officer, "test"):
        assert Delivery.objects.get(id=new).address == "right@sheffield.test"


def test_where_nothing_is_on_file_that_is_said_and_a_person_has_the_task(post, officer, ended):
    done = again(officer)
    assert (done.made, done.nowhere) == ([], [post.delivery(ended).id])
    assert [one.outcome for one in post.attempts(ended)] == [Attempt.Outcome.ADDRESS_ENDED]
    first, second = duties(officer)
    assert (first.closing, second.closing) == ("replaced", "")
    assert second.title == (
        f"Tell Sheffield about {ended.reference} another way: "
        "no system and no e-mail address of its own is on file today"
    )


def test_the_task_comes_back_where_somebody_had_closed_it(post, officer, ended):
    [task] = duties(officer)
    with acting_for(officer, "test"):
        close_as_met(task.id, evidence="I rang them", by=officer.name, at=clock.now())
    again(officer)
    first, second = duties(officer)
    assert (first.closing, second.closed_at) == ("met", None)
