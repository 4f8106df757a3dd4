"""How does a person of the host answer a notice that a child is missing: seen, found, and who holds the interview?"""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from duties.actions import raise_duties, replace
from notifications import documents
from notifications.delivery import outbox
from notifications.exceptions import NotAPerson
from notifications.models import Document
from placements import missing, return_interviews
from placements.actions.missing import interview_of
from placements.exceptions import DoesNotFit, UnreadableField
from placements.missing import ENDINGS, Exchange, Word
from placements.return_interviews import RECEIVED
from placements.rules.missing import Interview

TAKE_IN = "placements.tasks.take_in_missing"


@transaction.atomic
def answer(
    *,
    document_id: UUID,
    word: Word,
    happened_at: datetime | None = None,
    words: str = "",
    post: str = "",
    by: Actor,
    at: datetime,
) -> Document:
    """Send a word back to the responsible authority, as a document of our own. Returns it.

    Seen and found may always be said. Taking the interview on makes it our duty from that moment, until it ended or is
    handed back. Raises NotPermitted, NotAPerson, Document.DoesNotExist, DoesNotFit, UnreadableField.
    """
    policy.require("missing.answer", by.role)
    notice, exchange = _locked(document_id, by)
    if by.person_id is None:
        raise NotAPerson(notice.reference)
    happened_at = happened_at or at
    if happened_at > at:
        raise UnreadableField("happened_at", "Give the time at which it happened: this one lies ahead.")
    word = Word(word)
    _require_it_fits(word, exchange)
    body = {"word": word, "happened_at": happened_at.isoformat(), "words": words.strip(), "post": post.strip()}
    interview = _interview(word, exchange.latest, body, by, at) if word in ENDINGS else None
    to_this = [one for one in exchange.answers if one.subject_id == notice.id]
    sent = documents.compose(
        sender_id=by.authority_id,
        recipient_id=notice.sender_id,
        kind=Document.Kind.MISSING_ANSWER,
        subject_id=notice.id,
        body=body,
        due_on=None,
        urgency=Document.Urgency.URGENT if word in (Word.SEEN, Word.FOUND) else Document.Urgency.ORDINARY,
        by=by.name,
        at=at,
        supersedes=to_this[-1] if to_this else None,
    )
    _follow(word, notice, exchange, sent, interview, by=by, at=at)
    log.record(
        operation="missing.answer", subject_kind="document", subject_ids=[notice.id, sent.id], detail={"word": word}
    )
    transaction.on_commit(partial(outbox.nudge, TAKE_IN, str(notice.sender_id)), robust=True)
    return sent


def _locked(document_id: UUID, by: Actor) -> tuple[Document, Exchange]:
    """The notice, its row locked against the sender's next version, and what was said about its matter."""
    notice = Document.objects.select_for_update().get(
        id=document_id, recipient_id=by.authority_id, kind=Document.Kind.MISSING_NOTICE, recalled_at=None
    )
    exchange = missing.exchange_about(notice)
    if exchange.latest.id != notice.id:
        raise DoesNotFit(
            f"{notice.reference} was superseded by {exchange.latest.reference}, which says how it stands now: "
            "open that one and answer it."
        )
    return notice, exchange


def _require_it_fits(word: Word, exchange: Exchange) -> None:
    if word in (Word.SEEN, Word.FOUND):
        return
    if not exchange.is_asked:
        raise DoesNotFit(f"{exchange.latest.sender.name} has not asked you to do the interview.")
    if exchange.latest.body["interview_ending"] or exchange.ending:
        raise DoesNotFit("How this interview ended is recorded already.")
    if word == Word.ACCEPTS and exchange.is_with_host:
        raise DoesNotFit("Somebody of your authority took this interview on already.")
    if word in ENDINGS and not exchange.is_with_host:
        raise DoesNotFit("Take the interview on first: until then it is with the authority that asked.")


def _interview(word: Word, notice: Document, body: dict, by: Actor, at: datetime) -> Interview:
    returned_at = datetime.fromisoformat(notice.body["returned_at"])
    happened_at = datetime.fromisoformat(body["happened_at"])
    try:
        return interview_of(returned_at, ENDINGS[word], happened_at, by.name, body["words"], at=at)
    except UnreadableField as refusal:
        field = "happened_at" if refusal.field == "interviewed_at" else refusal.field
        raise UnreadableField(field, str(refusal)) from refusal


def _follow(
    word: Word,
    notice: Document,
    exchange: Exchange,
    sent: Document,
    interview: Interview | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Our own duty: raised when we take the interview on, replaced when we hand it back, closed when it ended."""
    returned_at = exchange.latest.body["returned_at"] and datetime.fromisoformat(exchange.latest.body["returned_at"])
    open_here = return_interviews.open_duties(RECEIVED, [one.id for one in exchange.notices])
    if word == Word.ACCEPTS:
        one = return_interviews.owed_as_host(sent, notice, returned_at)
        raise_duties([one], authority_id=by.authority_id, by=by.name, at=at)
    elif word == Word.REFUSES:
        for duty in open_here:
            replace(duty.id, reason=f"Handed back to {notice.sender.name}.", by=by.name, at=at)
    elif interview is not None:
        return_interviews.close(open_here, returned_at, interview, by=by, at=at)
