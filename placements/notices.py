"""What is an authority told of a child who comes to its area? Composed here, carried by `notifications`.

The body's fields are the whole of what the host reads (notifications.documents holds the closed set): never our
judgement, never a relative's address, never why an earlier placement ended.
"""

from datetime import date, datetime
from uuid import UUID

from accounts.acting import Actor
from accounts.roles import Role
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications import directory, documents
from notifications.models import Contact, Document
from placements import calendar, obligations, places, verdicts
from placements.code_labels import in_words
from placements.models import AddressGrant, Child, Placement
from placements.rules.notice import Owed as NoticeOwed
from placements.rules.notice import must_contain
from placements.verdicts import Judged

KIND = Document.Kind.PLACEMENT_NOTICE


def tell_host(placement: Placement, *, by: Actor, at: datetime) -> Document | None:
    """Compose and send the notice that reg. 13(4) owes to the host; None where none is owed or the host is not known.

    Sending is telling, not completing: what the notice must still hold stays a duty until somebody closes it with
    evidence. An authority of which no contact is on file is a duty too, never an empty list.
    """
    judged = verdicts.current(placement)
    if judged is None or judged.host is None:
        return None
    notice = obligations.notice_to_host(placement, judged.area, holidays=calendar.holidays())
    if notice is not None and notice.owed is not NoticeOwed.OWED:
        return None
    document = documents.compose(
        sender_id=placement.authority_id,
        recipient_id=judged.host.id,
        kind=KIND,
        subject_id=placement.id,
        body=_body(placement, judged, london_date(at)),
        due_on=notice.due.due_on if notice and notice.due else None,
        urgency=Document.Urgency.URGENT if placement.is_emergency else Document.Urgency.ORDINARY,
        only_for=_readers(placement),
        by=by.name,
        at=at,
    )
    _ask_for_a_contact(placement, judged, by=by, at=at)
    return document


def recall_for(placement: Placement, *, at: datetime) -> None:
    """Take back what was sent about a placement that does not go ahead."""
    for document in Document.objects.filter(
        sender_id=placement.authority_id, subject_id=placement.id, recalled_at=None, superseded_by=None
    ):
        documents.recall(document.id, sender_id=placement.authority_id, at=at)


def _readers(placement: Placement) -> list[UUID] | None:
    """Who of ours may read a notice about a closed address: those with a grant; for other addresses everybody."""
    if not placement.is_restricted:
        return None
    return list(AddressGrant.objects.filter(placement=placement).values_list("person_id", flat=True))


def _body(placement: Placement, judged: Judged, on: date) -> dict:
    """What the host is told: who, where, from when, under which status, who is responsible and whom to ring."""
    child = placement.child
    place = None if placement.is_restricted else places.of(placement)
    return {
        "status": placement.get_status_display(),
        "child_reference": child.reference,
        "given_name": child.given_name,
        "family_name": child.family_name,
        "born_on": child.born_on.isoformat(),
        "is_born_on_estimated": child.is_born_on_estimated,
        "sex": Child.Sex(child.sex).label,
        "legal_status": in_words("legal_status", placement.legal_status),
        "kind_of_place": in_words("place", placement.place_code),
        "address": place.line if place else "",
        "postcode": place.postcode if place else "",
        "is_address_withheld": placement.is_restricted,
        "planned_start_on": _written(placement.planned_start_on),
        "starts_on": _written(placement.starts_on),
        "is_emergency": placement.is_emergency,
        "still_owed": [item.sentence for item in must_contain(area=judged.area)],
        **_whom_to_ring(placement, on),
    }


def _whom_to_ring(placement: Placement, on: date) -> dict:
    ours = directory.current_contact(placement.authority_id, Contact.Purpose.PLACEMENT_NOTICES, on)
    out_of_hours = directory.current_contact(placement.authority_id, Contact.Purpose.OUT_OF_HOURS, on)
    return {
        "contact_email": ours.email if ours else "",
        "contact_telephone": ours.telephone if ours else "",
        "contact_telephone_out_of_hours": out_of_hours.telephone if out_of_hours else "",
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ask_for_a_contact(placement: Placement, judged: Judged, *, by: Actor, at: datetime) -> None:
    if directory.current_contact(judged.host.id, Contact.Purpose.PLACEMENT_NOTICES, london_date(at)):
        return
    # A duty is read by more people than a closed address: it then names the child, and not the host.
    closed = placement.is_restricted
    owed = Owed(
        key=f"find_contact:{placement.id if closed else judged.host.id}",
        kind="find_contact",
        title="Find out whom to tell at "
        f"{'the host' if closed else judged.host.name}: no contact for placement notices is on file",
        basis=Basis.PRACTICE,
        citation="Our directory",
        subject_kind="placement" if closed else "authority",
        subject_id=placement.id if closed else judged.host.id,
        subject_reference=placement.child.reference if closed else judged.host.name,
        role=Role.PLACEMENT_OFFICER,
    )
    raise_duties([owed], authority_id=placement.authority_id, by=by.name, at=at)
