"""Who is told next while nobody acknowledges a document? One step after another, until a person answers.

A promise made at composing: the ladder stands with the document, so that a change of the file changes nothing that was
sent. Steps are found by one statement over all authorities and taken for the sender, each in a transaction of its own.
"""

import logging
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from accounts.acting import acting_for, service
from audit import log
from db.clock import now
from notifications.ladder import follow_ups, steps
from notifications.ladder.ladder import ladder_for
from notifications.models import Climb, Document, DocumentFact, Rung

logger = logging.getLogger(__name__)

AT_ONCE = 500
# A sweep goes on for so long, and the next one from the start.
CLIMBING_SECONDS = 5.0
# Page by page, so that none which cannot be climbed stands before the others.
DUE = """
select id, sender_id, next_at from notifications_climb
where ended_at is null and next_at <= (select placewatch_now()) and (next_at, id) > (%s, %s)
order by next_at, id limit %s
"""
FIRST = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
PURPOSE = "following up what nobody acknowledged"
# Past the end of its ladder a person has it; it is looked at again in case nobody said that an answer came.
LOOK_AGAIN = timedelta(hours=1)


def begin(document: Document) -> Climb:
    """Keep the ladder of a new document, in its sender's transaction."""
    ladder = ladder_for(document.kind, document.urgency, composed_at=document.composed_at, due_on=document.due_on)
    return Climb.objects.create(
        document=document,
        sender_id=document.sender_id,
        recipient_id=document.recipient_id,
        ladder=[{"step": one.step, "at": one.at.isoformat()} for one in ladder],
        next_at=ladder[0].at,
    )


def climb_due() -> int:
    """Take every step that is due, over all authorities; how many climbs were looked at."""
    ends, looked_at, last = time.monotonic() + CLIMBING_SECONDS, 0, FIRST
    while due := _due_after(*last):
        for climb_id, sender_id, _ in due:
            try:
                _climb(climb_id, sender_id)
            except Exception:
                # One ladder that cannot be climbed must not hold up the others; it is tried again at the next sweep.
                logger.exception("climb %s stopped", climb_id)
        looked_at += len(due)
        climb_id, _, next_at = due[-1]
        last = (next_at, climb_id)
        if time.monotonic() > ends:
            break
    return looked_at


def _due_after(next_at: datetime, climb_id: UUID) -> list[tuple[UUID, UUID, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, [next_at, climb_id, AT_ONCE])
        return cursor.fetchall()


def look_at(document_id: UUID, sender_id: UUID) -> None:
    """Look at one document's climb now: its recipient has just answered."""
    with acting_for(service(sender_id), PURPOSE):
        climb = Climb.objects.filter(document_id=document_id, ended_at=None).first()
    if climb is not None:
        _climb(climb.id, sender_id, is_asked=True)


def _climb(climb_id: UUID, sender_id: UUID, *, is_asked: bool = False) -> None:
    with acting_for(service(sender_id), PURPOSE):
        at = now()
        due = Q() if is_asked else Q(next_at__lte=at)
        # Of two sweeps at once the second finds it held and leaves it to the first.
        rows = Climb.objects.select_for_update(skip_locked=True, of=("self",)).select_related("document__recipient")
        climb = rows.filter(due, id=climb_id, ended_at=None).first()
        if climb is None:
            return
        if ending := _ending(climb):
            follow_ups.settle(climb, at=at)
            Climb.objects.filter(id=climb.id).update(next_at=None, ended_at=at, ending=ending)
            return
        while climb.taken < len(climb.ladder) and _due_at(climb) <= at:
            _take(climb, at=at)
        if climb.taken == len(climb.ladder):
            steps.end_of_ladder(climb, at=at)
            next_at = at + LOOK_AGAIN
        else:
            next_at = _due_at(climb)
        Climb.objects.filter(id=climb.id).update(taken=climb.taken, next_at=next_at)


def _take(climb: Climb, *, at: datetime) -> None:
    step = climb.ladder[climb.taken]["step"]
    words = steps.take(step, climb, at=at)
    Rung.objects.create(
        climb=climb,
        sender_id=climb.sender_id,
        recipient_id=climb.recipient_id,
        number=climb.taken + 1,
        step=step,
        due_at=_due_at(climb),
        at=at,
        words=words,
    )
    log.record(
        operation="climbs.step",
        subject_kind="document",
        subject_ids=[climb.document_id],
        detail={"step": step, "number": climb.taken + 1},
    )
    climb.taken += 1


def _due_at(climb: Climb) -> datetime:
    return datetime.fromisoformat(climb.ladder[climb.taken]["at"])


def _ending(climb: Climb) -> Climb.Ending | None:
    document = climb.document
    if DocumentFact.objects.filter(document=document, fact__in=follow_ups.ANSWERS).exists():
        return Climb.Ending.ANSWERED
    if document.recalled_at or Document.objects.filter(supersedes=document).exists():
        return Climb.Ending.NOT_STANDING
    return None
