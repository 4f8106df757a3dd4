"""How does somebody without an account open one document, and how do they say that they have read it?

The link says nothing about anybody. It is opened with a code that is told on the telephone to a number on file, for a
few days, a few wrong codes at most; every knock is kept. A receipt is no person: only a typed name and post acknowledges.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import close_as_met
from duties.models import Duty
from notifications.directory import directory
from notifications.exceptions import NotTheLatest, NumberNotOnFile, RecalledAlready
from notifications.guests import outside_answers
from notifications.models import Document, DocumentFact, GuestDoor, GuestLink, GuestOpening

Outcome = GuestOpening.Outcome
INVITING = "guests.invite"
OPEN_FOR = timedelta(days=7)
WRONG_CODES = 5
TOKEN_BYTES = 32
# Spoken on a telephone: no letter or digit that is misheard for another. 26^8 codes, five tries.
SPOKEN = "2345679ACDEFGHJKLMNPQRTUVWXYZ"
CODE_LENGTH = 8
A_NEWER_LINK, TOO_MANY = "A newer link took its place", "Too many wrong codes"
NOT_DELIVERED = "notice_not_delivered"
SOMEBODY = "Whoever holds the code"


@dataclass(frozen=True)
class Invitation:
    """A new link's secret parts, shown this once: the token that ends its address, and the code to be told."""

    link: GuestLink
    token: str
    code: str


@transaction.atomic
def invite(*, document_id: UUID, number: str, by: Actor, at: datetime) -> Invitation:
    """A link to one document for its recipient, and the code to tell at a number on file; an earlier link closes.

    Raises NotPermitted, Document.DoesNotExist, RecalledAlready, NotTheLatest, NumberNotOnFile.
    """
    policy.require(INVITING, by.role)
    document = Document.objects.select_for_update().get(sender_id=by.authority_id, id=document_id)
    if document.recalled_at:
        raise RecalledAlready(document.reference)
    if Document.objects.filter(supersedes=document).exists():
        raise NotTheLatest(document.reference)
    if number not in directory.numbers_on_file(document.recipient_id, london_date(at)):
        raise NumberNotOnFile
    for earlier in GuestLink.objects.filter(document=document, closed_at=None):
        _close(earlier, A_NEWER_LINK, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    code = "".join(secrets.choice(SPOKEN) for _ in range(CODE_LENGTH))
    link = GuestLink.objects.create(
        sender_id=document.sender_id,
        recipient_id=document.recipient_id,
        document=document,
        code_hash=make_password(code),
        number=number,
        made_at=at,
        made_by=by.name,
        expires_at=at + OPEN_FOR,
    )
    _close_what_no_machine_gave(link, by=by, at=at)
    GuestDoor.objects.create(digest=digest_of(token), authority_id=document.sender_id, link=link)
    log.record(operation=INVITING, subject_kind="document", subject_ids=[document.id, link.id])
    return Invitation(link, token, code)


def door(token: str) -> GuestDoor | None:
    """Behind which link a token leads, before anybody acts for an authority."""
    return GuestDoor.objects.filter(digest=digest_of(token)).first()


@transaction.atomic
def knock(*, link_id: UUID, code: str, at: datetime) -> Outcome:
    """Try a code at a link, acting for its sender; every try is kept, and the fifth wrong one closes the link."""
    link = GuestLink.objects.select_for_update().select_related("document").get(id=link_id)
    outcome = _outcome(link, code, at)
    if outcome is Outcome.WRONG_CODE:
        link.wrong_codes += 1
        link.save(update_fields=["wrong_codes"])
        if link.wrong_codes >= WRONG_CODES:
            _close(link, TOO_MANY, at=at)
    GuestOpening.objects.create(
        link=link, sender_id=link.sender_id, recipient_id=link.recipient_id, at=at, outcome=outcome
    )
    log.record(
        operation="guests.open",
        subject_kind="document",
        subject_ids=[link.document_id],
        fields="notice_received" if outcome is Outcome.OPENED else "",
        outcome="done" if outcome is Outcome.OPENED else "refused",
    )
    if outcome is Outcome.OPENED:
        outside_answers.opened(link.document, person=SOMEBODY, source=DocumentFact.Source.GUEST, at=at)
    return outcome


def shown(link_id: UUID, *, at: datetime) -> Document | None:
    """The document of a link that was opened with its code; None once the link is closed or the document taken back."""
    link = GuestLink.objects.select_related("document__sender", "document__recipient").get(id=link_id)
    return link.document if is_open(link, at) else None


def of_document(document_id: UUID) -> list[GuestLink]:
    """The links that were made to a document, the newest first, with every knock at each."""
    return list(
        GuestLink.objects.filter(document_id=document_id).prefetch_related("openings").order_by("-made_at", "id")
    )


def is_open(link: GuestLink, at: datetime) -> bool:
    """Whether a link still leads to its document: not closed, not past its day, the document not taken back or replaced."""
    stands = link.document.recalled_at is None and not Document.objects.filter(supersedes=link.document_id).exists()
    return stands and link.closed_at is None and at < link.expires_at


@transaction.atomic
def acknowledge(*, link_id: UUID, person: str, post: str, at: datetime) -> DocumentFact:
    """Somebody who opened it says that they have read it, by typed name and post.

    Raises WordsMissing (name or post left blank), AnsweredAlready, RecalledAlready (closed, past its day, taken back).
    """
    link = GuestLink.objects.select_for_update().select_related("document").get(id=link_id)
    if not is_open(link, at):
        raise RecalledAlready(link.document.reference)
    return outside_answers.acknowledged(
        link.document, person=person, post=post, source=DocumentFact.Source.GUEST, at=at
    )


def digest_of(token: str) -> str:
    """What is kept of a link. The token has 256 random bits, so a fast digest gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def _outcome(link: GuestLink, code: str, at: datetime) -> Outcome:
    if not is_open(link, at):
        return Outcome.CLOSED
    said = "".join(code.split()).replace("-", "").upper()
    return Outcome.OPENED if check_password(said, link.code_hash) else Outcome.WRONG_CODE


def _close_what_no_machine_gave(link: GuestLink, *, by: Actor, at: datetime) -> None:
    """A person gave it another way: that is what a failed delivery asked for."""
    owed = Duty.objects.filter(
        authority_id=link.sender_id, subject_id=link.document_id, kind=NOT_DELIVERED, closed_at=None
    )
    for duty in owed:
        close_as_met(duty.id, evidence=f"Given by one-time link, code told to {link.number}.", by=by.name, at=at)


def _close(link: GuestLink, why: str, *, at: datetime) -> None:
    link.closed_at, link.closed_because = at, why
    link.save(update_fields=["closed_at", "closed_because"])
