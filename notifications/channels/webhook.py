"""How does another authority's own system learn of a document? A signed thin message: ids, codes and a link."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from notifications.channels import Reply
from notifications.channels.connection import CheckedAdapter, Deadline, OneCall
from notifications.delivery import guard
from notifications.delivery.signing import signed_headers
from notifications.exceptions import DestinationNotFound, DestinationRefused
from notifications.models import Attempt

Outcome = Attempt.Outcome

CONNECT_SECONDS = 5
TOTAL_SECONDS = 20
LONGEST_REPLY_BYTES = 64 * 1024


@dataclass(frozen=True)
class Envelope:
    """All that a receiver's system is told. Nothing about a child, a place or an area of concern."""

    document_id: UUID
    kind: str
    reference: str
    occurred_at: datetime
    sender_gss: str
    recipient_gss: str
    urgency: str
    due_on: date | None
    link: str

    def payload(self) -> bytes:
        """The closed set of fields that is sent. The recipient reads the document itself behind the link, signed in."""
        fields = {
            "type": f"{self.kind}.sent",
            "id": str(self.document_id),
            "reference": self.reference,
            "occurred_at": self.occurred_at.astimezone(UTC).isoformat(timespec="seconds"),
            "sender": self.sender_gss,
            "recipient": self.recipient_gss,
            "urgency": self.urgency,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "link": self.link,
        }
        return json.dumps(fields).encode()


@dataclass(frozen=True)
class Message:
    """One message to one receiver. `id` is the delivery's, the same at every try; `at` is the database's own time.

    Signed with each of `secrets`: two while a receiver changes over, of which it may know either.
    """

    id: UUID
    url: str
    secrets: tuple[str, ...]
    at: datetime
    body: bytes


def send(message: Message) -> Reply:
    """Give a message to its receiver, once. Never raises for anything that the receiver or the network does."""
    return send_and_read(message)[0]


def send_and_read(message: Message) -> tuple[Reply, bytes]:
    """As `send`, with what the receiver answered, as far as it was read."""
    try:
        destination = guard.checked(message.url)
    except DestinationNotFound:
        return Reply(Outcome.NOT_CONNECTED), b""
    except DestinationRefused:
        return Reply(Outcome.ADDRESS_REFUSED), b""
    headers = {
        "content-type": "application/json",
        "user-agent": "Placewatch",
        **signed_headers(*message.secrets, message_id=message.id, at=message.at, body=message.body),
    }
    return _post(message, destination, headers)


def _post(message: Message, destination: guard.Destination, headers: dict[str, str]) -> tuple[Reply, bytes]:
    with Deadline(TOTAL_SECONDS) as deadline, OneCall() as session:
        session.mount(f"{destination.scheme}://", CheckedAdapter(destination, deadline))
        try:
            response = session.post(
                message.url,
                data=message.body,
                headers=headers,
                timeout=(CONNECT_SECONDS, TOTAL_SECONDS),
                stream=True,
            )
        except (requests.RequestException, OSError) as error:
            return Reply(Outcome.TIMED_OUT if deadline.is_over else _outcome_of(error)), b""
        if deadline.is_over:
            # What looks like an answer is one that was cut off among its headers.
            return Reply(Outcome.TIMED_OUT), b""
        # The status is the answer. The rest is read so that the receiver can finish, and only so far.
        answered = b""
        with suppress(HTTPError, OSError), response:
            answered = response.raw.read(LONGEST_REPLY_BYTES, decode_content=False)
        return _reply(response, at=message.at), answered


def _outcome_of(error: Exception) -> Outcome:
    match error:
        case requests.ConnectTimeout() | requests.exceptions.SSLError():
            return Outcome.NOT_CONNECTED
        case requests.Timeout():
            return Outcome.TIMED_OUT
        case requests.ConnectionError(args=[HTTPError(reason=NewConnectionError())]):
            return Outcome.NOT_CONNECTED
        case _:
            return Outcome.BROKEN_OFF


def _reply(response: requests.Response, *, at: datetime) -> Reply:
    status = response.status_code
    if 200 <= status < 300:
        return Reply(Outcome.TAKEN, status)
    outcome = Outcome.REDIRECTED if 300 <= status < 400 else Outcome.REFUSED
    return Reply(outcome, status, _retry_after_seconds(response.headers.get("retry-after", ""), at=at))


def _retry_after_seconds(value: str, *, at: datetime) -> float | None:
    """Seconds from a Retry-After header, which holds a number or a date (RFC 9110, 10.2.3); None for anything else."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return (parsedate_to_datetime(value) - at).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
