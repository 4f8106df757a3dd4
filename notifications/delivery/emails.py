"""What became of the e-mails that were handed over? The e-mail service is asked; its answers only move forwards.

Of one that a mail server took, `bounces` reads whether it came back; where nothing came back in time, it arrived.
"""

import logging
import time
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from notifications.channels import email
from notifications.delivery import results
from notifications.delivery.outbox import Claim
from notifications.states import State

logger = logging.getLogger(__name__)

# Asked soon at first, then ever more seldom, at most every five minutes: a tenth of the time that it has taken so far.
SELDOM = timedelta(minutes=5)
SHARE = 0.1
AT_ONCE = 100
# As long as a task asks; the next sweep goes on.
ASKING_SECONDS = 5.0

# Taken by moving its next question on, so that no two workers ask the same; to ask twice would do no harm.
ASKED = """
update notifications_delivery delivery
set next_at = placewatch_now() + least(%(seldom)s, %(often)s + (placewatch_now() - posted_at) * %(share)s)
from (
    select id from notifications_delivery
    where state = 'posted' and (next_at <= (select placewatch_now()) or id = %(one)s)
    order by next_at limit %(most)s for update skip locked
) due
where delivery.id = due.id
returning delivery.provider_id, delivery.id, delivery.document_id, delivery.endpoint_id, delivery.sender_id,
          delivery.recipient_id, delivery.attempts_made, delivery.lease, delivery.posted_at, clock_timestamp(),
          delivery.channel, delivery.address, delivery.created_at
"""


def ask_due(one: UUID | None = None) -> int:
    """Ask what became of those that are due, and of `one` in any case; how many came to an end, good or bad."""
    ends, ended = time.monotonic() + ASKING_SECONDS, 0
    while asked := _asked(one):
        ended += sum(_ask(provider_id, posted) for provider_id, posted in asked)
        if len(asked) < AT_ONCE or time.monotonic() > ends:
            break
    return ended


def _asked(one: UUID | None) -> list[tuple[UUID, Claim]]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            ASKED, {"seldom": SELDOM, "often": results.ASK_AFTER, "share": SHARE, "most": AT_ONCE, "one": one}
        )
        return [(row[0], Claim(*row[1:])) for row in cursor.fetchall()]


def _ask(provider_id: UUID, posted: Claim) -> bool:
    try:
        started_at, at = posted.started_at, posted.database_time
        reply = email.status_of(posted.delivery_id, provider_id, posted_at=started_at, at=at)
        if reply is None:
            return False
        held = Q(provider_id=provider_id, attempts_made=posted.attempts_made)
        return bool(results.write([results.Result(posted, reply, State.POSTED, held)]))
    except Exception:
        # It is asked again; the others must not wait for it.
        logger.exception("what became of delivery %s could not be written", posted.delivery_id)
        return False
