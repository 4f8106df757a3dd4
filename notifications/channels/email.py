"""How does a person learn by e-mail that something waits in Placewatch? By GOV.UK Notify, or a mail server.

Templates are fixed: a reference and whose it is, or a count, and a link; nothing about a child. What may have arrived
already is looked up by its reference, which is our own id, before it is sent again.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from notifications_python_client.errors import APIError, HTTPError
from requests import ConnectTimeout, Timeout

from db.clock import now
from notifications.channels import Reply, return_address
from notifications.channels.notify import Client
from notifications.models import Attempt

Outcome = Attempt.Outcome

# GOV.UK Notify takes 3,000 a minute: whoever is refused for that waits a minute.
LIMIT_SECONDS = 60.0

# Mail systems give up within five days (RFC 5321, 4.5.4.1); what has not come back a day later has arrived.
COMES_BACK_WITHIN = timedelta(days=6)

# What GOV.UK Notify calls a notification that it has not given up: forwards only, from here to one of the others.
STILL_GOING = {"created", "sending", "pending", "sent"}
ENDED = {
    "delivered": Outcome.TAKEN,
    "permanent-failure": Outcome.BOUNCED,
    "temporary-failure": Outcome.REFUSED,
    "technical-failure": Outcome.REFUSED,
}


class Kind(StrEnum):
    """What an e-mail may say: each a fixed template, with nothing but a reference and its sender, or a count, and a link."""

    NOTICE = "notice"
    NEW_LINES = "new_lines"


TEXTS = {
    Kind.NOTICE: (
        "A notice waits for you in Placewatch: {reference}",
        """\
{sender} has sent you a notice. Its reference is {reference}.

Sign in to Placewatch to read it and to say that you have read it: {link}

If your office has no account, ring {sender} on a number that you know: they can give you the notice another way.

This e-mail says nothing about what the notice holds. It was sent by a system; nobody reads replies to it.
""",
    ),
    Kind.NEW_LINES: (
        "{count} new lines in Placewatch",
        """\
There are {count} new lines for you in Placewatch.

Sign in to read them: {link}

This e-mail says nothing about what they hold. It was sent by a system; nobody reads replies to it.
""",
    ),
}


@dataclass(frozen=True)
class Email:
    """One e-mail to one address. `id` is the same at every try; `words` are what its template asks for.

    `at` is the database's own time.
    """

    id: UUID
    address: str
    kind: Kind
    words: dict[str, str]
    may_have_arrived: bool
    at: datetime


def is_configured() -> bool:
    """Whether the service has a way to send e-mail."""
    return bool(settings.NOTIFY_API_KEY or settings.EMAIL_HOST)


def send(message: Email) -> Reply:
    """Hand an e-mail over, once. Never raises for anything that the e-mail service or the network does."""
    if not is_configured():
        return Reply(Outcome.OUR_FAULT)
    return _by_notify(message) if settings.NOTIFY_API_KEY else _by_mail_server(message)


def status_of(delivery_id: UUID, provider_id: UUID, *, posted_at: datetime, at: datetime) -> Reply | None:
    """What became of an e-mail; None while it is on its way, or GOV.UK Notify cannot be asked now (`at`, as in `Email`).

    Of one that a mail server took nothing is heard but that it came back.
    """
    if provider_id == return_address.token_of(delivery_id):
        return Reply(Outcome.TAKEN) if now() - posted_at >= COMES_BACK_WITHIN else None
    try:
        told = Client(at=at).get_notification_by_id(str(provider_id))
    except APIError:
        return None
    outcome = ENDED.get(told["status"])
    return Reply(outcome) if outcome else None


def _by_notify(message: Email) -> Reply:
    client = Client(at=message.at)
    try:
        if message.may_have_arrived and (earlier := _looked_up(client, message)):
            return earlier
        told = client.send_email_notification(
            email_address=message.address,
            template_id=settings.NOTIFY_TEMPLATES[message.kind],
            personalisation=message.words,
            reference=str(message.id),
        )
        return Reply(Outcome.POSTED, 201, provider_id=UUID(told["id"]))
    except HTTPError as error:
        return _reply_to(error)
    except APIError:
        return Reply(Outcome.BROKEN_OFF)


def _looked_up(client: Client, message: Email) -> Reply | None:
    """What GOV.UK Notify holds of an earlier try: it stands, or it came back; None where only another try can help."""
    found = client.get_all_notifications(template_type="email", reference=str(message.id))["notifications"]
    for one in found:
        if one["status"] in STILL_GOING or ENDED.get(one["status"]) == Outcome.TAKEN:
            return Reply(Outcome.POSTED, provider_id=UUID(one["id"]))
    came_back = any(ENDED.get(one["status"]) == Outcome.BOUNCED for one in found)
    return Reply(Outcome.BOUNCED) if came_back else None


def _reply_to(error: HTTPError) -> Reply:
    if error.response is None:
        match error.__cause__:
            case ConnectTimeout():
                return Reply(Outcome.NOT_CONNECTED)
            case Timeout():
                return Reply(Outcome.TIMED_OUT)
            case _:
                return Reply(Outcome.BROKEN_OFF)
    status = error.status_code
    if status == 403:
        # Our key, or the database's clock: no fault of the recipient's.
        return Reply(Outcome.OUR_FAULT, status)
    if status == 429:
        return Reply(Outcome.REFUSED, status, retry_after_seconds=LIMIT_SECONDS)
    if status == 400:
        return Reply(Outcome.BOUNCED if "email_address" in str(error.message) else Outcome.OUR_FAULT, status)
    return Reply(Outcome.REFUSED, status)


def _by_mail_server(message: Email) -> Reply:
    subject, body = (text.format(**message.words) for text in TEXTS[message.kind])
    email = EmailMessage(
        subject,
        body,
        from_email=return_address.of(message.id) if return_address.is_read() else None,
        to=[message.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{message.id}@placewatch>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        email.send()
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, _)] = refused.recipients.values()
        return Reply(Outcome.BOUNCED if code >= 500 else Outcome.REFUSED)
    except smtplib.SMTPResponseException:
        return Reply(Outcome.REFUSED)
    except TimeoutError:
        return Reply(Outcome.TIMED_OUT)
    except (OSError, smtplib.SMTPException):
        return Reply(Outcome.BROKEN_OFF)
    if return_address.is_read():
        return Reply(Outcome.POSTED, provider_id=return_address.token_of(message.id))
    return Reply(Outcome.TAKEN)
