"""How is what could not be delivered sent again? As a new envelope that names the one that ended, for a reason.

Nothing undelivered is ever deleted. Each is replayed once; the replay may end undelivered, and be replayed in turn.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.acting import Actor
from audit import log
from duties.actions import meet
from notifications import outbox
from notifications.exceptions import NothingToReplay, ReplayReasonMissing
from notifications.models import Delivery

AT_ONCE = 1_000


@dataclass(frozen=True)
class Which:
    """Which of a sender's dead letters: all, or those to one recipient, by one way, or that ended from an instant on."""

    recipient_id: UUID | None = None
    channel: str = ""
    ended_from: datetime | None = None
    delivery_id: UUID | None = None

    def of(self, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """The rows that are meant."""
        asked = {
            "recipient_id": self.recipient_id,
            "channel": self.channel,
            "ended_at__gte": self.ended_from,
            "id": self.delivery_id,
        }
        return rows.filter(**{name: value for name, value in asked.items() if value})


def dead_letters() -> QuerySet[Delivery]:
    """What could not be delivered and was not sent again, the latest first; whose, the caller says."""
    rows = Delivery.objects.filter(state=Delivery.State.UNDELIVERABLE, replayed_by=None)
    return rows.select_related("document", "recipient").order_by("-ended_at", "id")


def dead(sender_id: UUID) -> QuerySet[Delivery]:
    """A sender's dead letters."""
    return dead_letters().filter(sender_id=sender_id)


@transaction.atomic
def replay(which: Which, *, reason: str, by: Actor, at: datetime) -> list[UUID]:
    """Queue them again; the ids of the new envelopes. Refuses with ReplayReasonMissing, NothingToReplay."""
    if not reason.strip():
        raise ReplayReasonMissing
    made = []
    for one in which.of(dead(by.authority_id))[:AT_ONCE]:
        new = _replay(one.id, reason.strip())
        if new:
            made.append(new)
            meet(
                f"notice_not_delivered:{one.id}",
                authority_id=by.authority_id,
                evidence=f"Sent again: {reason.strip()}",
                by=by.name,
                at=at,
            )
    if not made:
        raise NothingToReplay
    log.record(
        operation="deliveries.replay",
        subject_kind="delivery",
        subject_ids=made if len(made) <= 50 else [],
        detail={"replayed": len(made)},
    )
    outbox.nudge_on_commit()
    return made


def _replay(dead_id: UUID, reason: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("select replay_envelope(%s, %s)", [dead_id, reason])
        return cursor.fetchone()[0]
