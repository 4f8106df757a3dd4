"""What becomes of the tasks that a climb raised, once a person of the recipient has answered?"""

from datetime import datetime

from db.clock import london_date
from duties.actions import close_as_met, close_as_not_owed, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from notifications.ladder import steps
from notifications.models import Climb, Document, DocumentFact

Fact = DocumentFact.Fact
ANSWERS = (Fact.ACKNOWLEDGED, Fact.DISPUTED, Fact.ACTED_ON)
KINDS = ("notice_follow_up", "notice_call", "notice_not_acknowledged", "notice_not_delivered")


def settle(climb: Climb, *, at: datetime) -> None:
    """Close what nobody has to follow up any more, with the evidence or the reason; a dispute is a task of its own."""
    answers = list(DocumentFact.objects.filter(document=climb.document, fact__in=ANSWERS).order_by("at"))
    for duty in Duty.objects.filter(
        authority_id=climb.sender_id, subject_id=climb.document_id, kind__in=KINDS, closed_at=None
    ):
        if answers:
            first = answers[0]
            evidence = f"{first.get_fact_display()} by {first.person}, {first.post}".rstrip(", ")
            close_as_met(duty.id, evidence=evidence, by="Placewatch", at=at, done_at=first.at)
        else:
            close_as_not_owed(duty.id, reason="The notice was superseded or recalled.", by="Placewatch", at=at)
    for one in answers:
        if one.fact == Fact.DISPUTED:
            _raise_dispute(climb, climb.document, at=at)


def _raise_dispute(climb: Climb, document: Document, *, at: datetime) -> None:
    recipient = document.recipient.name if document.only_for is None else "its recipient"
    owed = Owed(
        key=f"notice_disputed:{document.id}",
        kind="notice_disputed",
        title=f"Put right {document.reference}, or say why it stands: {recipient} says that something in it is wrong",
        basis=Basis.PRACTICE,
        citation="Practice: what a host disputes is answered by whoever sent it",
        subject_kind="document",
        subject_id=document.id,
        subject_reference=document.reference,
        due_on=london_date(at),
        working=("What they wrote stands with the notice.",),
        role="placement_officer",
        owner_id=steps.named_person(climb, on=london_date(at)),
    )
    raise_duties([owed], authority_id=climb.sender_id, by="Placewatch", at=at)
