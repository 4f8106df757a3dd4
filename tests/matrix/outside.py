"""Which words of people without an account are there in the matrix's world? Links that closed, knocks, a call keyed."""

from datetime import date
from uuid import uuid4

from accounts.acting import Actor, acting_for, operator
from db import clock
from notifications import documents, guests, outside_answers
from notifications.models import Contact, Document
from tests import factories

NUMBER = "01632 960500"


def build(worker: Actor, addressed: str) -> None:
    """A number on file for the addressed, two links of which one is closed, a wrong code, an acknowledgement by call."""
    at = clock.now()
    theirs = factories.authority(addressed).id
    with acting_for(operator(theirs), "test"):
        Contact.objects.create(
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
