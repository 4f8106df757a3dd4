"""Is an e-mail that came back by SMTP a person's task, and only if it did? A real mail server, and real reports."""

import io
import json
import socket
import sys
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts.acting import acting_for, service
from config import environment
from db import clock
from duties.models import Duty
from notifications import health
from notifications.channels import email, return_address
from notifications.delivery import bounces, delivery, emails, outbox
from notifications.directory import directory_watch
from notifications.models import Attempt, Contact, Delivery
from notifications.states import State
from tests.notifications.test_deliver import make_due
from tests.notifications.test_emails import on_file

Outcome = Attempt.Outcome
ADDRESS = "ooa@dunmere-old.example"
RETURN = "bounces@placewatch.example"


class Kept:
    """What a mail server took: each with the address to which it would come back."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - as aiosmtpd calls it
        self.taken.append(envelope)
        return "250 OK"


@contextmanager
def mail_server():
    kept = Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        kept.port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()


@pytest.fixture
def server(post, settings, tmp_path):
    """A mail server, a folder for what comes back, and a recipient who has an address on file and no system."""
    with mail_server() as kept:
        settings.NOTIFY_API_KEY = ""
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", kept.port
        settings.BOUNCE_ADDRESS, settings.BOUNCE_FOLDER = RETURN, str(tmp_path / "bounces")
        with acting_for(service(post.recipient.id), "test"):
            post.endpoint.ended_at = clock.now()
            post.endpoint.save(update_fields=["ended_at"])
        on_file(post, Contact.Purpose.PLACEMENT_NOTICES, email=ADDRESS)
        yield kept


def report(to: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A report as RFC 3464 has it: words, the status, and the headers of what came back."""
    made = MIMEMultipart("report", report_type="delivery-status")
    made["From"], made["To"], made["Subject"] = "MAILER-DAEMON@mx.dunmere.example", to, "Undelivered Mail"
    made.attach(MIMEText("I'm sorry to have to inform you that your message could not be delivered."))
    told = MIMEBase("message", "delivery-status")
    about, one = Message(), Message()
    about["Reporting-MTA"] = "dns; mx.dunmere.example"
    one["Final-Recipient"], one["Action"], one["Status"] = f"rfc822; {ADDRESS}", action, status
    told.set_payload([about, one])
    made.attach(told)
    made.attach(MIMEText("Subject: A notice waits for you in Placewatch\n", "rfc822-headers"))
    return made.as_bytes()


def qmail_report(to: str) -> bytes:
    """A report of a mail system that does not write RFC 3464."""
    return (
        f"From: MAILER-DAEMON@mx.dunmere.example\nTo: {to}\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mx.dunmere.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{ADDRESS}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\n"
    ).encode()


def nested(to: str) -> bytes:
    """Within the size that is read, and deeper than the library that takes it apart can go."""
    parts = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(3_000))
    return f"To: {to}\n{parts}".encode()


def on_leave(to: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ADDRESS, to, "Automatic reply: away until Monday"
    made["Auto-Submitted"] = "auto-replied"
    made.set_content("I am on leave. Your message could not be read today.")
    return made.as_bytes()


@pytest.fixture
def sent(post, server, worker):
    """A notice that the mail server took, and the address to which its e-mail comes back."""
    document = post.send()
    with worker():
        delivery.deliver_due()
    return SimpleNamespace(document=document, returns_to=server.taken[-1].mail_from)


def read(worker, *messages: bytes) -> int:
    for one in messages:
        bounces.keep(one)
    with worker():
        return bounces.read_waiting()


def waiting(settings) -> list[Path]:
    return [one for name in ("new", "cur") for one in Path(settings.BOUNCE_FOLDER, name).iterdir()]


def test_an_email_by_smtp_has_a_return_address_of_its_own_and_waits(post, server, sent):
    envelope = post.delivery(sent.document)
    assert (envelope.state, sent.returns_to) == (State.POSTED, return_address.of(envelope.id))
    assert len(sent.returns_to.partition("@")[0]) <= 64
    content = server.taken[-1].content.decode()
    assert "From: placewatch@localhost" in content
    assert sent.returns_to not in content, "the token stands on the envelope alone"


@pytest.mark.parametrize("written", [report, qmail_report])
def test_what_came_back_is_no_notice_and_a_person_has_the_task(written, post, sent, worker, settings):
    assert read(worker, written(sent.returns_to)) == 1
    envelope = post.delivery(sent.document)
    assert (envelope.state, envelope.given_at) == (State.UNDELIVERABLE, None)
    assert [one.outcome for one in post.attempts(sent.document)] == [Outcome.POSTED, Outcome.BOUNCED]
    with acting_for(service(post.sender.id), "test"):
        [duty] = Duty.objects.filter(kind="notice_not_delivered")
    assert duty.title == f"Sheffield has not been told: an e-mail to it came back ({sent.document.reference})"
    assert "CANARY" not in json.dumps([duty.title, duty.working])
    assert waiting(settings) == []


def test_the_directory_shows_that_our_email_came_back_until_the_address_is_confirmed_anew(post, sent, worker):
    read(worker, report(sent.returns_to))

    with acting_for(service(post.sender.id), "test"):
        contact = Contact.objects.get(email=ADDRESS)
        assert directory_watch.came_back([contact], authority_id=post.sender.id) == {contact.id: clock.today()}
        contact.confirmed_on = clock.today() + timedelta(days=1)
        assert directory_watch.came_back([contact], authority_id=post.sender.id) == {}


def test_a_mail_system_that_writes_capitals_is_understood(post, sent, worker):
    assert read(worker, report(sent.returns_to.upper())) == 1


def test_read_twice_it_is_one_task(post, sent, worker):
    assert read(worker, report(sent.returns_to), report(sent.returns_to)) == 1
    assert read(worker, report(sent.returns_to)) == 0
    with acting_for(service(post.sender.id), "test"):
        assert Duty.objects.filter(kind="notice_not_delivered").count() == 1


def forged(post, sent) -> dict[str, bytes]:
    envelope = post.delivery(sent.document)
    local, _, domain = sent.returns_to.partition("@")
    guessed = f"{local[:-9]}{'b' if local[-9] == 'a' else 'a'}{local[-8:]}@{domain}"
    other = return_address.of(uuid4())
    quoted = report(RETURN).replace(b"Reporting-MTA", f"X-Delivery: {envelope.id}\nReporting-MTA".encode())
    return {
        "a guessed token": report(guessed),
        "another delivery’s token": report(f"{local[:34]}{other.partition('@')[0][34:]}@{domain}"),
        "a delivery that is not there": report(other),
        "the id without a token": quoted,
        "another domain": report(sent.returns_to.replace("placewatch", "elsewhere")),
        "a delay": report(sent.returns_to, action="delayed", status="4.4.1"),
        "a delivery": report(sent.returns_to, action="delivered", status="2.0.0"),
        "an answer of somebody on leave": on_leave(sent.returns_to),
        "no message at all": b"\xff\xfe\x00" * 10,
        "nothing": b"",
        "a report that lost its end": report(sent.returns_to)[:300],
        "parts within parts, a thousand deep": nested(sent.returns_to),
        "a report larger than any is": report(sent.returns_to).replace(
            b"Reporting-MTA", b"X-Long: " + b"a" * bounces.MOST_BYTES + b"\nReporting-MTA"
        ),
    }


NOTHING_CAME_BACK = [
    "a guessed token",
    "another delivery’s token",
    "a delivery that is not there",
    "the id without a token",
    "another domain",
    "a delay",
    "a delivery",
    "an answer of somebody on leave",
    "no message at all",
    "nothing",
    "a report that lost its end",
    "parts within parts, a thousand deep",
    "a report larger than any is",
]


@pytest.mark.parametrize("which", NOTHING_CAME_BACK)
def test_a_message_that_does_not_prove_it_changes_nothing_and_goes(which, post, sent, worker, settings):
    assert read(worker, forged(post, sent)[which]) == 0
    assert post.delivery(sent.document).state == State.POSTED
    assert waiting(settings) == []


def test_what_nobody_can_take_apart_holds_up_nothing_behind_it(post, sent, worker, settings):
    assert read(worker, nested(RETURN), report(sent.returns_to), nested(sent.returns_to)) == 1
    assert waiting(settings) == []


def test_what_came_back_before_it_was_written_down_that_it_went_waits_for_that(post, server, worker, settings):
    document = post.send()
    envelope = post.delivery(document)
    assert read(worker, report(return_address.of(envelope.id))) == 0
    assert len(waiting(settings)) == 1
    with worker():
        make_due(document)
        delivery.deliver_due()
        assert bounces.read_waiting() == 1
    assert post.delivery(document).state == State.UNDELIVERABLE


def test_what_did_not_come_back_for_six_days_has_arrived(post, sent, worker):
    def ask_after(waited: timedelta) -> int:
        with worker():
            Delivery.objects.filter(state=State.POSTED).update(
                next_at=clock.now() - timedelta(seconds=1), posted_at=clock.now() - waited
            )
            return emails.ask_due()

    assert ask_after(email.COMES_BACK_WITHIN - timedelta(minutes=1)) == 0
    assert ask_after(email.COMES_BACK_WITHIN) == 1
    assert post.delivery(sent.document).state == State.GIVEN
    assert read(worker, report(sent.returns_to)) == 0, "what has ended is never changed"


def test_what_may_still_come_back_is_not_taken_for_undelivered(post, sent, worker):
    def light(name: str) -> str:
        return next(one.stands for one in health.board() if one.name == name)

    with worker():
        clock.set_to(clock.now() + timedelta(days=3))
        assert light("undelivered") == "none (0 wait)"
        assert light("handed_over") == "3 days (1 wait)"
    post.send()
    with worker():
        assert light("undelivered").endswith("(1 wait)")


def test_a_mail_system_may_pipe_a_message_into_the_command(post, sent, worker, monkeypatch):
    nudged = []
    monkeypatch.setattr(outbox, "nudge", lambda *words: nudged.append(words))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(sent.returns_to))))
    call_command("receive_bounce")
    assert nudged == [("notifications.tasks.ask_about_emails",)]
    assert read(worker) == 1


def test_without_a_folder_nothing_is_read_and_a_mail_server_that_took_it_is_enough(post, server, worker, settings):
    settings.BOUNCE_FOLDER = ""
    document = post.send()
    with worker():
        delivery.deliver_due()
        assert bounces.read_waiting() == 0
    assert post.delivery(document).state == State.GIVEN
    assert server.taken[-1].mail_from == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize("address", ["bounces", "@placewatch.example", "a-long-name-of-it@placewatch.example"])
def test_a_return_address_that_leaves_no_room_is_refused_at_the_start(address, monkeypatch):
    monkeypatch.setenv("PLACEWATCH_BOUNCE_ADDRESS", address)
    with pytest.raises(ImproperlyConfigured, match="PLACEWATCH_BOUNCE_ADDRESS"):
        environment.return_address("PLACEWATCH_BOUNCE_ADDRESS")
