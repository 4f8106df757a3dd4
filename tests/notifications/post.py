"""Who writes to whom in these tests? Rotherham tells Sheffield, whose own system takes webhooks."""

import uuid
from datetime import date
from functools import cached_property

from accounts.acting import Actor, acting_for, operator, service
from accounts.roles import Role
from db.clock import now
from geo.areas import authority_by_code
from notifications import documents
from notifications.delivery import endpoints
from notifications.models import Delivery, Document

SENDER_CODE = "E08000018"
RECIPIENT_CODE = "E08000039"
BODY = {"given_name": "CANARY-KAYLA", "address": "CANARY-LARCH 1 High Street", "is_emergency": False}


def placement_officer(authority_id) -> Actor:
    return Actor(authority_id=authority_id, role=Role.PLACEMENT_OFFICER, name="Priya Nair", person_id=uuid.uuid4())


def host_officer(authority_id, name="Nadia Clarke") -> Actor:
    return Actor(authority_id=authority_id, role=Role.HOST_OFFICER, name=name, person_id=uuid.uuid4())


def person(authority_id, role: Role) -> Actor:
    return Actor(authority_id=authority_id, role=role, name=f"A {role}", person_id=uuid.uuid4())


def system(authority_id) -> Actor:
    return Actor(authority_id=authority_id, role=Role.HOST_OFFICER, name="Case system", client_id=uuid.uuid4())


def compose(sender_id, recipient_id, **changes) -> Document:
    """Compose a notice in the caller's context."""
    facts = {
        "kind": Document.Kind.PLACEMENT_NOTICE,
        "subject_id": uuid.uuid4(),
        "body": BODY,
        "due_on": date(2026, 12, 29),
        "urgency": Document.Urgency.ORDINARY,
        "by": "Priya Nair",
        "at": now(),
    }
    return documents.compose(sender_id=sender_id, recipient_id=recipient_id, **{**facts, **changes})


class Post:
    """Both ends of the post, in a database of the test's own."""

    def __init__(self, receiver):
        self.receiver = receiver
        with acting_for(operator(self.recipient.id), "test") as actor:
            self.endpoint, receiver.secret = endpoints.add_endpoint(
                authority_id=self.recipient.id, url=receiver.url, by=actor.name, at=now()
            )

    @cached_property
    def sender(self):
        return authority_by_code(SENDER_CODE)

    @cached_property
    def recipient(self):
        return authority_by_code(RECIPIENT_CODE)

    def send(self, **changes) -> Document:
        with acting_for(placement_officer(self.sender.id), "test"):
            return compose(self.sender.id, self.recipient.id, **changes)

    def delivery(self, document: Document) -> Delivery:
        """The one envelope of a document, read as its sender."""
        with acting_for(service(self.sender.id), "test"):
            return Delivery.objects.get(document=document)

    def attempts(self, document: Document) -> list:
        """The attempts of a document's envelope, in order, read as its sender."""
        with acting_for(service(self.sender.id), "test"):
            return list(Delivery.objects.get(document=document).attempts.order_by("number"))
