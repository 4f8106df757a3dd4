"""What of people without an account is there in the matrix's world? Links, knocks, a call keyed, a contact that changes."""

from datetime import date
from uuid import UUID, uuid4

from accounts.acting import Actor, acting_for, operator
from accounts.roles import Role
from db import clock
from notifications import documents
from notifications.directory import contacts
from notifications.guests import guests, outside_answers
from notifications.models import Contact, Document
from tests import factories

NUMBER = "01632 960500"


def build(worker: Actor, addressed: str, other: str) -> dict[str, UUID]:
    """A number on file for the addressed, two links of which one is closed, a wrong code, an acknowledgement by call."""
    at = clock.now()
    theirs = factories.authority(addressed).id
    with acting_for(operator(theirs), "test"):
        on_file = Contact.objects.create(
            authority_id=theirs,
            purpose=Contact.Purpose.DUTY_DESK,
            team="A desk",
            telephone=NUMBER,
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 1, 1),
            confirmed_by="Somebody there",
        )
    with acting_for(worker, "test"):
        document = documents.compose(
            sender_id=worker.authority_id,
            recipient_id=theirs,
            kind=Document.Kind.ENQUIRY,
            subject_id=uuid4(),
            body={"question": "What is known?"},
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            by=worker.name,
            at=at,
        )
        guests.invite(document_id=document.id, number=NUMBER, by=worker, at=at)
        link = guests.invite(document_id=document.id, number=NUMBER, by=worker, at=at).link
        guests.knock(link_id=link.id, code="WRONG", at=at)
        outside_answers.key_acknowledgement(
            document_id=document.id,
            person="R. Pell",
            post="Notifications",
            telephone=NUMBER,
            said_at=at,
            by=worker,
            at=at,
        )
    second = factories.person(factories.ROTHERHAM, Role.MANAGER, name="Ada Second")
    with acting_for(worker, "test"):
        waiting, gone, changed = (
            contacts.propose(
                of_id=theirs,
                purpose=purpose,
                team="A team",
                email="new@their.example",
                telephone="01632 960501",
                said_by="R. Pell",
                by=worker,
                at=at,
            )
            for purpose in ("placement_notices", "out_of_hours", "deputy")
        )
        contacts.withdraw(change_id=gone.id, by=worker, at=at)
    with acting_for(second, "test"):
        contacts.confirm_change(change_id=changed.id, number_rung=NUMBER, spoke_to="R. Pell", by=second, at=at)
    return {
        "contact": on_file.id,
        "contact_change": waiting.id,
        "drilled": factories.authority(other).id,
    }
