"""How is what is due sent? Claim, send, write down; several workers share the work and nothing else.

Nothing is held open while a receiver is called: the claim is committed before, the result is written after.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from accounts.acting import acting_for, service
from accounts.secrets import decrypt
from db.clock import london_date
from geo.ground import current_ground
from geo.models import AuthorityCode
from notifications import outbox
from notifications.channels import Reply
from notifications.channels.webhook import Envelope, Message, send
from notifications.directory import bound_to
from notifications.models import Attempt, Document, Endpoint
from notifications.outbox import Claim

logger = logging.getLogger(__name__)

# A batch is sent at once and ends well within its lease, even if every receiver takes all its time.
BATCH = 10
# A task ends before Celery's time limit; the next one goes on.
BATCHES = 10


def deliver_due() -> int:
    """Recover what was interrupted, then send what is due, all of it or as much as one task may; how many tries."""
    outbox.recover()
    tries = 0
    for _ in range(BATCHES):
        claims = outbox.claim(BATCH)
        if not claims:
            break
        _send_batch(claims)
        tries += len(claims)
    return tries


def _send_batch(claims: list[Claim]) -> None:
    messages = [(claimed, _message(claimed)) for claimed in claims]
    with ThreadPoolExecutor(max_workers=len(claims)) as threads:
        sending = {threads.submit(send, message): claimed for claimed, message in messages if message}
        for claimed, message in messages:
            if message is None:
                _settle(claimed, Reply(Attempt.Outcome.OUR_FAULT))
        for sent in as_completed(sending):
            _settle(sending[sent], _reply_of(sent, sending[sent]))


def _message(claimed: Claim) -> Message | None:
    """What to send, or None where that cannot be made: a fault of ours, which must not hold up the others."""
    try:
        endpoint = Endpoint.objects.get(id=claimed.endpoint_id)
        return Message(
            id=claimed.delivery_id,
            url=endpoint.url,
            secret=decrypt(endpoint.secret, bound_to=bound_to(endpoint)),
            at=claimed.signed_at,
            body=_envelope(claimed).payload(),
        )
    except Exception:
        logger.exception("delivery %s could not be made ready", claimed.delivery_id)
        return None


def _envelope(claimed: Claim) -> Envelope:
    with acting_for(service(claimed.sender_id), "delivering a document"):
        document = Document.objects.select_related("sender", "recipient").defer("body").get(id=claimed.document_id)
    ground = current_ground()
    composed_on = london_date(document.composed_at)
    return Envelope(
        document_id=document.id,
        kind=document.kind,
        reference=document.reference,
        occurred_at=document.composed_at,
        sender_gss=ground.code(document.sender, AuthorityCode.Scheme.GSS, composed_on),
        recipient_gss=ground.code(document.recipient, AuthorityCode.Scheme.GSS, composed_on),
        urgency=document.urgency,
        due_on=document.due_on,
    )


def _reply_of(sent: Future, claimed: Claim) -> Reply:
    try:
        return sent.result()
    except Exception:
        logger.exception("delivery %s could not be sent", claimed.delivery_id)
        return Reply(Attempt.Outcome.OUR_FAULT)


def _settle(claimed: Claim, reply: Reply) -> None:
    try:
        written = outbox.settle(claimed, reply)
    except Exception:
        # Its lease runs out and it is tried again; what came of the others must still be written.
        logger.exception("the result of delivery %s could not be written", claimed.delivery_id)
    else:
        if not written:
            logger.warning("delivery %s was sent after its lease had run out; it is tried again", claimed.delivery_id)
