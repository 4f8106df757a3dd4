"""What is an authority told of a child who comes to its area? Composed here, carried by `notifications`.

The body's fields are the whole of what the host reads (notifications.documents holds the closed set): never our
judgement, never a relative's address, never why an earlier placement ended.
"""

from datetime import date, datetime

from accounts.acting import Actor
from db.clock import london_date
from duties.actions import raise_duties
from notifications import documents
from notifications.directory import directory, directory_watch
from notifications.models import Contact, Document
from placements.models import Placement
from placements.owed import calendar, found_again, obligations
from placements.place import grants, verdicts
from placements.place.verdicts import Judged
from placements.rules.notice import Owed as NoticeOwed
from placements.rules.notice import must_contain
from placements.telling import bodies, care_plans, completeness
from placements.telling.bodies import whom_to_ring

KIND = Document.Kind.PLACEMENT_NOTICE
ABOUT_PLANS = (KIND, Document.Kind.CONSULTATION)


def tell_host(placement: Placement, *, by: Actor, at: datetime) -> Document | None:
    """Compose and send the first notice that reg. 13(4) owes to the host; None where none is owed, no host is known, or
    it was told already.

    Sending is telling, not completing: what the notice must still hold stays a duty until it is given. An authority of
    which no contact is on file is a duty too, never an empty list.
    """
    judged = verdicts.current(placement)
    if not is_owed(placement, judged) or latest_notice(placement, judged):
        return None
    return send(placement, judged, {"still_owed": still_owed(placement, judged, told_at=None)}, by=by, at=at)


def complete(placement: Placement, judged: Judged, needs_and_suitability: str, *, by: Actor, at: datetime) -> Document:
    """Compose and send the fuller notice, which supersedes what the host was told first; the care plan as supplied."""
    latest = latest_notice(placement, judged)
    told_at = latest.composed_at if latest else at
    supply = completeness.counting_supply(placement, judged, told_at=told_at)
    more = {
        "needs_and_suitability": needs_and_suitability,
        "still_owed": still_owed(placement, judged, told_at=told_at, has_assessment=True),
        **care_plans.written(supply),
    }
    return send(placement, judged, more, supersedes=latest, by=by, at=at)


def is_owed(placement: Placement, judged: Judged | None) -> bool:
    """Whether the host of the placement is known, and owed notice as far as can be told."""
    if judged is None or judged.host is None:
        return False
    notice = obligations.notice_to_host(placement, judged.area, holidays=calendar.holidays())
    return notice is None or notice.owed is NoticeOwed.OWED


def latest_notice(placement: Placement, judged: Judged) -> Document | None:
    """The notice that stands before the host now."""
    return Document.objects.filter(
        sender_id=placement.authority_id,
        recipient=judged.host,
        kind=KIND,
        subject_id=placement.id,
        superseded_by=None,
    ).first()


def still_owed(
    placement: Placement, judged: Judged, *, told_at: datetime | None, has_assessment: bool = False
) -> list[str]:
    """What the notice must hold by reg. 13(4)(b) and does not hold yet, in sentences."""
    has_plan = completeness.counting_supply(placement, judged, told_at=told_at) is not None
    held = {"assessment_and_reasons": has_assessment, "care_plan": has_plan}
    return [item.sentence for item in must_contain(area=judged.area) if not held[item.code]]


def send(
    placement: Placement,
    judged: Judged,
    more: dict,
    *,
    supersedes: Document | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """A notice of the placement in the host's inbox, with what else it says."""
    notice = obligations.notice_to_host(placement, judged.area, holidays=calendar.holidays())
    document = documents.compose(
        sender_id=placement.authority_id,
        recipient_id=judged.host.id,
        kind=KIND,
        subject_id=placement.id,
        body={
            "status": placement.get_status_display(),
            **bodies.child(placement),
            **bodies.place(placement),
            **bodies.stay(placement),
            **whom_to_ring(placement.authority_id, london_date(at)),
            **more,
        },
        due_on=notice.due.due_on if notice and notice.due else None,
        urgency=Document.Urgency.URGENT if placement.is_emergency else Document.Urgency.ORDINARY,
        supersedes=supersedes,
        only_for=grants.readers(placement),
        by=by.name,
        at=at,
    )
    ask_for_a_contact(placement, judged, by=by, at=at)
    return document


def tell_new_date(placement: Placement, *, earlier: date | None, by: Actor, at: datetime) -> list[Document]:
    """ "New date" to every authority that was told of the plan or asked about it."""
    body = {
        "child_reference": placement.child.reference,
        "earlier_planned_start_on": bodies.written(earlier),
        "planned_start_on": bodies.written(placement.planned_start_on),
    }
    return _follow_up(placement, Document.Kind.NEW_DATE, body, by=by, at=at)


def tell_not_going_ahead(placement: Placement, *, by: Actor, at: datetime) -> list[Document]:
    """ "Not going ahead" to every authority that was told of the plan or asked about it; what it was sent is taken back."""
    body = {"child_reference": placement.child.reference}
    sent = _follow_up(placement, Document.Kind.NOT_GOING_AHEAD, body, by=by, at=at)
    told = Document.objects.filter(sender_id=placement.authority_id, subject_id=placement.id, recalled_at=None)
    for document in told.exclude(kind=Document.Kind.NOT_GOING_AHEAD):
        documents.recall(document.id, sender_id=placement.authority_id, at=at)
    return sent


def _follow_up(placement: Placement, kind: Document.Kind, body: dict, *, by: Actor, at: datetime) -> list[Document]:
    """One document of a kind to each authority that holds a document about the plan, superseding the last of its kind."""
    ours = Document.objects.filter(sender_id=placement.authority_id, subject_id=placement.id)
    held = ours.filter(kind__in=ABOUT_PLANS, recalled_at=None, superseded_by=None).order_by("composed_at")
    last = {one.recipient_id: one for one in ours.filter(kind=kind, superseded_by=None)}
    return [
        documents.compose(
            sender_id=placement.authority_id,
            recipient_id=recipient_id,
            kind=kind,
            subject_id=placement.id,
            body={
                **body,
                "about_reference": reference,
                **whom_to_ring(placement.authority_id, london_date(at)),
            },
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            only_for=grants.readers(placement),
            supersedes=last.get(recipient_id),
            by=by.name,
            at=at,
        )
        for recipient_id, reference in {one.recipient_id: one.reference for one in held}.items()
    ]


def ask_for_a_contact(placement: Placement, judged: Judged, *, by: Actor, at: datetime) -> None:
    """A duty to find out whom to tell, where no contact of the host is on file; to ask, where an old one is."""
    on = london_date(at)
    if contact := directory.current_contact(judged.host.id, Contact.Purpose.PLACEMENT_NOTICES, on):
        if directory_watch.is_stale(contact, on) and not placement.is_restricted:
            asked = directory_watch.to_confirm(contact, on=on)
            raise_duties([asked], authority_id=by.authority_id, by=by.name, at=at)
        return
    owed = found_again.contact(placement, judged.host)
    raise_duties([owed], authority_id=by.authority_id, by=by.name, at=at)
