"""The tables of registered post: contacts, documents with their facts, envelopes with their attempts."""

from notifications.models.addressed import Addressed
from notifications.models.contact import Contact
from notifications.models.delivery import Attempt, Delivery, Endpoint
from notifications.models.document import Document, DocumentFact

__all__ = ["Addressed", "Attempt", "Contact", "Delivery", "Document", "DocumentFact", "Endpoint"]
