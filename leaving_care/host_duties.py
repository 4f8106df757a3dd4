"""What does a handover ask of the authority that received it, and its answer of the adviser? Practice, one owner each."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_met, close_as_not_owed, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from leaving_care.models import Advising, Handover
from notifications import new_lines
from notifications.models import Document, DocumentFact
from placements.rules.instruments import practice

KIND = "answer_handover"
READ_KIND, READ_TITLE = "read_answer", "Read what the host answered"
SUBJECT = "received_handover"
PURPOSE = "sweep of handovers received"
CITATION = practice("Practice: no law obliges a host to answer")
TITLE = "Read the handover, name a contact, say what is offered here"


def keep_answers(authority_id: UUID, *, at: datetime) -> int:
    """Raise a task for each answer that nobody of ours has opened yet, for the young person's adviser; how many.

    The adviser's next e-mail counts it. Opening the answer closes the task.
    """
    with acting_for(service(authority_id), purpose=PURPOSE):
        answers = Document.objects.filter(
            recipient_id=authority_id, kind=Document.Kind.HANDOVER_ANSWER, recalled_at=None, superseded_by=None
        )
        unread = answers.exclude(facts__fact=DocumentFact.Fact.OPENED)
        _close_read(authority_id, unread, at)
        raised = raise_duties(_to_read(unread, london_date(at)), authority_id=authority_id, by="Placewatch", at=at)
        counts = Counter(duty.owner_id for duty in raised if duty.owner_id)
        new_lines.count_on(counts, authority_id=authority_id, at=at)
        return len(raised)


def _to_read(unread: QuerySet[Document], on: date) -> list[Owed]:
    answers = list(unread)
    sent = Handover.objects.filter(document_id__in=[one.subject_id for one in answers]).select_related("child")
    handovers = {one.document_id: one for one in sent}
    children = [one.child_id for one in handovers.values()]
    advising = Advising.objects.filter(child_id__in=children, starts_on__lte=on).exclude(ends_on__lte=on)
    advisers = dict(advising.values_list("child_id", "person_id"))
    return [
        Owed(
            key=f"{READ_KIND}:{one.id}",
            kind=READ_KIND,
            title=READ_TITLE,
            basis=Basis.PRACTICE,
            citation=str(CITATION),
            subject_kind=SUBJECT,
            subject_id=one.id,
            subject_reference=handovers[one.subject_id].child.reference,
            role=Role.LEAVING_CARE_ADVISER,
            owner_id=advisers.get(handovers[one.subject_id].child_id),
        )
        for one in answers
        if one.subject_id in handovers
    ]


def _close_read(authority_id: UUID, unread: QuerySet[Document], at: datetime) -> None:
    still = set(unread.values_list("id", flat=True))
    for duty in Duty.objects.filter(authority_id=authority_id, kind=READ_KIND, closed_at=None):
        if duty.subject_id not in still:
            close_as_met(duty.id, evidence="The answer was opened.", by="Placewatch", at=at)


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
