"""What if no machine can give a document? Then a person of the sender has a task, today."""

from datetime import date, datetime
from uuid import UUID

from db.clock import london_date
from duties.actions import ask_anew, raise_duties, redate
from duties.models import Basis, Duty
from duties.owed import Owed
from notifications.directory import addressees
from notifications.models import Attempt, Delivery, Document

WHY = {
    Attempt.Outcome.BOUNCED: "an e-mail to it came back",
    Attempt.Outcome.ADDRESS_ENDED: "its system's address has ended",
}
NOT_TAKEN = "a system there did not take it"
STANDS = "It has stood in the recipient's inbox since it was composed."
NOWHERE = "no system and no e-mail address of its own is on file today"
BY = "Placewatch"


def tell(delivery_id: UUID, outcome: Attempt.Outcome, *, at: datetime) -> None:
    """Raise the duty to tell the recipient another way. The document stands in its inbox all the same."""
    delivery = Delivery.objects.select_related("document", "recipient").get(id=delivery_id)
    working = (_tried(delivery, london_date(at)), STANDS)
    if outcome == Attempt.Outcome.BOUNCED:
        working += _script(delivery.document)
    owed = _owed(delivery, _title(delivery, outcome), working, at)
    raise_duties([owed], authority_id=delivery.sender_id, by=BY, at=at)


def tell_that_nowhere_is_left(delivery: Delivery, *, at: datetime) -> None:
    """Ask a person to give what somebody wanted sent again and no machine can: also where that task had been closed."""
    title = f"Tell {_named(delivery)} about {delivery.document.reference} another way: {NOWHERE}"
    working = (
        f"It was to be sent again on {london_date(at):%-d %B %Y}: {NOWHERE}.",
        STANDS,
        *_script(delivery.document),
    )
    owed = _owed(delivery, title, working, at)
    whose = {"authority_id": delivery.sender_id, "reason": "Nowhere to send it again", "by": BY, "at": at}
    if not Duty.objects.filter(authority_id=delivery.sender_id, key=owed.key, closed_at=None).exists():
        ask_anew([owed.key], wanted=[owed.key], **whose)
    redate([owed], **whose)


def task_of(delivery_id: UUID) -> str:
    """The key of the duty to give a dead letter another way."""
    return f"notice_not_delivered:{delivery_id}"


def _owed(delivery: Delivery, title: str, working: tuple[str, ...], at: datetime) -> Owed:
    document = delivery.document
    return Owed(
        key=task_of(delivery.id),
        kind="notice_not_delivered",
        title=title,
        basis=Basis.PRACTICE,
        citation="Practice: a notice that no system takes is given by a person",
        subject_kind="document",
        subject_id=document.id,
        subject_reference=document.reference,
        due_on=london_date(at),
        working=working,
        role="placement_officer",
    )


def _tried(delivery: Delivery, last_on: date) -> str:
    first_on = london_date(delivery.created_at)
    return f"Tried {delivery.attempts_made} times, first on {first_on:%-d %B %Y}, last on {last_on:%-d %B %Y}."


def _named(delivery: Delivery) -> str:
    # What tells of a closed address is read by few people, a duty by many: it then does not name the recipient.
    return delivery.recipient.name if delivery.document.only_for is None else "its recipient"


def _title(delivery: Delivery, outcome: Attempt.Outcome) -> str:
    recipient, reference = _named(delivery), delivery.document.reference
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
