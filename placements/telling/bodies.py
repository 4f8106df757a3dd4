"""In which words does a document tell of a child and a place? The pieces of which the bodies of documents are made.

The fields that a kind of document may hold are closed (notifications.documents): never our judgement, never a
relative's address, never why an earlier placement ended.
"""

from datetime import date
from uuid import UUID

from notifications.directory import directory
from notifications.models import Contact
from placements.code_labels import in_words
from placements.models import Child, Placement
from placements.place import places


def child(placement: Placement) -> dict:
    """Whom it is about."""
    one = placement.child
    return {
        "child_reference": one.reference,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "born_on": one.born_on.isoformat(),
        "is_born_on_estimated": one.is_born_on_estimated,
        "sex": Child.Sex(one.sex).label,
    }


def place(placement: Placement) -> dict:
    """Where: of a restricted address nothing but that it is withheld."""
    where = None if placement.is_restricted else places.of(placement)
    return {
        "kind_of_place": in_words("place", placement.place_code),
        "address": where.line if where else "",
        "postcode": where.postcode if where else "",
        "is_address_withheld": placement.is_restricted,
    }


def stay(placement: Placement) -> dict:
    """From when, under which status, planned or in an emergency."""
    return {
        "legal_status": in_words("legal_status", placement.legal_status),
        "planned_start_on": written(placement.planned_start_on),
        "starts_on": written(placement.starts_on),
        "is_emergency": placement.is_emergency,
    }


def whom_to_ring(authority_id: UUID, on: date) -> dict:
    """By whom the responsible authority is reached, by day and out of hours."""
    ours = directory.current_contact(authority_id, Contact.Purpose.PLACEMENT_NOTICES, on)
    out_of_hours = directory.current_contact(authority_id, Contact.Purpose.OUT_OF_HOURS, on)
    return {
        "contact_email": ours.email if ours else "",
        "contact_telephone": ours.telephone if ours else "",
        "contact_telephone_out_of_hours": out_of_hours.telephone if out_of_hours else "",
    }


def written(day: date | None) -> str | None:
    """A day as JSON writes it."""
    return day.isoformat() if day else None
