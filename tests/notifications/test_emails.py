"""Is an e-mail sent once, and does a bounce become somebody's task? The real client, against the storm's GOV.UK Notify."""

import json
import time
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from notifications_python_client import authentication

from accounts.acting import acting_for, operator, service
from db import clock
from duties.models import Duty
from notifications.delivery import delivery, emails, outbox, schedule
from notifications.models import Attempt, Contact, Delivery
from notifications.states import State
from storm.notify import API_KEY, TEMPLATE_ID
from tests.notifications import notify as notifies
from tests.notifications.test_deliver import make_due

Outcome = Attempt.Outcome
ADDRESS = "notices@sheffield.example"
DELIVERED, BOUNCED = "delivered", "permanent-failure"
CLOCK = (403, b'{"errors": [{"error": "AuthError", "message": "Error: Your system clock"}]}')


@pytest.fixture
def notify(post, settings, tmp_path):
    """GOV.UK Notify, and a recipient who has an address on file and no system."""
    with notifies.running(tmp_path) as server:
        settings.NOTIFY_API_KEY, settings.NOTIFY_URL = API_KEY, server.url
        settings.NOTIFY_TEMPLATES = dict.fromkeys(("notice", "new_lines"), TEMPLATE_ID)
        with acting_for(service(post.recipient.id), "test"):
            post.endpoint.ended_at = clock.now()
            post.endpoint.save(update_fields=["ended_at"])
        on_file(post, Contact.Purpose.PLACEMENT_NOTICES, email=ADDRESS)
        yield server


def on_file(post, purpose, **how):
    with acting_for(operator(post.recipient.id), "test"):
        Contact.objects.create(
            authority=post.recipient,
            purpose=purpose,
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 1, 1),
            confirmed_by="Nadia Clarke",
            **how,
        )


def end_as(server, ending: str) -> None:
    """Let what was taken so far end so, a while ago."""
    server.record.write("update email set ending = ?, taken_at = taken_at - 60", [ending])


def ask(post) -> int:
    with acting_for(service(post.sender.id), "test"):
        Delivery.objects.filter(state=State.POSTED).update(next_at=clock.now() - timedelta(seconds=1))
    return emails.ask_due()


def held(server) -> list[tuple]:
    return server.record.read("select reference, address from email")


def test_an_email_is_given_only_once_the_service_says_that_it_was_delivered(post, notify, worker):
    document = post.send()
    with worker():
        assert delivery.deliver_due() == 1
        assert post.delivery(document).state == State.POSTED
        assert ask(post) == 0, "it is on its way"
        end_as(notify, DELIVERED)
        assert ask(post) == 1
    envelope = post.delivery(document)
    assert (envelope.state, envelope.channel, envelope.address) == (State.GIVEN, "email", ADDRESS)
    assert held(notify) == [(str(envelope.id), ADDRESS)]
    assert [one.outcome for one in post.attempts(document)] == [Outcome.POSTED, Outcome.TAKEN]


def test_an_email_whose_answer_was_lost_is_looked_up_and_not_sent_again(post, notify, worker):
    notify.faults = ["after"]
    document = post.send()
    with worker():
        delivery.deliver_due()
        assert post.delivery(document).state == State.QUEUED
        make_due(document)
        delivery.deliver_due()
    assert post.delivery(document).state == State.POSTED
    assert len(held(notify)) == 1


def test_an_email_whose_answer_was_lost_and_that_came_back_is_not_sent_again(post, notify, worker):
    notify.faults = ["after"]
    document = post.send()
    with worker():
        delivery.deliver_due()
        end_as(notify, BOUNCED)
        make_due(document)
        delivery.deliver_due()
    assert post.delivery(document).state == State.UNDELIVERABLE
    assert len(held(notify)) == 1


def test_an_email_that_never_arrived_is_sent_again(post, notify, worker):
    notify.faults = ["before"]
    document = post.send()
    with worker():
        delivery.deliver_due()
        make_due(document)
        delivery.deliver_due()
    assert [one.outcome for one in post.attempts(document)] == [Outcome.REFUSED, Outcome.POSTED]
    assert len(held(notify)) == 1


def test_a_bounce_is_no_notice_and_a_person_has_the_task(post, notify, worker):
    document = post.send()
    with worker():
        delivery.deliver_due()
        end_as(notify, BOUNCED)
        ask(post)
    assert post.delivery(document).state == State.UNDELIVERABLE
    with acting_for(service(post.sender.id), "test"):
        [duty] = Duty.objects.filter(kind="notice_not_delivered")
    assert duty.title == f"Sheffield has not been told: an e-mail to it came back ({document.reference})"
    assert "CANARY" not in json.dumps([duty.title, duty.working])


def test_what_failed_for_a_while_is_sent_again_under_the_same_reference(post, notify, worker):
    document = post.send()
    with worker():
        delivery.deliver_due()
        end_as(notify, "temporary-failure")
        ask(post)
        assert post.delivery(document).state == State.QUEUED
        make_due(document)
        delivery.deliver_due()
    assert post.delivery(document).state == State.POSTED
    assert [row[0] for row in held(notify)] == [str(post.delivery(document).id)] * 2


def test_a_wrong_clock_or_key_of_ours_uses_up_no_try(post, notify, worker):
    notify.refusals = [CLOCK]
    document = post.send()
    with worker():
        Delivery.objects.filter(document=document).update(attempts_made=schedule.ATTEMPTS - 1)
        delivery.deliver_due()
    assert post.delivery(document).state == State.QUEUED
    assert [one.outcome for one in post.attempts(document)] == [Outcome.OUR_FAULT]


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-1), timedelta(seconds=31), timedelta(days=1)])
def test_a_worker_whose_clock_is_wrong_is_refused_nothing(post, notify, worker, monkeypatch, wrong_by):
    real = time.time
    monkeypatch.setattr(authentication, "epoch_seconds", lambda: int(real() + wrong_by.total_seconds()))
    document = post.send()
    with worker():
        delivery.deliver_due()
        end_as(notify, DELIVERED)
        ask(post)
    assert post.delivery(document).state == State.GIVEN
    assert notify.record.read("select * from refused") == []


def test_a_fault_of_ours_waits_half_a_minute_each_time_and_the_receiver_is_then_tried_as_if_it_had_not_been(
    post, notify, worker
):
    def waits() -> float:
        make_due(document)
        delivery.deliver_due()
        last = post.attempts(document)[-1]
        return (post.delivery(document).next_at - last.ended_at).total_seconds()

    document = post.send()
    with worker():
        for _ in range(6):
            notify.refusals = [CLOCK]
            assert 24 <= waits() <= 36
        notify.refusals = [(500, b"{}")]
        assert 4 <= waits() <= 6, "the first step of the schedule"


def test_an_address_that_is_none_ends_at_once(post, notify, worker):
    body = b'{"errors": [{"error": "ValidationError", "message": "email_address Not a valid email address"}]}'
    notify.refusals = [(400, body)]
    document = post.send()
    with worker():
        delivery.deliver_due()
    assert post.delivery(document).state == State.UNDELIVERABLE


def test_too_many_at_once_wait_as_long_as_the_schedule_allows(post, notify, worker):
    notify.refusals = [(429, b'{"errors": [{"error": "RateLimitError", "message": "Exceeded rate limit"}]}')]
    document = post.send()
    with worker():
        delivery.deliver_due()
    envelope = post.delivery(document)
    assert (envelope.next_at - post.attempts(document)[0].ended_at).total_seconds() == 10, "twice the first step"


def test_a_recipient_with_a_system_of_its_own_gets_no_email_beside_it(post, settings, worker):
    settings.NOTIFY_API_KEY = API_KEY
    on_file(post, Contact.Purpose.PLACEMENT_NOTICES, email=ADDRESS)
    document = post.send()
    assert post.delivery(document).channel == "webhook"


def test_without_an_email_service_nothing_waits_for_one(post, notify, settings):
    settings.NOTIFY_API_KEY = ""
    document = post.send()
    with acting_for(service(post.sender.id), "test"):
        assert not Delivery.objects.filter(document=document).exists()


def test_a_mail_server_serves_too_and_says_nothing_about_a_child(post, notify, settings, worker):
    settings.NOTIFY_API_KEY, settings.EMAIL_HOST = "", "mail.example"
    document = post.send()
    with worker():
        delivery.deliver_due()
    [sent] = mail.outbox
    assert post.delivery(document).state == State.GIVEN
    assert sent.to == [ADDRESS]
    assert document.reference in sent.subject
    assert f"/inbox/{document.id}/" in sent.body
    assert "CANARY" not in sent.message().as_string()


def test_a_call_from_the_email_service_makes_a_worker_ask_and_is_believed_in_nothing(
    post, notify, settings, monkeypatch
):
    settings.NOTIFY_CALLBACK_TOKEN = "a token"
    asked = []
    monkeypatch.setattr(outbox, "nudge", lambda *words: asked.append(words))
    document = post.send()
    asked.clear()
    told = {"reference": str(post.delivery(document).id), "status": "delivered"}

    def call(token: str):
        headers = {"Authorization": f"Bearer {token}"}
        return Client().post("/callbacks/notify/", json.dumps(told), "application/json", headers=headers).status_code

    assert (call("another"), asked) == (401, [])
    assert call("a token") == 204
    assert asked == [("notifications.tasks.ask_about_emails", told["reference"])]
    assert post.delivery(document).state == State.QUEUED


def test_nobody_without_the_right_may_address_an_email(post):
    with acting_for(service(post.recipient.id), "test"), connection.cursor() as cursor:
        document = post.send()
        cursor.execute("select address_email(%s, %s)", [document.id, "somebody@elsewhere.example"])
        assert cursor.fetchone()[0] == 0
