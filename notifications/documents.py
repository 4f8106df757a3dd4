"""What does one authority tell another, and what did a person there answer? Compose, recall, open, acknowledge, dispute.

Every function works within the caller's transaction and `acting_for`.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet

from accounts.acting import Actor
from accounts.policy import operations, require
from audit import log
from notifications.delivery import outbox
from notifications.exceptions import (
    AnsweredAlready,
    BodyFieldNotKnown,
    ComposedAlready,
    NotAddressedToYou,
    NotAPerson,
    NotTheLatest,
    NotTheSameMatter,
    NotTheSender,
    RecalledAlready,
    WordsMissing,
)
from notifications.ladder import climbing
from notifications.models import Document, DocumentFact

Fact = DocumentFact.Fact
LOOK_AT_CLIMB = "notifications.tasks.look_at_climb"

# The whole of what a document of a kind may tell. Regulation 13(4) CPPCR 2010 asks for the assessment of needs, why
# the placement is the most suitable, and the care plan; the rest is what a host needs to know whom it is about and
# whom to ring. Not here, and never: what an area of concern is, a judgement, a relative's address.
WHOM_TO_RING = frozenset({"contact_email", "contact_telephone", "contact_telephone_out_of_hours"})
CHILD = frozenset({"child_reference", "given_name", "family_name", "born_on", "is_born_on_estimated", "sex"})
PLACE = frozenset({"kind_of_place", "address", "postcode", "is_address_withheld"})
CARE_PLAN = frozenset({"care_plan_version", "care_plan_supplied_at", "care_plan_channel"})
STAY = frozenset({"legal_status", "planned_start_on", "starts_on", "is_emergency"})
QUESTION = frozenset({"question", "answer_hoped_for_by"})
BODY_FIELDS: dict[Document.Kind, frozenset[str]] = {
    Document.Kind.PLACEMENT_NOTICE: CHILD
    | PLACE
    | STAY
    | CARE_PLAN
    | WHOM_TO_RING
    | {"status", "needs_and_suitability", "still_owed"},
    Document.Kind.CONSULTATION: CHILD | PLACE | STAY | CARE_PLAN | QUESTION | WHOM_TO_RING,
    Document.Kind.ENQUIRY: QUESTION | WHOM_TO_RING | {"kind_of_place", "postcode", "planned_start_on"},
    Document.Kind.ANSWER: frozenset({"about_reference", "place", "health", "school", "contact", "call_us", "post"}),
    Document.Kind.NEW_DATE: WHOM_TO_RING
    | {"child_reference", "about_reference", "earlier_planned_start_on", "planned_start_on"},
    Document.Kind.NOT_GOING_AHEAD: WHOM_TO_RING | {"child_reference", "about_reference"},
    Document.Kind.ENDING_NOTICE: CHILD | PLACE | WHOM_TO_RING | {"ends_on", "is_intention"},
    # No address: the host holds it by the placement's own notice, or must not hold it.
    Document.Kind.MISSING_NOTICE: CHILD
    | WHOM_TO_RING
    | {
        "is_whereabouts_known",
        "missing_since_at",
        "last_seen",
        "returned_at",
        "interview_due_at",
        "is_interview_asked_of_you",
        "interview_ending",
    },
    # About nobody: a drill of who answers, and when.
    Document.Kind.FIRE_DRILL: WHOM_TO_RING | {"child_reference", "given_name", "family_name", "words"},
    Document.Kind.MISSING_ANSWER: frozenset({"word", "happened_at", "words", "post"}),
    # Parts that the young person agreed to, or that a recorded reason overrides; nobody's notes.
    Document.Kind.HANDOVER: CHILD
    | PLACE
    | WHOM_TO_RING
    | {
        "stays_responsible",
        "adviser",
        "next_contact_on",
        "lives_from",
        "status",
        "parts",
        "housing",
        "is_agreed_early",
    },
    Document.Kind.HANDOVER_ANSWER: frozenset(
        {"about_reference", "contact_name", "contact_telephone", "contact_email", "offers", "question", "post"}
    ),
    # About a question that names nobody, as the reply does not.
    Document.Kind.HANDOVER_REPLY: WHOM_TO_RING | {"about_reference", "adviser", "question", "reply"},
    Document.Kind.LEAVING_CARE_NOTICE: CHILD
    | WHOM_TO_RING
    | {"about_reference", "stays_responsible", "adviser", "no_longer_looked_after_since", "lives_from", "left_on"},
    # To a host with whom it was agreed: that it should ring, about a notice that it holds.
    Document.Kind.AREA_ALERT: WHOM_TO_RING | {"about_reference", "area_alert"},
    # About an area: that it is not to be relied on. It says nothing of the area, and not why.
    Document.Kind.AREA_RECALL: frozenset({"recalled", "recalled_versions"}),
}

# Read and acknowledged by the leaving-care team too, which reads no other notice.
OF_LEAVING_CARE = frozenset(
    {
        Document.Kind.HANDOVER,
        Document.Kind.HANDOVER_ANSWER,
        Document.Kind.HANDOVER_REPLY,
        Document.Kind.LEAVING_CARE_NOTICE,
    }
)

# No vowel and nothing that is misheard or misread: 27 characters, eight places, 282,000 million references. At
# 100,000 documents a year two would meet about once in thirty years, and the second is refused, not mixed up.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ"
REFERENCE_LENGTH = 8


@transaction.atomic
def compose(
    *,
    sender_id: UUID,
    recipient_id: UUID,
    kind: Document.Kind,
    subject_id: UUID,
    body: dict,
    due_on: date | None,
    urgency: Document.Urgency,
    by: str,
    at: datetime,
    only_for: Iterable[UUID] | None = None,
    supersedes: Document | None = None,
) -> Document:
    """A new document in the recipient's inbox, with an envelope for each of its endpoints; sent after the commit.

    `body` holds JSON values under names of BODY_FIELDS, and is never edited: to tell more, or a new date, compose
    another that supersedes it. Refuses with BodyFieldNotKnown, ComposedAlready, NotTheLatest, NotTheSameMatter.
    """
    kind = Document.Kind(kind)
    unknown = sorted(set(body) - BODY_FIELDS[kind])
    if unknown:
        raise BodyFieldNotKnown(kind, unknown)
    matter = {"sender_id": sender_id, "recipient_id": recipient_id, "kind": kind, "subject_id": subject_id}
    if supersedes is None:
        _require_first(matter)
    else:
        _require_latest(supersedes.id, matter)
    document = Document.objects.create(
        **matter,
        reference=_new_reference(),
        urgency=Document.Urgency(urgency),
        body=body,
        only_for=None if only_for is None else list(only_for),
        due_on=due_on,
        composed_at=at,
        composed_by=by,
        supersedes=supersedes,
    )
    envelopes = outbox.address(document)
    climbing.begin(document)
    log.record(
        operation="documents.compose",
        subject_kind="document",
        subject_ids=[document.id],
        fields=kind,
        detail={"recipient": str(recipient_id), "envelopes": envelopes},
    )
    outbox.nudge_on_commit()
    return document


@transaction.atomic
def recall(document_id: UUID, *, sender_id: UUID, at: datetime) -> Document:
    """Take a document back: its reader is told so. Refuses with NotTheSender, RecalledAlready."""
    document = _party_to(document_id, sender_id)
    if document.sender_id != sender_id:
        raise NotTheSender(document.reference)
    if document.recalled_at:
        raise RecalledAlready(document.reference)
    document.recalled_at = at
    document.save(update_fields=["recalled_at"])
    log.record(operation="documents.recall", subject_kind="document", subject_ids=[document.id])
    return document


def note_received(found: Iterable[Document], *, actor: Actor, at: datetime) -> None:
    """That documents stood before somebody of their recipient in a list, or their system fetched them: once for each.

    Whoever may read but not acknowledge leaves no fact, as with opening; what was recalled is received no more.
    """
    new = [
        DocumentFact(
            sender_id=one.sender_id,
            recipient_id=one.recipient_id,
            document=one,
            fact=Fact.RECEIVED,
            at=at,
            person=actor.name,
            post=actor.role.label,
        )
        for one in found
        if one.recipient_id == actor.authority_id
        and one.recalled_at is None
        and not one.facts.all()
        and (actor.person_id is None or operations()[operation_on(one, "acknowledge")].permits(actor.role))
    ]
    # Of two who look at once the first counts.
    DocumentFact.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def open_document(document_id: UUID, *, actor: Actor, at: datetime) -> Document:
    """The document for a person of its recipient, whose first opening is kept as a fact.

    A person who may read but not acknowledge (an auditor, an inspector) leaves no fact: that they look is no news for
    the sender. Refuses with NotAPerson, NotAddressedToYou, NotPermitted.
    """
    document = _addressed_to(document_id, actor, "received")
    facts = DocumentFact.objects.filter(document=document, fact=Fact.OPENED, person=actor.name)
    if operations()[operation_on(document, "acknowledge")].permits(actor.role) and not facts.exists():
        _write(document, Fact.OPENED, actor=actor, post=actor.role.label, at=at)
    log.record(
        operation=operation_on(document, "received"),
        subject_kind="document",
        subject_ids=[document.id],
        fields="notice_received",
    )
    return document


@transaction.atomic
def acknowledge(document_id: UUID, *, actor: Actor, post: str, at: datetime) -> DocumentFact:
    """A person of the recipient has read it: the one thing that closes the sender's wait.

    `post` is what the person is there, in their words. Refuses with NotAPerson, NotAddressedToYou, NotPermitted,
    AnsweredAlready.
    """
    document = _addressed_to(document_id, actor, "acknowledge")
    _require_unanswered(document, Fact.ACKNOWLEDGED)
    return _answer(document, Fact.ACKNOWLEDGED, actor=actor, post=post, at=at)


@transaction.atomic
def dispute(document_id: UUID, *, actor: Actor, post: str, words: str, at: datetime) -> DocumentFact:
    """A person of the recipient says what is wrong with it. Refuses as `acknowledge` does, and with WordsMissing."""
    document = _addressed_to(document_id, actor, "acknowledge")
    if not words.strip():
        raise WordsMissing(document.reference)
    _require_unanswered(document, Fact.DISPUTED)
    return _answer(document, Fact.DISPUTED, actor=actor, post=post, at=at, words=words.strip())


@transaction.atomic
def act_on(document_id: UUID, *, actor: Actor, post: str, words: str, at: datetime) -> DocumentFact:
    """A person of the recipient says what was done about it. Refuses as `dispute` does; it may be said more than once."""
    document = _addressed_to(document_id, actor, "acknowledge")
    if not words.strip():
        raise WordsMissing(document.reference)
    return _answer(document, Fact.ACTED_ON, actor=actor, post=post, at=at, words=words.strip())


def received(authority_id: UUID) -> QuerySet[Document]:
    """The authority's inbox, newest first, with what `states.state_of` asks."""
    return _with_facts(Document.objects.filter(recipient_id=authority_id))


def unread_first(authority_id: UUID) -> QuerySet[Document]:
    """The inbox with those first that nobody has opened and that still stand."""
    opened = DocumentFact.objects.filter(document=OuterRef("pk")).exclude(fact=Fact.RECEIVED)
    waits = ~Q(Exists(opened)) & Q(recalled_at=None, superseded_by=None)
    rows = received(authority_id).annotate(is_waiting=ExpressionWrapper(waits, output_field=BooleanField()))
    return rows.order_by("-is_waiting", "-composed_at", "-id")


def sent(authority_id: UUID, *, open_matters: Collection[UUID] = ()) -> QuerySet[Document]:
    """What the authority sent, newest first, with facts, deliveries and their attempts.

    What tells of a closed matter only where that is among the matters that are open to the reader.
    """
    rows = told_of(Document.objects.filter(sender_id=authority_id), open_matters)
    return _with_facts(rows).prefetch_related("deliveries__attempts")


def told_of(rows: QuerySet[Document], open_matters: Collection[UUID]) -> QuerySet[Document]:
    """The sender's documents without those about matters that are closed to the reader: the application's own wall."""
    return rows.filter(Q(only_for=None) | Q(subject_id__in=list(open_matters)))


def _with_facts(rows: QuerySet[Document]) -> QuerySet[Document]:
    facts = Prefetch("facts", DocumentFact.objects.order_by("at"))
    rows = rows.select_related("sender", "recipient", "superseded_by").prefetch_related(facts, "deliveries")
    return rows.order_by("-composed_at", "-id")


def _new_reference() -> str:
    return "N-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))


def _require_first(matter: dict) -> None:
    earlier = Document.objects.filter(**matter).order_by("-composed_at").first()
    if earlier:
        raise ComposedAlready(earlier.reference)


def _require_latest(document_id: UUID, matter: dict) -> None:
    earlier = Document.objects.select_for_update().get(id=document_id, sender_id=matter["sender_id"])
    if any(getattr(earlier, name) != value for name, value in matter.items()):
        raise NotTheSameMatter(earlier.reference)
    if Document.objects.filter(supersedes=earlier).exists():
        raise NotTheLatest(earlier.reference)


def _party_to(document_id: UUID, authority_id: UUID) -> Document:
    """The document, locked, if the authority sent or received it; else Document.DoesNotExist, as if there were none."""
    parties = Q(sender_id=authority_id) | Q(recipient_id=authority_id)
    return Document.objects.select_for_update().get(parties, id=document_id)


def operation_on(document: Document, verb: str) -> str:
    """The policy's name for reading or acknowledging a document: leaving care has readers of its own."""
    return f"{'handovers' if document.kind in OF_LEAVING_CARE else 'notices'}.{verb}"


def _addressed_to(document_id: UUID, actor: Actor, verb: str) -> Document:
    document = _party_to(document_id, actor.authority_id)
    if document.recipient_id != actor.authority_id:
        raise NotAddressedToYou(document.reference)
    if actor.person_id is None:
        raise NotAPerson(document.reference)
    require(operation_on(document, verb), actor.role)
    return document


def _require_unanswered(document: Document, fact: Fact) -> None:
    earlier = DocumentFact.objects.filter(document=document, fact=fact).first()
    if earlier:
        raise AnsweredAlready(document.reference, fact.label.lower(), earlier.person)


def _answer(document: Document, fact: Fact, *, actor: Actor, post: str, at: datetime, words: str = "") -> DocumentFact:
    written = _write(document, fact, actor=actor, post=post.strip(), at=at, words=words)
    log.record(
        operation=operation_on(document, "acknowledge"),
        subject_kind="document",
        subject_ids=[document.id],
        detail={"answer": fact},
    )
    outbox.nudge_on_commit(LOOK_AT_CLIMB, str(document.id), str(document.sender_id))
    return written


def _write(document: Document, fact: Fact, *, actor: Actor, post: str, at: datetime, words: str = "") -> DocumentFact:
    return DocumentFact.objects.create(
        sender_id=document.sender_id,
        recipient_id=document.recipient_id,
        document=document,
        fact=fact,
        at=at,
        person=actor.name,
        post=post,
        words=words,
    )
