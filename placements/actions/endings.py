"""How does an ending become known, and how is the host told of it, before or after?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import meet
from notifications import documents
from notifications.models import Document
from placements import endings
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import NoHostToTell, NothingEnds, UnreadableField
from placements.models import Ending, Placement
from placements.place import grants, verdicts
from placements.rules.not_practicable import NotPracticable
from placements.telling import bodies, notices


@transaction.atomic
def record_ending(
    *,
    placement_id: UUID,
    how: str,
    planned_on: date | None = None,
    why_not_before: str = "",
    decided_by: str = "",
    decided_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Ending:
    """Say how a placement ends or ended, for which day it is planned, and why nobody could be told before.

    The duties of the ending follow: notice of the intention before it; within ten working days after it only where the
    reason why not before is recorded, with who decided (reg. 14(4)), or for immediate risk. Raises NotPermitted,
    PlacementNotFound, NothingEnds (no move, no planned day), UnreadableField (a day before the start; a reason alone).
    """
    policy.require("endings.record", by.role)
    placement = locked(placement_id, None, by)
    _check(placement, planned_on, why_not_before, decided_by, decided_on, on=london_date(at))
    why_not = None
    if why_not_before.strip():
        why_not = NotPracticable(reason=why_not_before.strip(), decided_by=decided_by.strip(), decided_on=decided_on)
    recorded = endings.record(placement, how=how, planned_on=planned_on, not_practicable=why_not, by=by, at=at)
    if endings.expected(placement) is None:
        raise NothingEnds
    log.record(operation="endings.record", subject_kind="placement", subject_ids=[placement.id])
    write_event(placement, f"How it ends: {recorded.get_how_display()}", at, by=by, at=at, words=_words(recorded))
    endings.bring_up_to_date(placement, reason=f"How it ends was recorded by {by.name}.", by=by, at=at)
    return recorded


@transaction.atomic
def tell_host_of_ending(*, placement_id: UUID, by: Actor, at: datetime) -> Document:
    """Give the host written notice that a placement is to end, or has ended: it meets the duty of reg. 14.

    Told before and told after are two dates; a later notice supersedes an earlier one. Raises NotPermitted,
    PlacementNotFound, NothingEnds, NoHostToTell.
    """
    policy.require("endings.tell_host", by.role)
    placement = locked(placement_id, None, by)
    ending, judged = endings.expected(placement), verdicts.current(placement)
    if ending is None:
        raise NothingEnds
    if judged is None or judged.host is None or not judged.area.is_out_of_area:
        raise NoHostToTell
    is_intention = placement.status == Placement.Status.STARTED
    document = documents.compose(
        sender_id=placement.authority_id,
        recipient_id=judged.host.id,
        kind=Document.Kind.ENDING_NOTICE,
        subject_id=placement.id,
        body={
            **bodies.child(placement),
            **bodies.place(placement),
            "ends_on": bodies.written(ending.on),
            "is_intention": is_intention,
            **bodies.whom_to_ring(placement.authority_id, london_date(at)),
        },
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        only_for=grants.readers(placement),
        supersedes=_latest(placement, judged.host.id),
        by=by.name,
        at=at,
    )
    notices.ask_for_a_contact(placement, judged, by=by, at=at)
    what = "is to end" if is_intention else "has ended"
    write_event(placement, f"{judged.host_for(placement)} was told that it {what}", at, by=by, at=at)
    evidence = f"Notice {document.reference} that it {what}."
    key = f"{endings.TO_HOST}:{placement.id}"
    meet(key, authority_id=placement.authority_id, evidence=evidence, by=by.name, at=at)
    return document


def _check(
    placement: Placement,
    planned_on: date | None,
    why_not_before: str,
    decided_by: str,
    decided_on: date | None,
    *,
    on: date,
) -> None:
    if planned_on and placement.status == Placement.Status.ENDED:
        raise UnreadableField("planned_on", "This placement has ended: there is no day left to plan.")
    if planned_on and placement.starts_on and planned_on < placement.starts_on:
        raise UnreadableField("planned_on", "A placement does not end before it starts.")
    if any((why_not_before.strip(), decided_by.strip(), decided_on)):
        for name, given in (("why_not_before", why_not_before), ("decided_by", decided_by)):
            if not given.strip():
                raise UnreadableField(name, "Say why people could not be told before, and who decided that.")
        if decided_on is None or decided_on > on:
            raise UnreadableField("decided_on", "Say on which day it was decided; that day does not lie ahead.")


def _words(recorded: Ending) -> str:
    planned = f"Planned for {recorded.planned_on:%-d %B %Y}. " if recorded.planned_on else ""
    why_not = f"Not told before: {recorded.why_not_before}" if recorded.why_not_before else ""
    return f"{planned}{why_not}".strip()


def _latest(placement: Placement, host_id: UUID) -> Document | None:
    return Document.objects.filter(
        sender_id=placement.authority_id,
        recipient_id=host_id,
        kind=Document.Kind.ENDING_NOTICE,
        subject_id=placement.id,
        superseded_by=None,
    ).first()
