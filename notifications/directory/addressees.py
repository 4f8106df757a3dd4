"""At which e-mail address, and by which telephone, is the recipient of a document reached?"""

from collections.abc import Iterable
from datetime import date

from db.clock import london_date
from notifications.directory.directory import current_contact
from notifications.models import Contact, Document

# Never the director by default: whoever deals with notices there, then whoever is on duty.
TO_BE_TOLD = (Contact.Purpose.PLACEMENT_NOTICES, Contact.Purpose.DUTY_DESK)
AFTER_THEM = (Contact.Purpose.DEPUTY, Contact.Purpose.DUTY_DESK)
TO_BE_RUNG = (
    Contact.Purpose.PLACEMENT_NOTICES,
    Contact.Purpose.DEPUTY,
    Contact.Purpose.DUTY_DESK,
    Contact.Purpose.OUT_OF_HOURS,
)


def contacts(document: Document, purposes: Iterable[Contact.Purpose], on: date | None = None) -> list[Contact]:
    """The recipient's contacts for these purposes, in their order; those without one are left out.

    As the directory stood when the document was composed, or on another day.
    """
    on = on or london_date(document.composed_at)
    found = (current_contact(document.recipient_id, purpose, on) for purpose in purposes)
    return [one for one in found if one is not None]


def email_for(document: Document, on: date | None = None) -> str:
    """Where the recipient takes e-mail about a document; empty where no address is on file."""
    return _first_email(document, TO_BE_TOLD, on)


def deputy_email_for(document: Document, on: date | None = None) -> str:
    """Where whoever stands in for them takes it, if that is another address; empty where none is on file."""
    deputy = _first_email(document, AFTER_THEM, on)
    return deputy if deputy != email_for(document, on) else ""


def email_instead_of(address: str, document: Document, on: date) -> str:
    """Where the recipient takes it on a day, what went to an address before: the deputy's, if that was a deputy's."""
    was_deputys = address and address == deputy_email_for(document)
    return (was_deputys and deputy_email_for(document, on)) or email_for(document, on)


def numbers_for(document: Document) -> list[str]:
    """Whom to ring, in order: what they are there for, and the number on file."""
    return [f"{one.get_purpose_display()}: {one.telephone}" for one in contacts(document, TO_BE_RUNG) if one.telephone]


def _first_email(document: Document, purposes: Iterable[Contact.Purpose], on: date | None) -> str:
    return next((one.email for one in contacts(document, purposes, on) if one.email), "")
