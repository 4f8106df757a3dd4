"""What did a host answer to a handover, and what did we reply to its question?"""

from collections.abc import Collection
from uuid import UUID

from notifications.models import Document


def newest(document_ids: Collection[UUID]) -> dict[UUID, Document]:
    """The newest answer to each handover, by the handover's document."""
    rows = _standing(Document.Kind.HANDOVER_ANSWER, document_ids).select_related("sender")
    return {row.subject_id: row for row in rows}


def replies(answers: Collection[Document]) -> dict[UUID, Document]:
    """The newest reply to each answer, by the answer."""
    rows = _standing(Document.Kind.HANDOVER_REPLY, [one.id for one in answers])
    return {row.subject_id: row for row in rows}


def _standing(kind: Document.Kind, subject_ids: Collection[UUID]):
    return Document.objects.filter(kind=kind, subject_id__in=subject_ids, superseded_by=None, recalled_at=None)
