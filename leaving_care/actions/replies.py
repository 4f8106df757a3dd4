"""How is what a host asked about a handover replied to?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from db.clock import london_date
from leaving_care import answers, bodies, register
from leaving_care.actions.handovers import HAND_OVER
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Handover
from notifications import documents
from notifications.models import Document
from placements.exceptions import DoesNotFit, UnreadableField


@transaction.atomic
def reply(*, handover_id: UUID, words: str, by: Actor, at: datetime) -> Document:
    """Reply to the question in the host's newest answer to a handover; a later reply supersedes an earlier one.

    It tells these words, who advises, and whom to ring; no name. Raises NotPermitted, RowNotFound, DoesNotFit (nothing
    was asked), UnreadableField.
    """
    cover.require(HAND_OVER, by)
    handover = (
        Handover.objects.filter(id=handover_id, authority_id=by.authority_id, sent_at__isnull=False)
        .select_related("host")
        .first()
    )
    if handover is None:
        raise RowNotFound("handover that was sent")
    child = register.locked(handover.child_id, HAND_OVER, by)
    answer = answers.newest([handover.document_id]).get(handover.document_id)
    if answer is None or not answer.body["question"]:
        raise DoesNotFit(f"{handover.host.name} has asked nothing about this handover.")
    if not words.strip():
        raise UnreadableField("words", "Write the reply.")
    on = london_date(at)
    document = documents.compose(
        sender_id=by.authority_id,
        recipient_id=handover.host_id,
        kind=Document.Kind.HANDOVER_REPLY,
        subject_id=answer.id,
        body={
            **bodies.by_whom_reached(by.authority_id, on=on),
            "about_reference": answer.body["about_reference"],
            "question": answer.body["question"],
            "reply": words.strip(),
            "adviser": bodies.adviser_name(child, on=on),
        },
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        supersedes=answers.replies([answer]).get(answer.id),
        by=by.name,
        at=at,
    )
    register.written(HAND_OVER, [child], reason="A question about a handover was replied to.", by=by, at=at)
    return document
