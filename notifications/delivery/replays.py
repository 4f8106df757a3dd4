"""How is what could not be delivered sent again? As a new envelope that names the one that ended, for a reason.

It goes to where its recipient takes notices now; not where it goes already, under another id. Where nothing is on file,
that is said, and a person has the task.
Nothing undelivered is ever deleted. Each is replayed once; the replay may end undelivered, and be replayed in turn.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import meet
from notifications.channels import email
from notifications.delivery import outbox, undelivered
from notifications.directory.addressees import email_instead_of
from notifications.exceptions import NothingToReplay, ReplayReasonMissing
from notifications.models import Delivery

AT_ONCE = 1_000


@dataclass(frozen=True)
class Which:
    """Which of a sender's dead letters: all, or only those of every filter that is given.

    To one recipient or one system of its own, by one way, of one kind, that ended from an instant on and before another.
    """

    recipient_id: UUID | None = None
    endpoint_id: UUID | None = None
    channel: str = ""
    kind: str = ""
    ended_from: datetime | None = None
    ended_before: datetime | None = None
    delivery_id: UUID | None = None

    def of(self, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """The rows that are meant."""
        asked = {
            "recipient_id": self.recipient_id,
            "endpoint_id": self.endpoint_id,
            "channel": self.channel,
            "document__kind": self.kind,
            "ended_at__gte": self.ended_from,
            "ended_at__lt": self.ended_before,
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


def sent_again(sender_id: UUID) -> QuerySet[Delivery]:
    """What a sender sent again, the latest first, each with how far it is now."""
    rows = Delivery.objects.filter(sender_id=sender_id, replays__isnull=False)
    return rows.select_related("document", "recipient").order_by("-created_at", "id")


@dataclass(frozen=True)
class Replayed:
    """What came of it: the ids of the new envelopes, and of the dead letters of which none was made.

    Either no address is on file (`nowhere`), or the recipient has the document, or gets it, `elsewhere`.
    """

    made: list[UUID]
    nowhere: list[UUID]
    elsewhere: list[UUID]


@transaction.atomic
def replay(which: Which, *, reason: str, by: Actor, at: datetime) -> Replayed:
    """Queue them again, each to where its recipient takes notices now; a person has the task where that is nowhere.

    Refuses with ReplayReasonMissing, NothingToReplay.
    """
    reason = reason.strip()
    if not reason:
        raise ReplayReasonMissing
    done = Replayed([], [], [])
    for one in which.of(dead(by.authority_id))[:AT_ONCE]:
        if new := _replay(one, reason, at):
            done.made.append(new)
            _meet(one, f"Sent again: {reason}", by=by, at=at)
        elif _others(one).filter(replays=one).exists():
            # Somebody else has just sent it again.
            continue
        elif _others(one).exclude(state=Delivery.State.UNDELIVERABLE).exists():
            done.elsewhere.append(one.id)
            _meet(one, f"It has gone to them another way, or is going: {reason}", by=by, at=at)
        else:
            done.nowhere.append(one.id)
            undelivered.tell_that_nowhere_is_left(one, at=at)
    if not (done.made or done.nowhere or done.elsewhere):
        raise NothingToReplay
    log.record(
        operation="deliveries.replay",
        subject_kind="delivery",
        subject_ids=done.made if len(done.made) <= 50 else [],
        detail={name: len(ids) for name, ids in asdict(done).items()} | _detail(which),
    )
    outbox.nudge_on_commit()
    return done


def _others(one: Delivery) -> QuerySet[Delivery]:
    """The other envelopes of its document."""
    return Delivery.objects.filter(document_id=one.document_id).exclude(id=one.id)


def _meet(one: Delivery, evidence: str, *, by: Actor, at: datetime) -> None:
    meet(undelivered.task_of(one.id), authority_id=by.authority_id, evidence=evidence, by=by.name, at=at)


def _detail(which: Which) -> dict:
    return {name: str(value) for name, value in asdict(which).items() if value}


def _replay(one: Delivery, reason: str, at: datetime) -> UUID | None:
    to = email_instead_of(one.address, one.document, london_date(at)) if email.is_configured() else ""
    with connection.cursor() as cursor:
        cursor.execute("select replay_envelope(%s, %s, %s)", [one.id, reason, to])
        return cursor.fetchone()[0]
