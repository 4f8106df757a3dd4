"""What was a host asked about a place, and what did it answer? "No reply yet" is an answer, and never late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from notifications.models import Document
from placements.models import Placement, TelephoneTry

QUESTIONS = (Document.Kind.CONSULTATION, Document.Kind.ENQUIRY)
BOXES = {
    "place": "The place and what is around it",
    "health": "Health",
    "school": "School",
    "contact": "Whom to be in contact with",
    "call_us": "Call us",
}


@dataclass(frozen=True)
class Consultation:
    """One question, the newest answer to it, and the times that somebody rang. `answer` is None: no reply yet."""

    question: Document
    answer: Document | None = None
    tries: tuple[TelephoneTry, ...] = field(default=())

    @property
    def id(self) -> UUID:
        return self.question.id

    @property
    def hoped_for_by(self) -> datetime | None:
        """The instant by which an answer was hoped for: a wish, from which nothing turns late."""
        written = self.question.body.get("answer_hoped_for_by")
        return datetime.fromisoformat(written) if written else None


def questions(authority_id: UUID) -> QuerySet[Document]:
    """The questions that an authority asked and did not take back, the newest first."""
    rows = Document.objects.filter(sender_id=authority_id, kind__in=QUESTIONS, recalled_at=None)
    return rows.select_related("recipient", "superseded_by").order_by("-composed_at", "-id")


def with_answers(asked: Iterable[Document]) -> list[Consultation]:
    """Questions with their newest answers and telephone tries, two queries for all."""
    asked = list(asked)
    questions_asked = [one.id for one in asked]
    answers = Document.objects.filter(kind=Document.Kind.ANSWER, subject_id__in=questions_asked, superseded_by=None)
    by_question = {(one.subject_id, one.sender_id): one for one in answers}
    tries: dict[UUID, list[TelephoneTry]] = {}
    for one in TelephoneTry.objects.filter(placement_id__in=[one.subject_id for one in asked]).order_by("rung_at"):
        tries.setdefault(one.placement_id, []).append(one)
    return [
        Consultation(one, by_question.get((one.id, one.recipient_id)), tuple(tries.get(one.subject_id, ())))
        for one in asked
    ]


def about(placement: Placement) -> list[Consultation]:
    """What was asked about a placement."""
    return with_answers(questions(placement.authority_id).filter(subject_id=placement.id))


def answer_to(question: Document) -> Document | None:
    """The newest answer of the authority that was asked."""
    return Document.objects.filter(
        sender_id=question.recipient_id,
        recipient_id=question.sender_id,
        kind=Document.Kind.ANSWER,
        subject_id=question.id,
        superseded_by=None,
    ).first()


def without_placement(asked: QuerySet[Document]) -> QuerySet[Document]:
    """Of some questions those that belong to no placement."""
    return asked.exclude(subject_id__in=Placement.objects.values("id"))
