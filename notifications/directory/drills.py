"""How long until a person there answers? A drill about nobody, and who is ready.

A drill is a document like any other, about a child who is obviously none. Nothing is ranked: a host that has not answered
is "no reply yet".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.models import Authority
from notifications import documents
from notifications.directory import directory
from notifications.exceptions import NobodyToDrill
from notifications.models import Contact, Document, DocumentFact

RUNNING = "drills.run"
AT_MOST = 200
NOBODY = {"child_reference": "DRILL", "given_name": "Nobody", "family_name": "Notachild-Drill"}
WORDS = "This is a drill. There is no such child, and nothing is to be done but to say that you have read it."


@dataclass(frozen=True)
class Readiness:
    """One authority as others find it: its contacts by purpose, and its last drill with us."""

    authority: Authority
    contacts: dict[str, Contact]
    drilled_at: datetime | None = None
    answered_after: timedelta | None = None
    answered_by: str = ""


@transaction.atomic
def run(*, recipient_ids: Iterable[UUID], by: Actor, at: datetime) -> list[Document]:
    """Send the drill to authorities. Raises NotPermitted, NobodyToDrill (nobody, oneself, too many)."""
    policy.require(RUNNING, by.role)
    wanted = list(dict.fromkeys(recipient_ids))
    known = Authority.objects.filter(id__in=wanted).count()
    if not wanted or len(wanted) > AT_MOST or by.authority_id in wanted or known < len(wanted):
        raise NobodyToDrill
    drill = uuid4()
    ring = _whom_to_ring(by.authority_id, london_date(at))
    sent = [
        documents.compose(
            sender_id=by.authority_id,
            recipient_id=recipient,
            kind=Document.Kind.FIRE_DRILL,
            subject_id=drill,
            body={**NOBODY, **ring, "words": WORDS},
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            by=by.name,
            at=at,
        )
        for recipient in wanted
    ]
    log.record(operation=RUNNING, subject_kind="document", subject_ids=[one.id for one in sent][:50])
    return sent


def board(authorities: Iterable[Authority], *, sender_id: UUID, on: date) -> list[Readiness]:
    """The readiness of authorities, in the order given: a drill counts from its sending to a person's acknowledgement."""
    listed = list(authorities)
    drills = {
        one.recipient_id: one
        for one in Document.objects.filter(sender_id=sender_id, kind=Document.Kind.FIRE_DRILL, recipient__in=listed)
        .prefetch_related("facts")
        .order_by("composed_at")
    }
    reached = directory.contacts_of([one.id for one in listed], on)
    return [_readiness(one, drills.get(one.id), reached[one.id]) for one in listed]


def _readiness(authority: Authority, drill: Document | None, reached: list[Contact]) -> Readiness:
    contacts = {one.purpose: one for one in reached}
    if drill is None:
        return Readiness(authority, contacts)
    answers = [one for one in drill.facts.all() if one.fact == DocumentFact.Fact.ACKNOWLEDGED]
    if not answers:
        return Readiness(authority, contacts, drill.composed_at)
    answer = answers[0]
    return Readiness(authority, contacts, drill.composed_at, answer.at - drill.composed_at, answer.person)


def _whom_to_ring(authority_id: UUID, on: date) -> dict[str, str]:
    ours = directory.current_contact(authority_id, Contact.Purpose.PLACEMENT_NOTICES, on)
    return {
        "contact_email": ours.email if ours else "",
        "contact_telephone": ours.telephone if ours else "",
    }
