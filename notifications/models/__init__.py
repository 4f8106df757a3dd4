"""The tables of registered post: contacts, documents with their facts, envelopes with their attempts."""

from notifications.models.addressed import Addressed
from notifications.models.climb import Climb, Rung
from notifications.models.contact import Contact, ContactChange
from notifications.models.delivery import Attempt, Delivery
from notifications.models.document import Document, DocumentFact
from notifications.models.endpoint import Endpoint
from notifications.models.guest import GuestCaller, GuestDoor, GuestLink, GuestOpening
from notifications.models.new_lines import NewLines

__all__ = [
    "Addressed",
    "Attempt",
    "Climb",
    "Contact",
    "ContactChange",
    "Delivery",
    "Document",
    "DocumentFact",
    "Endpoint",
    "GuestCaller",
    "GuestDoor",
    "GuestLink",
    "GuestOpening",
    "NewLines",
    "Rung",
]
