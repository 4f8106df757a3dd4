"""What if no machine can give a document? Then a person of the sender has a task, today."""

from datetime import datetime
from uuid import UUID

from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications.directory import addressees
from notifications.models import Attempt, Delivery, Document

WHY = {
    Attempt.Outcome.BOUNCED: "an e-mail to it came back",
    Attempt.Outcome.ADDRESS_ENDED: "its system's address has ended",
}
NOT_TAKEN = "a system there did not take it"


def tell(delivery_id: UUID, outcome: Attempt.Outcome, *, at: datetime) -> None:
    """Raise the duty to tell the recipient another way. The document stands in its inbox all the same."""
    delivery = Delivery.objects.select_related("document", "recipient").get(id=delivery_id)
    document = delivery.document
    # What tells of a closed address is read by few people, a duty by many: it then does not name the recipient.
    recipient = delivery.recipient.name if document.only_for is None else "its recipient"
    owed = Owed(
        key=f"notice_not_delivered:{delivery.id}",
        kind="notice_not_delivered",
        title=_title(recipient, document.reference, outcome),
        basis=Basis.PRACTICE,
        citation="Practice: a notice that no system takes is given by a person",
        subject_kind="document",
        subject_id=document.id,
        subject_reference=document.reference,
        due_on=london_date(at),
        working=(
            f"Tried {delivery.attempts_made} times, first on {london_date(delivery.created_at):%-d %B %Y}, "
            f"last on {london_date(at):%-d %B %Y}.",
            "It has stood in the recipient's inbox since it was composed.",
            *(_script(document) if outcome == Attempt.Outcome.BOUNCED else ()),
        ),
        role="placement_officer",
    )
    raise_duties([owed], authority_id=delivery.sender_id, by="Placewatch", at=at)


def _title(recipient: str, reference: str, outcome: Attempt.Outcome) -> str:
    if outcome == Attempt.Outcome.BOUNCED:
        return f"{recipient[0].upper()}{recipient[1:]} has not been told: {WHY[outcome]} ({reference})"
    return f"Tell {recipient} about {reference} another way: {WHY.get(outcome, NOT_TAKEN)}"


def _script(document: Document) -> tuple[str, ...]:
    """Whom to ring and what to say; no number of a closed address's host, which would give it away."""
    numbers = addressees.numbers_for(document) if document.only_for is None else []
    return (
        f"Ring {', '.join(numbers)}." if numbers else "No number is on file: find one first.",
        f"Say: we have a notice for you, reference {document.reference}. Say no child’s name until the right desk answers.",
        "Give it by a one-time link; tell the code on a number that is on file.",
    )
