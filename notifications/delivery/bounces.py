"""Which e-mails came back? Read from a Maildir, where the mail system puts whatever reaches the return addresses.

Each e-mail has a return address of its own. Whoever does not know its token cannot say that it came back: what a message
claims of itself counts for nothing. An answer from somebody on leave is no bounce, and neither is a delay.
"""

import logging
import mailbox
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from flufl.bounce import all_failures

from notifications.channels import Reply, return_address
from notifications.delivery import results
from notifications.delivery.outbox import Claim
from notifications.models import Attempt, Delivery
from notifications.states import State

logger = logging.getLogger(__name__)

# A report quotes at most the e-mail that came back, which is a few lines.
MOST_BYTES = 256 * 1024
# Where mail systems write to whom a message went.
ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
# It was written by anybody, who may have meant it to break something: parts nested a thousand deep, for one.
NOT_UNDERSTOOD = "a message to a return address could not be understood"


def keep(content: bytes) -> None:
    """Keep one message until a worker reads it; whole or not at all."""
    _maildir().add(content)


def read_waiting() -> int:
    """Read what arrived since the last time, as the worker; how many e-mails were found to have come back.

    What was read is deleted: what it says of a delivery is kept with the delivery.
    """
    if not return_address.is_read():
        return 0
    kept, found = _maildir(), 0
    for key in sorted(kept.keys()):
        # Another worker may be reading it at the same time: whoever is first writes.
        with suppress(KeyError, FileNotFoundError):
            message = _message(kept, key)
            is_read, has_come_back = (True, False) if message is None else _read(message)
            found += has_come_back
            if is_read:
                kept.discard(key)
    return found


def _read(message: Message) -> tuple[bool, bool]:
    """Whether a message is done with, and whether it says that an e-mail of ours came back."""
    envelope, token = _named_by(message)
    if envelope is None:
        return True, False
    if envelope.state in (State.QUEUED, State.SENDING):
        # It came back sooner than was written down that it went.
        return token != return_address.token_of(envelope.id), False
    if envelope.state != State.POSTED or envelope.provider_id != token or not _says_that_nobody_has_it(message):
        return True, False
    as_read = Q(provider_id=token, attempts_made=envelope.attempts_made)
    came_back = results.Result(_claim(envelope), Reply(Attempt.Outcome.BOUNCED), State.POSTED, as_read)
    return True, bool(results.write([came_back]))


def _named_by(message: Message) -> tuple[Delivery | None, UUID | None]:
    named = return_address.read(" ".join(str(each) for name in ADDRESSED for each in message.get_all(name, [])))
    if named is None:
        return None, None
    return Delivery.objects.filter(id=named[0], channel=Delivery.Channel.EMAIL).first(), named[1]


def _says_that_nobody_has_it(message: Message) -> bool:
    try:
        _, failed_for_good = all_failures(message)
    except Exception:
        logger.warning(NOT_UNDERSTOOD)
        return False
    return bool(failed_for_good)


def _claim(envelope: Delivery) -> Claim:
    return Claim(
        delivery_id=envelope.id,
        document_id=envelope.document_id,
        endpoint_id=None,
        sender_id=envelope.sender_id,
        recipient_id=envelope.recipient_id,
        attempts_made=envelope.attempts_made,
        lease=None,
        started_at=envelope.posted_at,
        signed_at=envelope.posted_at,
        channel=envelope.channel,
        address=envelope.address,
        created_at=envelope.created_at,
    )


def _maildir() -> mailbox.Maildir:
    return mailbox.Maildir(settings.BOUNCE_FOLDER)


def _message(kept: mailbox.Maildir, key: str) -> Message | None:
    """One message; None where it cannot be taken apart, so that it does not stand before all others for ever."""
    with kept.get_file(key) as file:
        content = file.read(MOST_BYTES)
    try:
        return message_from_bytes(content, policy=compat32)
    except Exception:
        logger.warning(NOT_UNDERSTOOD)
        return None
