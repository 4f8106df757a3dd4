"""What is due to be sent, who holds it, and what came of it? PostgreSQL remembers; Celery is only nudged.

Claim, lease and recovery work on the envelope alone, as the worker's role and for no authority; a result is written
for the sender. Scheduling is by the product's clock (`placewatch_now`), so that a story can wait seven days in a
moment; leases and signatures are by the database's own (`clock_timestamp`), so that moving a story's clock neither
ends a lease nor signs a wrong time.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from accounts.acting import acting_for, service
from audit import log
from audit.models import ClockTimestamp
from db.clock import london_date, now
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications import schedule
from notifications.channels import Reply
from notifications.models import Attempt, Delivery
from notifications.states import State, require_transition

logger = logging.getLogger(__name__)
chance = random.SystemRandom().random

LEASE = timedelta(seconds=60)

# A broker that does not answer at once is left alone: the sweep in the timetable sends what a lost nudge did not.
NUDGE_SECONDS = 0.2
NUDGE_CONNECTION = {
    "socket_timeout": NUDGE_SECONDS,
    "socket_connect_timeout": NUDGE_SECONDS,
    "max_retries": 0,
}
NUDGE_EXPIRES_SECONDS = 60
DELIVER = "notifications.tasks.deliver_due"

# The scalar subquery makes one instant of the volatile function, which the index of due deliveries can then use.
CLAIM = """
with due as (
    select id from notifications_delivery
    where state = 'queued' and next_at <= (select placewatch_now())
    order by next_at, id
    limit %s
    for update skip locked
)
update notifications_delivery delivery
set state = 'sending', lease = gen_random_uuid(), leased_until = clock_timestamp() + %s
from due
where delivery.id = due.id
returning delivery.id, delivery.document_id, delivery.endpoint_id, delivery.sender_id, delivery.recipient_id,
          delivery.attempts_made, delivery.lease, placewatch_now(), clock_timestamp()
"""

EXPIRED = """
select id, document_id, endpoint_id, sender_id, recipient_id, attempts_made, lease,
       leased_until - %s + (placewatch_now() - clock_timestamp()), leased_until - %s
from notifications_delivery
where state = 'sending' and leased_until <= (select clock_timestamp())
order by leased_until
limit %s
"""
RECOVER_AT_ONCE = 500


@dataclass(frozen=True)
class Claim:
    """One delivery that one worker holds. `lease` is its fencing token.

    `started_at` is the product's time, `signed_at` the database's own.
    """

    delivery_id: UUID
    document_id: UUID
    endpoint_id: UUID
    sender_id: UUID
    recipient_id: UUID
    attempts_made: int
    lease: UUID
    started_at: datetime
    signed_at: datetime


def address(document_id: UUID) -> int:
    """Make one envelope for each live endpoint of the document's recipient, in the sender's transaction; how many."""
    with connection.cursor() as cursor:
        cursor.execute("select address_envelopes(%s)", [document_id])
        return cursor.fetchone()[0]


def nudge_on_commit() -> None:
    """Wake a worker when the transaction commits; once, however many documents it composed."""
    if not any(waiting is nudge for _, waiting, _ in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)


def nudge(task: str = DELIVER, *arguments: str) -> None:
    """Ask a worker to look now. A broker that is away costs 0.2 s and a line in the log, never an error."""
    try:
        with current_app.connection_for_write(
            connect_timeout=NUDGE_SECONDS, transport_options=NUDGE_CONNECTION
        ) as broker:
            current_app.send_task(task, args=arguments, connection=broker, retry=False, expires=NUDGE_EXPIRES_SECONDS)
    except (OperationalError, OSError) as error:
        logger.warning("no worker was nudged (the next sweep finds what is due): %s", type(error).__name__)


def claim(most: int) -> list[Claim]:
    """Take up to so many due deliveries under a lease of a minute, committed on return. No two workers get the same."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(CLAIM, [most, LEASE])
        return [Claim(*row) for row in cursor.fetchall()]


def settle(claimed: Claim, reply: Reply) -> bool:
    """Write what came of a try, if its lease still holds; whether it was written.

    A worker whose lease ran out writes nothing: the delivery is tried again, and its receiver knows it by its id.
    """
    return _write_result(claimed, reply, held=Q(leased_until__gt=ClockTimestamp()))


def recover() -> int:
    """Queue again whatever a worker held and did not settle, as an interrupted attempt; how many."""
    with connection.cursor() as cursor:
        cursor.execute(EXPIRED, [LEASE, LEASE, RECOVER_AT_ONCE])
        expired = [Claim(*row) for row in cursor.fetchall()]
    interrupted = Reply(Attempt.Outcome.INTERRUPTED)
    recovered = 0
    for one in expired:
        try:
            # A lease that ran out never holds again: its token alone tells whether somebody was quicker.
            recovered += _write_result(one, interrupted, held=Q())
        except Exception:
            # One delivery that cannot be recovered must not hold up all that wait behind it.
            logger.exception("delivery %s could not be recovered", one.delivery_id)
    return recovered


def _write_result(claimed: Claim, reply: Reply, *, held: Q) -> bool:
    number = claimed.attempts_made + 1
    wanted = _state_after(number, reply)
    require_transition(State.SENDING, wanted)
    with acting_for(service(claimed.sender_id), "delivering a document"):
        at = now()
        changes = {"state": wanted, "attempts_made": number, "lease": None, "leased_until": None}
        if wanted == State.QUEUED:
            wait = schedule.wait_seconds(number, retry_after_seconds=reply.retry_after_seconds, chance=chance())
            changes["next_at"] = at + timedelta(seconds=wait)
        else:
            changes["ended_at"] = at
            changes["given_at"] = at if wanted == State.GIVEN else None
        rows = Delivery.objects.filter(held, id=claimed.delivery_id, lease=claimed.lease)
        if not rows.update(**changes):
            return False
        _write_attempt(claimed, reply, number=number, at=at)
        if wanted == State.UNDELIVERABLE:
            _raise_duty(claimed, at=at)
        if wanted != State.QUEUED:
            log.record(
                operation="deliveries.end",
                subject_kind="delivery",
                subject_ids=[claimed.delivery_id],
                outcome=wanted,
                detail={"attempts": number},
            )
    return True


def _state_after(number: int, reply: Reply) -> State:
    if reply.outcome == Attempt.Outcome.TAKEN:
        return State.GIVEN
    return State.QUEUED if number < schedule.ATTEMPTS else State.UNDELIVERABLE


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


def _raise_duty(claimed: Claim, *, at: datetime) -> None:
    """What no machine could give becomes the work of a person of the sender, today."""
    delivery = Delivery.objects.select_related("document", "recipient").get(id=claimed.delivery_id)
    document = delivery.document
    # What tells of a closed address is read by few people, a duty by many: it then does not name the recipient.
    recipient = delivery.recipient.name if document.only_for is None else "its recipient"
    owed = Owed(
        key=f"notice_not_delivered:{delivery.id}",
        kind="notice_not_delivered",
        title=f"Tell {recipient} about {document.reference} another way: a system there did not take it",
        basis=Basis.PRACTICE,
        citation="Practice: a notice that no system takes is given by a person",
        subject_kind="document",
        subject_id=document.id,
        subject_reference=document.reference,
        due_on=london_date(at),
        working=(
            f"Tried {delivery.attempts_made} times, first on {london_date(delivery.created_at):%-d %B %Y}, "
            f"last on {london_date(at):%-d %B %Y}.",
            "It has stood in the recipient's inbox since it was composed.",
        ),
        role="placement_officer",
    )
    raise_duties([owed], authority_id=claimed.sender_id, by="Placewatch", at=at)
