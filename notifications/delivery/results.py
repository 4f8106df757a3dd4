"""What came of a try? Written while its lease holds, for the sender; what was interrupted is queued again.

Results that come together are written by one commit, which is what each of them would wait for. A try that failed for
good is the work of a person of the sender, and a receiver that keeps failing is let rest.
"""

import logging
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from accounts.acting import acting_for, service
from audit import log
from audit.models import ClockTimestamp
from db.clock import now
from notifications.channels import Reply
from notifications.delivery import circuits, schedule, undelivered
from notifications.delivery.outbox import LEASE, Claim
from notifications.models import Attempt, Delivery
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
class Result:
    """What came of one try, and by what right it is written: from which state, and which rows still stand as they were."""

    claimed: Claim
    reply: Reply
    state: State
    rows: Q

    @property
    def number(self) -> int:
        """Which try it was."""
        return self.claimed.attempts_made + 1


def settle(claimed: Claim, reply: Reply) -> bool:
    """Write what came of one try, if its lease still holds; whether it was written."""
    return claimed.delivery_id in settle_all([(claimed, reply)])


def settle_all(tries: Sequence[tuple[Claim, Reply]]) -> set[UUID]:
    """Write what came of tries whose leases still hold, all in one commit; the deliveries of which it was written.

    A worker whose lease ran out writes nothing: the delivery is tried again, and its receiver knows it by its id.
    """
    still_held = Q(leased_until__gt=ClockTimestamp())
    written = write([Result(one, reply, State.SENDING, still_held & Q(lease=one.lease)) for one, reply in tries])
    circuits.note_all(
        [(one.endpoint_id, reply) for one, reply in tries if one.endpoint_id and one.delivery_id in written], at=now()
    )
    return written


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
            recovered += len(write([Result(one, interrupted, State.SENDING, Q(lease=one.lease))]))
        except Exception:
            # One delivery that cannot be recovered must not hold up all that wait behind it.
            logger.exception("delivery %s could not be recovered", one.delivery_id)
    return recovered


@transaction.atomic
def write(results: Sequence[Result]) -> set[UUID]:
    """Write results and everything that follows from them; of which deliveries: with the others somebody was quicker."""
    written: set[UUID] = set()
    at = now()
    # Always in the same order: two workers that wait for each other's rows would both be sent away.
    in_order = sorted(results, key=lambda one: one.claimed.sender_id)
    for sender_id, theirs in groupby(in_order, key=lambda one: one.claimed.sender_id):
        with acting_for(service(sender_id), "delivering a document"):
            written |= _write_for_sender(list(theirs), at)
    return written


def _write_for_sender(results: list[Result], at: datetime) -> set[UUID]:
    standing = _standing(results)
    results = [one for one in results if one.claimed.delivery_id in standing]
    tries = _tries(results)
    wanted = {one.claimed.delivery_id: _state_after(one, tries[one.claimed.delivery_id], at) for one in results}
    _move_on(results, wanted, tries, at)
    _write_attempts(results, at)
    for one in results:
        if wanted[one.claimed.delivery_id] == State.UNDELIVERABLE:
            undelivered.tell(one.claimed.delivery_id, one.reply.outcome, at=at)
    log.record_each(
        log.Line(
            operation="deliveries.end",
            subject_kind="delivery",
            subject_ids=[one.claimed.delivery_id],
            outcome=wanted[one.claimed.delivery_id],
            detail={"attempts": one.number},
        )
        for one in results
        if wanted[one.claimed.delivery_id] in (State.GIVEN, State.UNDELIVERABLE)
    )
    return standing


def _standing(results: list[Result]) -> set[UUID]:
    """The deliveries that still stand as they were, held until the commit."""
    each = (one.rows & Q(id=one.claimed.delivery_id, state=one.state) for one in results)
    rows = Delivery.objects.filter(reduce(or_, each)).order_by("id").select_for_update()
    return set(rows.values_list("id", flat=True))


def _move_on(results: list[Result], wanted: dict[UUID, State], tries: dict[UUID, int], at: datetime) -> None:
    for one in results:
        require_transition(one.state, wanted[one.claimed.delivery_id])
    # Given is most of them, and looks the same for each.
    given = [delivery_id for delivery_id, state in wanted.items() if state == State.GIVEN]
    _update(given, state=State.GIVEN, ended_at=at, given_at=at)
    for one in results:
        delivery_id = one.claimed.delivery_id
        if wanted[delivery_id] != State.GIVEN:
            _update([delivery_id], **_changes(wanted[delivery_id], tries[delivery_id], one.reply, at))


def _update(ids: list[UUID], **changes: object) -> None:
    if ids:
        rows = Delivery.objects.filter(id__in=ids)
        rows.update(attempts_made=F("attempts_made") + 1, lease=None, leased_until=None, **changes)


def _changes(wanted: State, tries: int, reply: Reply, at: datetime) -> dict:
    match wanted:
        case State.QUEUED:
            return {"state": wanted, "next_at": at + timedelta(seconds=_wait(tries, reply))}
        case State.POSTED:
            return {"state": wanted, "posted_at": at, "provider_id": reply.provider_id, "next_at": at + ASK_AFTER}
        case _:
            return {"state": wanted, "ended_at": at}


def _wait(tries: int, reply: Reply) -> float:
    if reply.outcome == Outcome.OUR_FAULT:
        return schedule.wait_after_our_fault(chance=chance())
    return schedule.wait_seconds(tries, retry_after_seconds=reply.retry_after_seconds, chance=chance())


def _state_after(result: Result, tries: int, at: datetime) -> State:
    outcome = result.reply.outcome
    if outcome in FINAL:
        return FINAL[outcome]
    if outcome == Outcome.OUR_FAULT:
        # A fault of our own uses up no try: the receiver was never asked.
        return State.QUEUED
    if at - result.claimed.created_at >= schedule.GIVE_UP_AFTER:
        return State.UNDELIVERABLE
    return State.QUEUED if tries < schedule.ATTEMPTS else State.UNDELIVERABLE


def _tries(results: list[Result]) -> dict[UUID, int]:
    """How often each was tried, this time with it and faults of our own without."""
    again = [one.claimed.delivery_id for one in results if one.number > 1 and one.reply.outcome not in FINAL]
    rows = Attempt.objects.filter(delivery_id__in=again, outcome=Outcome.OUR_FAULT) if again else Attempt.objects.none()
    ours = Counter(rows.values_list("delivery_id", flat=True))
    return {one.claimed.delivery_id: one.number - ours[one.claimed.delivery_id] for one in results}


def _write_attempts(results: list[Result], at: datetime) -> None:
    Attempt.objects.bulk_create(
        [
            Attempt(
                sender_id=one.claimed.sender_id,
                recipient_id=one.claimed.recipient_id,
                delivery_id=one.claimed.delivery_id,
                number=one.number,
                started_at=one.claimed.started_at,
                ended_at=at,
                outcome=one.reply.outcome,
                http_status=one.reply.http_status,
            )
            for one in results
        ]
    )
