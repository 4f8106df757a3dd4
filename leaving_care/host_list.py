"""Who is coming to live in a host's area, and what is asked of its team? Read off what it received, without a name."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from uuid import UUID

from leaving_care import answers
from notifications.models import Document


class Asked(StrEnum):
    """What a leaving-care document asks of whoever received it."""

    ANSWER = "answer"
    ANSWERED = "answered"
    QUESTION = "question"
    READ = "read"
    TAKEN_BACK = "taken_back"
    SUPERSEDED = "superseded"


def asked(document: Document, answered: Collection[UUID]) -> Asked:
    """What is asked by one document; `answered` are those that we have answered."""
    if document.recalled_at is not None:
        return Asked.TAKEN_BACK
    if hasattr(document, "superseded_by"):
        return Asked.SUPERSEDED
    if document.id in answered:
        return Asked.ANSWERED
    if document.kind == Document.Kind.HANDOVER:
        return Asked.ANSWER
    return Asked.QUESTION if question(document) else Asked.READ


def question(document: Document) -> str:
    """What a host asks in words; empty where it asks nothing."""
    is_answer = document.kind == Document.Kind.HANDOVER_ANSWER
    return ((document.told or {}).get("question") or "") if is_answer else ""


def day_told(document: Document, field: str) -> date | None:
    """A day that the document tells, such as since when somebody lives here; None where it tells none."""
    told = (document.told or {}).get(field)
    return date.fromisoformat(told) if told else None


def answered(found: Collection[Document]) -> set[UUID]:
    """Which of these documents we have answered: a handover, or what a host asked about ours."""
    asking = [one for one in found if question(one)]
    return {*answers.newest([one.id for one in found]), *answers.replies(asking)}
