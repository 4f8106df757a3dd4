"""What came of a try? Written while its lease holds, for the sender; what was interrupted is queued again.

A try that failed for good is the work of a person of the sender, and a receiver that keeps failing is let rest.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from accounts.acting import acting_for, service
from audit import log
from audit.models import ClockTimestamp
from db.clock import now
from notifications import circuits, schedule, undelivered
from notifications.channels import Reply
from notifications.models import Attempt, Delivery
from notifications.outbox import LEASE, Claim
from notifications.states import State, require_transition

logger = logging.getLogger(__name__)
chance = random.SystemRandom().random
Outcome = Attempt.Outcome

# When a lease began is known by the database's own clock; the story's may stand elsewhere.
EXPIRED = """
select id, document_id, endpoint_id, sender_id, recipient_id, attempts_made, lease,
       leased_until - %s + (placewatch_now() - clock_timestamp()), leased_until - %s, channel, address, created_at
from notifications_delivery
where state = 'sending' and leased_until <= (select clock_timestamp())
order by leased_until limit %s
"""
RECOVER_AT_ONCE = 500

# Whether the e-mail service delivered it is asked again and again, ever more seldom.
ASK_AFTER = timedelta(seconds=20)

# What no further try can mend.
FINAL = {
    Outcome.BOUNCED: State.UNDELIVERABLE,
    Outcome.ADDRESS_ENDED: State.UNDELIVERABLE,
    Outcome.TAKEN: State.GIVEN,
    Outcome.POSTED: State.POSTED,
}


@dataclass(frozen=True)
class Held:
    """By what right a result is written: from which state, and which rows still stand as they were."""

    state: State
    rows: Q


def settle(claimed: Claim, reply: Reply) -> bool:
    """Write what came of a try, if its lease still holds; whether it was written.

    A worker whose lease ran out writes nothing: the delivery is tried again, and its receiver knows it by its id.
    """
    held = Q(leased_until__gt=ClockTimestamp(), lease=claimed.lease)
    return write(claimed, reply, Held(State.SENDING, held))


def recover() -> int:
    """Queue again whatever a worker held and did not settle, as an interrupted attempt; how many."""
    with connection.cursor() as cursor:
        cursor.execute(EXPIRED, [LEASE, LEASE, RECOVER_AT_ONCE])
        expired = [Claim(*row) for row in cursor.fetchall()]
    interrupted = Reply(Outcome.INTERRUPTED)
    recovered = 0
    for one in expired:
        try:
            # A lease that ran out never holds again: its token alone tells whether somebody was quicker.
            recovered += write(one, interrupted, Held(State.SENDING, Q(lease=one.lease)))
        except Exception:
            # One delivery that cannot be recovered must not hold up all that wait behind it.
            logger.exception("delivery %s could not be recovered", one.delivery_id)
    return recovered


def write(claimed: Claim, reply: Reply, held: Held) -> bool:
    """Write a result and everything that follows from it in one transaction; false where somebody was quicker."""
    number = claimed.attempts_made + 1
    with acting_for(service(claimed.sender_id), "delivering a document"):
        at = now()
        wanted = _state_after(number, reply, claimed, at)
        require_transition(held.state, wanted)
        rows = Delivery.objects.filter(held.rows, id=claimed.delivery_id, state=held.state)
        if not rows.update(attempts_made=number, lease=None, leased_until=None, **_changes(wanted, number, reply, at)):
            return False
        _write_attempt(claimed, reply, number=number, at=at)
        if wanted == State.UNDELIVERABLE:
            undelivered.tell(claimed.delivery_id, reply.outcome, at=at)
        if wanted in (State.GIVEN, State.UNDELIVERABLE):
            log.record(
                operation="deliveries.end",
                subject_kind="delivery",
                subject_ids=[claimed.delivery_id],
                outcome=wanted,
                detail={"attempts": number},
            )
    if claimed.endpoint_id:
        circuits.note(claimed.endpoint_id, reply, at=at)
    return True


def _changes(wanted: State, number: int, reply: Reply, at: datetime) -> dict:
    match wanted:
        case State.QUEUED:
            wait = schedule.wait_seconds(number, retry_after_seconds=reply.retry_after_seconds, chance=chance())
            return {"state": wanted, "next_at": at + timedelta(seconds=wait)}
        case State.POSTED:
            return {"state": wanted, "posted_at": at, "provider_id": reply.provider_id, "next_at": at + ASK_AFTER}
        case State.GIVEN:
            return {"state": wanted, "ended_at": at, "given_at": at}
        case _:
            return {"state": wanted, "ended_at": at, "given_at": None}


def _state_after(number: int, reply: Reply, claimed: Claim, at: datetime) -> State:
    if reply.outcome in FINAL:
        return FINAL[reply.outcome]
    if reply.outcome == Outcome.OUR_FAULT:
        # A fault of our own uses up no try: the receiver was never asked.
        return State.QUEUED
    if at - claimed.created_at >= schedule.GIVE_UP_AFTER:
        return State.UNDELIVERABLE
    return State.QUEUED if _tries(claimed, number) < schedule.ATTEMPTS else State.UNDELIVERABLE


def _tries(claimed: Claim, number: int) -> int:
    if number < schedule.ATTEMPTS:
        return number
    ours = Attempt.objects.filter(delivery_id=claimed.delivery_id, outcome=Outcome.OUR_FAULT)
    return number - ours.count()


def _write_attempt(claimed: Claim, reply: Reply, *, number: int, at: datetime) -> None:
    Attempt.objects.create(
        sender_id=claimed.sender_id,
        recipient_id=claimed.recipient_id,
        delivery_id=claimed.delivery_id,
        number=number,
        started_at=claimed.started_at,
        ended_at=at,
        outcome=reply.outcome,
        http_status=reply.http_status,
    )
