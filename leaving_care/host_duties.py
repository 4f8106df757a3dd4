"""What does the authority where a young person lives owe on a handover? Practice, with one owner of its own."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.acting import acting_for, service
from accounts.roles import Role
from duties.actions import close_as_met, close_as_not_owed, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from notifications.models import Document
from placements.rules.instruments import practice

KIND = "answer_handover"
SUBJECT = "received_handover"
PURPOSE = "sweep of handovers received"
CITATION = practice("Practice: no law obliges a host to answer")
TITLE = "Read the handover, name a contact, say what is offered here"


def keep_received(authority_id: UUID, *, at: datetime) -> int:
    """Raise a task for each handover that waits for this authority's answer, and close those answered or taken back.

    Returns how many were raised. Without a due date: a host that has not answered is never late.
    """
    with acting_for(service(authority_id), purpose=PURPOSE):
        _close(authority_id, at)
        waiting = _standing(authority_id).exclude(Exists(_answers()))
        owed = [_owed(document) for document in waiting]
        return len(raise_duties(owed, authority_id=authority_id, by="Placewatch", at=at))


def _standing(authority_id: UUID):
    return Document.objects.filter(
        recipient_id=authority_id, kind=Document.Kind.HANDOVER, recalled_at=None, superseded_by=None
    )


def _answers():
    return Document.objects.filter(kind=Document.Kind.HANDOVER_ANSWER, subject_id=OuterRef("pk"))


def _close(authority_id: UUID, at: datetime) -> None:
    open_ones = Duty.objects.filter(authority_id=authority_id, kind=KIND, closed_at=None)
    documents = {one.id: one for one in Document.objects.filter(id__in=open_ones.values("subject_id"))}
    answered = set(
        Document.objects.filter(kind=Document.Kind.HANDOVER_ANSWER, subject_id__in=documents).values_list(
            "subject_id", flat=True
        )
    )
    standing = set(_standing(authority_id).filter(id__in=documents).values_list("id", flat=True))
    for duty in open_ones:
        if duty.subject_id in answered:
            close_as_met(duty.id, evidence="The handover was answered.", by="Placewatch", at=at)
        elif duty.subject_id not in standing:
            close_as_not_owed(duty.id, reason="Its sender took it back or sent a newer one.", by="Placewatch", at=at)


def _owed(document: Document) -> Owed:
    return Owed(
        key=f"{KIND}:{document.id}",
        kind=KIND,
        title=TITLE,
        basis=Basis.PRACTICE,
        citation=str(CITATION),
        subject_kind=SUBJECT,
        subject_id=document.id,
        subject_reference=document.reference,
        role=Role.LEAVING_CARE_ADVISER,
    )
