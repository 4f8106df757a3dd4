"""What does the authority where a young person lives do: answer a handover, and keep its local offer?"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from leaving_care.exceptions import RowNotFound
from leaving_care.models import LocalOffer
from notifications import documents
from notifications.models import Document
from placements.exceptions import UnreadableField

ANSWER = "handovers.answer"
OFFER = "local_offers.keep"


@transaction.atomic
def answer_handover(
    *,
    document_id: UUID,
    contact_name: str,
    contact_telephone: str = "",
    contact_email: str = "",
    offer_ids: Sequence[UUID] = (),
    question: str = "",
    post: str = "",
    by: Actor,
    at: datetime,
) -> Document:
    """Answer a handover: name a contact, offer from the local offer, ask. A later answer supersedes an earlier one.

    Raises NotPermitted, RowNotFound (no such handover addressed to us, or an offer that is not ours), UnreadableField.
    """
    policy.require(ANSWER, by.role)
    handover = Document.objects.filter(
        id=document_id, recipient_id=by.authority_id, kind=Document.Kind.HANDOVER
    ).first()
    if handover is None:
        raise RowNotFound("handover addressed to you")
    if not contact_name.strip():
        raise UnreadableField("contact_name", "Name the person whom the adviser can ring.")
    offers = list(current_offers().filter(authority_id=by.authority_id, id__in=offer_ids))
    if len(offers) != len(set(offer_ids)):
        raise RowNotFound("local offer of yours")
    earlier = Document.objects.filter(
        sender_id=by.authority_id, kind=Document.Kind.HANDOVER_ANSWER, subject_id=handover.id, superseded_by=None
    ).first()
    return documents.compose(
        sender_id=by.authority_id,
        recipient_id=handover.sender_id,
        kind=Document.Kind.HANDOVER_ANSWER,
        subject_id=handover.id,
        body={
            "about_reference": handover.reference,
            "contact_name": contact_name.strip(),
            "contact_telephone": contact_telephone.strip(),
            "contact_email": contact_email.strip(),
            "offers": [{"title": one.title, "words": one.words, "address": one.address} for one in offers],
            "question": question.strip(),
            "post": post.strip(),
        },
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        supersedes=earlier,
        by=by.name,
        at=at,
    )


@transaction.atomic
def keep_offer(
    *,
    title: str,
    words: str,
    address: str = "",
    review_on: date,
    in_place_of: UUID | None = None,
    by: Actor,
    at: datetime,
) -> LocalOffer:
    """Keep one thing that we offer to care leavers here, with the day to look at it again.

    Raises NotPermitted, RowNotFound, UnreadableField (nothing said, a day that is past).
    """
    policy.require(OFFER, by.role)
    for field, given in (("title", title), ("words", words)):
        if not given.strip():
            raise UnreadableField(field, "Say what is offered, and how to get it.")
    if review_on <= london_date(at):
        raise UnreadableField("review_on", "Give a day that lies ahead, on which somebody looks at it again.")
    if in_place_of is not None:
        end_offer(offer_id=in_place_of, by=by, at=at)
    offer = LocalOffer.objects.create(
        authority_id=by.authority_id,
        title=title.strip(),
        words=words.strip(),
        address=address.strip(),
        review_on=review_on,
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation=OFFER, subject_kind="local_offer", subject_ids=[offer.id])
    return offer


@transaction.atomic
def end_offer(*, offer_id: UUID, by: Actor, at: datetime) -> LocalOffer:
    """Take an offer off the list; what was sent keeps what it said. Raises NotPermitted, RowNotFound."""
    policy.require(OFFER, by.role)
    offer = current_offers().filter(authority_id=by.authority_id, id=offer_id).first()
    if offer is None:
        raise RowNotFound("local offer of yours")
    offer.superseded_at = at
    offer.save(update_fields=["superseded_at"])
    log.record(operation=OFFER, subject_kind="local_offer", subject_ids=[offer.id])
    return offer


def current_offers():
    """Every local offer that stands, of any authority: they are published."""
    return LocalOffer.objects.filter(superseded_at=None).order_by("authority_id", "title")
