"""What if no machine can give a document? Then a person of the sender has a task, today."""

from datetime import datetime
from uuid import UUID

from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications.models import Attempt, Delivery

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
        title=f"Tell {recipient} about {document.reference} another way: {WHY.get(outcome, NOT_TAKEN)}",
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
        ),
        role="placement_officer",
    )
    raise_duties([owed], authority_id=delivery.sender_id, by="Placewatch", at=at)
