"""How is what is due sent? Claim, send, write down; several workers share the work and nothing else.

Nothing is held open while a receiver is called: the claim is committed before, the result is written after. A slow
receiver holds up its own calls only: as soon as others end, more is claimed.
"""

import logging
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from accounts.acting import acting_for, service
from accounts.secrets import decrypt
from db.clock import london_date
from geo.ground import Ground, current_ground
from geo.models import AuthorityCode
from notifications.channels import Reply, email, webhook
from notifications.delivery import outbox, results
from notifications.delivery.endpoints import bound_to
from notifications.delivery.outbox import Claim
from notifications.models import Attempt, Document, Endpoint

logger = logging.getLogger(__name__)

# So many calls run at once in one worker process.
CALLS = 16
# A task claims for so long and then lets the next one go on, so that a worker which is asked to stop does so soon.
CLAIMING_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.25
TRY_AGAIN_SECONDS = 0.5

LOST_DATABASE = (OperationalError, InterfaceError)


def deliver_due() -> int:
    """Recover what was interrupted, then send what is due, all of it or as much as one task may; how many tries."""
    results.recover()
    with ThreadPoolExecutor(max_workers=CALLS) as threads:
        tries, is_all = _keep_sending(threads)
    if not is_all:
        outbox.nudge()
    return tries


def _keep_sending(threads: ThreadPoolExecutor) -> tuple[int, bool]:
    ends = time.monotonic() + CLAIMING_SECONDS
    sending: dict[Future, Claim] = {}
    tries = 0
    while True:
        is_time = time.monotonic() < ends
        # A claim costs a transaction: it waits until it is worth one.
        room = CALLS - len(sending)
        claims = _claim(room) if is_time and room > CALLS // 2 else []
        tries += len(claims)
        sending |= {threads.submit(call): claimed for claimed, call in _calls(claims)}
        if not sending:
            return tries, is_time or not claims
        done, _ = wait(sending, timeout=LOOK_AGAIN_SECONDS, return_when=FIRST_COMPLETED)
        _settle([(claimed, _reply_of(sent, claimed)) for sent in done if (claimed := sending.pop(sent))])


def _claim(most: int) -> list[Claim]:
    try:
        return outbox.claim(most)
    except LOST_DATABASE:
        # What is being sent must still be written down; the next sweep claims again.
        logger.warning("the database was lost while claiming")
        connection.close()
        return []


def _calls(claims: list[Claim]) -> Iterable[tuple[Claim, partial]]:
    """What to do for each claim. One that cannot be made ready is a fault of ours, which must not hold up the others."""
    if not claims:
        return
    try:
        documents, ground = _documents(claims), current_ground()
        endpoints = Endpoint.objects.in_bulk({one.endpoint_id for one in claims})
    except LOST_DATABASE:
        # Nothing was sent: the leases run out.
        logger.warning("the database was lost while making %s deliveries ready", len(claims))
        connection.close()
        return
    for claimed in claims:
        try:
            call = _call(claimed, documents[claimed.document_id], endpoints.get(claimed.endpoint_id), ground)
        except Exception:
            logger.exception("delivery %s could not be made ready", claimed.delivery_id)
            call = partial(Reply, Attempt.Outcome.OUR_FAULT)
        yield claimed, call


def _documents(claims: list[Claim]) -> dict[UUID, Document]:
    """What is sent, without its body, read for each sender."""
    found: dict[UUID, Document] = {}
    for sender_id in {one.sender_id for one in claims}:
        wanted = [one.document_id for one in claims if one.sender_id == sender_id]
        with acting_for(service(sender_id), "delivering a document"):
            rows = Document.objects.select_related("sender", "recipient").defer("body")
            found |= rows.in_bulk(wanted)
    return found


def _call(claimed: Claim, document: Document, endpoint: Endpoint | None, ground: Ground) -> partial:
    if endpoint is None:
        return partial(
            email.send,
            email.Email(
                id=claimed.delivery_id,
                address=claimed.address,
                kind=email.Kind.NOTICE,
                words={"reference": document.reference, "sender": document.sender.name, "link": link_to(document)},
                may_have_arrived=claimed.attempts_made > 0,
                at=claimed.database_time,
            ),
        )
    if endpoint.ended_at:
        return partial(Reply, Attempt.Outcome.ADDRESS_ENDED)
    return partial(
        webhook.send,
        webhook.Message(
            id=claimed.delivery_id,
            url=endpoint.url,
            secrets=_secrets(endpoint, claimed),
            at=claimed.signed_at,
            body=_envelope(document, ground).payload(),
        ),
    )


def link_to(document: Document) -> str:
    """Where the document's recipient reads it, signed in."""
    return f"{settings.BASE_URL}/inbox/{document.id}/"


def _secrets(endpoint: Endpoint, claimed: Claim) -> tuple[str, ...]:
    first = decrypt(endpoint.secret, bound_to=bound_to(endpoint))
    if endpoint.second_until is None or endpoint.second_until <= claimed.started_at:
        return (first,)
    return first, decrypt(endpoint.second_secret, bound_to=bound_to(endpoint))


def _envelope(document: Document, ground: Ground) -> webhook.Envelope:
    composed_on = london_date(document.composed_at)
    return webhook.Envelope(
        document_id=document.id,
        kind=document.kind,
        reference=document.reference,
        occurred_at=document.composed_at,
        sender_gss=ground.code(document.sender, AuthorityCode.Scheme.GSS, composed_on),
        recipient_gss=ground.code(document.recipient, AuthorityCode.Scheme.GSS, composed_on),
        urgency=document.urgency,
        due_on=document.due_on,
        link=link_to(document),
    )


def _reply_of(sent: Future, claimed: Claim) -> Reply:
    try:
        return sent.result()
    except Exception:
        logger.exception("delivery %s could not be sent", claimed.delivery_id)
        return Reply(Attempt.Outcome.OUR_FAULT)


def _settle(tries: list[tuple[Claim, Reply]]) -> None:
    """Write results, and try again while the database is away and a lease may hold: a result is worth keeping."""
    while tries:
        try:
            written = results.settle_all(tries)
        except LOST_DATABASE:
            connection.close()
            tries = [(claimed, reply) for claimed, reply in tries if _may_be_written(claimed)]
            time.sleep(TRY_AGAIN_SECONDS)
        except Exception:
            if len(tries) == 1:
                # Its lease runs out and it is tried again.
                logger.exception("the result of delivery %s could not be written", tries[0][0].delivery_id)
                return
            # The one that cannot be written takes none of the others with it.
            for one in tries:
                _settle([one])
            return
        else:
            for claimed, _ in tries:
                if claimed.delivery_id not in written:
                    logger.warning("delivery %s is tried again: its lease had run out", claimed.delivery_id)
            return


def _may_be_written(claimed: Claim) -> bool:
    if claimed.may_still_hold():
        return True
    logger.warning("the database was away until the lease of delivery %s ran out", claimed.delivery_id)
    return False
