"""What did a person answer who has no account: by a guest's link, or by telephone, keyed by the sender?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from notifications.delivery import outbox
from notifications.documents import LOOK_AT_CLIMB
from notifications.exceptions import AnsweredAlready, NotYet, RecalledAlready, WhoMissing
from notifications.models import Document, DocumentFact

Fact, Source = DocumentFact.Fact, DocumentFact.Source
KEYING = "notices.key_acknowledgement"


def opened(document: Document, *, person: str, source: Source, at: datetime) -> None:
    """That it was opened: kept once for each way in which it was."""
    if not DocumentFact.objects.filter(document=document, fact=Fact.OPENED, source=source).exists():
        _write(document, Fact.OPENED, person=person, post="", source=source, at=at)


@transaction.atomic
def acknowledged(
    document: Document, *, person: str, post: str, source: Source, at: datetime, **keyed: object
) -> DocumentFact:
    """A named person there has read it. Raises WhoMissing, AnsweredAlready."""
    if not person.strip() or not post.strip():
        raise WhoMissing(document.reference)
    earlier = DocumentFact.objects.filter(document=document, fact=Fact.ACKNOWLEDGED).first()
    if earlier:
        raise AnsweredAlready(document.reference, Fact.ACKNOWLEDGED.label.lower(), earlier.person)
    fact = _write(document, Fact.ACKNOWLEDGED, person=person.strip(), post=post.strip(), source=source, at=at, **keyed)
    log.record(
        operation="notices.acknowledge", subject_kind="document", subject_ids=[document.id], detail={"source": source}
    )
    outbox.nudge_on_commit(LOOK_AT_CLIMB, str(document.id), str(document.sender_id))
    return fact


@transaction.atomic
def key_acknowledgement(
    *, document_id: UUID, person: str, post: str, telephone: str, said_at: datetime, by: Actor, at: datetime
) -> DocumentFact:
    """Key what was said on the telephone: who there has read it, on which number, when. Shown as such ever after.

    Raises NotPermitted, Document.DoesNotExist, RecalledAlready, WhoMissing, NotYet, AnsweredAlready.
    """
    policy.require(KEYING, by.role)
    document = Document.objects.select_for_update().get(sender_id=by.authority_id, id=document_id)
    if document.recalled_at:
        raise RecalledAlready(document.reference)
    if not telephone.strip():
        raise WhoMissing(document.reference)
    if not document.composed_at <= said_at <= at:
        raise NotYet(document.reference)
    log.record(operation=KEYING, subject_kind="document", subject_ids=[document.id])
    return acknowledged(
        document,
        person=person,
        post=post,
        source=Source.TELEPHONE,
        at=said_at,
        telephone=telephone.strip(),
        keyed_by=by.name,
        keyed_at=at,
    )


def _write(document: Document, fact: Fact, **columns: object) -> DocumentFact:
    return DocumentFact.objects.create(
        sender_id=document.sender_id, recipient_id=document.recipient_id, document=document, fact=fact, **columns
    )
