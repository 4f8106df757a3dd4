"""How far did a delivery get, and how far a document? The table of transitions, and the state derived from dated facts."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from notifications.exceptions import TransitionRefused
from notifications.models import Delivery, Document, DocumentFact

State = Delivery.State
Fact = DocumentFact.Fact

# The database holds the same table in a trigger. A delivery that has ended is never changed.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING}),
    State.SENDING: frozenset({State.QUEUED, State.POSTED, State.GIVEN, State.UNDELIVERABLE}),
    State.POSTED: frozenset({State.QUEUED, State.GIVEN, State.UNDELIVERABLE}),
    State.GIVEN: frozenset(),
    State.UNDELIVERABLE: frozenset(),
}


def require_transition(current: State, wanted: State) -> None:
    """Refuse with TransitionRefused unless the table lets a delivery go from one state to the other."""
    if wanted not in TRANSITIONS[current]:
        raise TransitionRefused(current, wanted)


class DocumentState(models.TextChoices):
    """What a reader of a document is told first.

    Given: a system took the envelope. Received: it stood before somebody in the inbox, or their system fetched it.
    Opened: a person has read on. Only a person acknowledges.
    """

    COMPOSED = "composed", "In the inbox"
    GIVEN = "given", "Given to the recipient's system"
    RECEIVED = "received", "Received"
    OPENED = "opened", "Opened"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    DISPUTED = "disputed", "Disputed"
    ACTED_ON = "acted_on", "Acted on"
    SUPERSEDED = "superseded", "Superseded by a newer one"
    RECALLED = "recalled", "Recalled"


ANSWERS = {
    Fact.ACKNOWLEDGED: DocumentState.ACKNOWLEDGED,
    Fact.DISPUTED: DocumentState.DISPUTED,
    Fact.ACTED_ON: DocumentState.ACTED_ON,
}


def derive(
    *, is_recalled: bool, is_superseded: bool, facts: Iterable[tuple[Fact, datetime]], is_given: bool
) -> DocumentState:
    """The state that dated facts amount to. Of a person's answers the latest one counts."""
    facts = sorted(facts, key=lambda one: one[1])
    answers = [ANSWERS[fact] for fact, _ in facts if fact in ANSWERS]
    if is_recalled:
        return DocumentState.RECALLED
    if is_superseded:
        return DocumentState.SUPERSEDED
    if answers:
        return answers[-1]
    if any(fact == Fact.OPENED for fact, _ in facts):
        return DocumentState.OPENED
    if facts:
        return DocumentState.RECEIVED
    return DocumentState.GIVEN if is_given else DocumentState.COMPOSED


def state_of(document: Document) -> DocumentState:
    """The state of a document as `documents.received` and `documents.sent` read it: no query more."""
    return derive(
        is_recalled=document.recalled_at is not None,
        is_superseded=hasattr(document, "superseded_by"),
        facts=[(Fact(one.fact), one.at) for one in document.facts.all()],
        is_given=any(one.state == State.GIVEN for one in document.deliveries.all()),
    )
