"""What is due to be sent, and who holds it? PostgreSQL remembers; Celery is only nudged.

Claim and lease work on the envelope alone, as the worker's role and for no authority (results.py writes what came of
it, for the sender). Scheduling is by the product's clock (`placewatch_now`), so that a story can wait seven days in a
moment; leases and signatures are by the database's own (`clock_timestamp`), so that moving a story's clock neither
ends a lease nor signs a wrong time.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from notifications.channels import email
from notifications.delivery import schedule
from notifications.directory.addressees import email_for
from notifications.models import Document

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)

# So many calls run at once to one receiver; to one that failed last time, a single probe.
AT_ONCE_PER_ENDPOINT = 2
AT_ONCE_BY_EMAIL = 4

# A broker that does not answer at once is left alone: the sweep in the timetable sends what a lost nudge did not.
NUDGE_SECONDS = 0.2
NUDGE_CONNECTION = {
    "redis": {"socket_timeout": NUDGE_SECONDS, "socket_connect_timeout": NUDGE_SECONDS, "max_retries": 0},
    "amqp": {"confirm_publish": True, "max_retries": 0},
}
NUDGE_EXPIRES_SECONDS = 60
DELIVER = "notifications.tasks.deliver_due"

# Two claims at once would both see the same room in a lane.
CLAIM_ALONE = "select pg_advisory_xact_lock(7390021)"
# The scalar subquery makes one instant of the volatile function, which the indexes can then use. Lanes: an endpoint has
# room for so many at once, none while its circuit is open. What is past the last day goes whatever its lane says, so
# that it ends and somebody is told.
CLAIM = """
with lane as (
    select endpoint.id,
           case when endpoint.failures = 0 then %(at_once)s else 1 end - coalesce(busy.sending, 0) as room
    from notifications_endpoint endpoint
    left join (
        select endpoint_id, count(*) as sending from notifications_delivery where state = 'sending' group by endpoint_id
    ) busy on busy.endpoint_id = endpoint.id
    where endpoint.rests_until is null or endpoint.rests_until <= (select placewatch_now())
), due as (
    select next.id, next.next_at from lane cross join lateral (
        select id, next_at from notifications_delivery
        where endpoint_id = lane.id and state = 'queued' and next_at <= (select placewatch_now())
        order by next_at, id limit greatest(lane.room, 0) for update skip locked
    ) next
    union all
    select next.id, next.next_at from (
        select id, next_at from notifications_delivery
        where endpoint_id is null and state = 'queued' and next_at <= (select placewatch_now())
        order by next_at, id
        limit greatest(%(by_email)s - (
            select count(*) from notifications_delivery where endpoint_id is null and state = 'sending'
        ), 0) for update skip locked
    ) next
    union all
    select next.id, next.next_at from (
        select id, next_at from notifications_delivery
        where state = 'queued' and next_at <= (select placewatch_now())
          and created_at <= (select placewatch_now()) - %(give_up)s
        order by next_at, id limit %(most)s for update skip locked
    ) next
)
update notifications_delivery delivery
set state = 'sending', lease = gen_random_uuid(), leased_until = clock_timestamp() + %(lease)s
from (select distinct id, next_at from due order by next_at, id limit %(most)s) picked
where delivery.id = picked.id
returning delivery.id, delivery.document_id, delivery.endpoint_id, delivery.sender_id, delivery.recipient_id,
          delivery.attempts_made, delivery.lease, placewatch_now(), clock_timestamp(), delivery.channel,
          delivery.address, delivery.created_at
"""


@dataclass(frozen=True)
class Claim:
    """One delivery that one worker holds. `lease` is its fencing token.

    `started_at` is the product's time, `signed_at` the database's own; `taken_at` is this process's steady clock.
    """

    delivery_id: UUID
    document_id: UUID
    endpoint_id: UUID | None
    sender_id: UUID
    recipient_id: UUID
    attempts_made: int
    lease: UUID | None
    started_at: datetime
    signed_at: datetime
    channel: str
    address: str
    created_at: datetime
    taken_at: float = field(default_factory=time.monotonic)

    @property
    def database_time(self) -> datetime:
        """The database's own time now, by this process's steady clock since it was asked."""
        return self.signed_at + timedelta(seconds=time.monotonic() - self.taken_at)

    def may_still_hold(self) -> bool:
        """Whether the lease could still be running, by this process's own clock."""
        return time.monotonic() < self.taken_at + LEASE.total_seconds()


def claim_parameters(most: int) -> dict:
    """What CLAIM asks for."""
    return {
        "most": most,
        "at_once": AT_ONCE_PER_ENDPOINT,
        "by_email": AT_ONCE_BY_EMAIL,
        "give_up": schedule.GIVE_UP_AFTER,
        "lease": LEASE,
    }


def address(document: Document) -> int:
    """Make the document's envelopes in the sender's transaction, one for each live endpoint of its recipient; how many.

    A recipient without a system of its own is told by e-mail, where the service has one and an address is on file.
    """
    made = _call("select address_envelopes(%s)", [document.id])
    return made or address_email(document)


def address_email(document: Document, to: str = "") -> int:
    """Make an envelope of the document by e-mail, once per address; 0 where there is no way to send it.

    To whoever deals with notices there, or to another address on file.
    """
    if not email.is_configured():
        return 0
    to = to or email_for(document)
    return _call("select address_email(%s, %s)", [document.id, to]) if to else 0


def nudge_on_commit(task: str = DELIVER, *arguments: str) -> None:
    """Wake a worker when the transaction commits; once for the same work, however many documents it composed."""
    wanted = (task, *arguments)
    if any(getattr(waiting, "nudges", None) == wanted for _, waiting, _ in connection.run_on_commit):
        return

    def ask() -> None:
        nudge(*wanted)

    ask.nudges = wanted
    transaction.on_commit(ask, robust=True)


def nudge(task: str = DELIVER, *arguments: str) -> None:
    """Ask a worker to look now. A broker that is away costs 0.2 s and a line in the log, never an error."""
    try:
        with current_app.connection_for_write(connect_timeout=NUDGE_SECONDS) as broker:
            broker.transport_options = broker.transport_options | NUDGE_CONNECTION.get(broker.transport_cls, {})
            current_app.send_task(task, args=arguments, connection=broker, retry=False, expires=NUDGE_EXPIRES_SECONDS)
    except (OperationalError, OSError) as error:
        logger.warning("no worker was nudged (the next sweep finds what is due): %s", type(error).__name__)


def claim(most: int) -> list[Claim]:
    """Take up to so many due deliveries under a lease of a minute, committed on return. No two workers get the same."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(CLAIM_ALONE)
        cursor.execute(CLAIM, claim_parameters(most))
        return [Claim(*row) for row in cursor.fetchall()]


def _call(statement: str, values: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
