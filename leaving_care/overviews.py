"""Whom does an adviser have, what comes next for each, and what did the host say?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.acting import Actor
from accounts.cover import people_covered
from duties import board
from duties.models import Duty
from leaving_care import answers, facts
from leaving_care.facts import Known
from leaving_care.host_duties import READ_KIND
from leaving_care.milestone_duties import KINDS
from leaving_care.models import Advising, Handover, Home
from leaving_care.rules.ages_ahead import AgeAhead, ages_ahead
from leaving_care.rules.entitlement import Entitlement, entitlement
from leaving_care.rules.recorded import Home as HomeFact
from notifications.models import Document, DocumentFact
from placements.models import Child
from placements.rules.calendar_months import add_months

AHEAD_DAYS = 90
NEW_FOR = timedelta(days=7)
YOUNGEST_MONTHS, OLDEST_MONTHS = 15 * 12, 25 * 12


@dataclass(frozen=True)
class Line:
    """One young person in a list: who, the entitlement of the day, what is next, where, and what the host said.

    `reply` is what we said to the question in that.
    """

    child: Child
    answer: Entitlement
    adviser_id: UUID | None
    home: HomeFact | None
    next: Duty | None
    handover: Handover | None
    host_said: Document | None
    reply: Document | None
    ahead: tuple[AgeAhead, ...] = field(default=())


def advised_by(person_ids: Iterable[UUID], *, on: date) -> QuerySet[Child]:
    """The young people whom these people advise on a day, by name."""
    advising = Advising.objects.filter(person_id__in=list(person_ids), starts_on__lte=on).exclude(ends_on__lte=on)
    rows = Child.objects.filter(id__in=advising.values("child_id"))
    return rows.order_by("family_name", "given_name", "reference")


def mine(actor: Actor, *, on: date) -> QuerySet[Child]:
    """The actor's own young people, and those of whoever the actor covers today."""
    return advised_by({actor.person_id, *people_covered(actor, on=on)}, on=on)


def in_view(authority_id: UUID, *, on: date) -> QuerySet[Child]:
    """Everybody of the authority from 15 to 24, by name."""
    return Child.objects.filter(
        authority_id=authority_id,
        born_on__gt=add_months(from_on=on, months=-OLDEST_MONTHS),
        born_on__lte=add_months(from_on=on, months=-YOUNGEST_MONTHS),
    ).order_by("family_name", "given_name", "reference")


def new_count(actor: Actor, *, at: datetime) -> int:
    """How many open leaving-care duties of one's own arose within the last days: what the e-mail's number counts."""
    rows = Duty.objects.filter(authority_id=actor.authority_id, owner_id=actor.person_id, closed_at=None)
    return rows.filter(kind__in=(*KINDS, READ_KIND), raised_at__gte=at - NEW_FOR).count()


def moves_recorded(person_id: UUID, *, since: datetime, until: datetime, on: date) -> int:
    """How many moves of a person's young people were recorded in that time, by whomever."""
    children = advised_by({person_id}, on=on)
    rows = Home.objects.filter(child__in=children, recorded_at__gte=since, recorded_at__lt=until, superseded_at=None)
    return rows.values("child_id", "starts_on").distinct().count()


def lines(children: Sequence[Child], *, on: date) -> list[Line]:
    """A line for each, a handful of queries for all."""
    ids = [child.id for child in children]
    known = facts.of_children(children, on=on)
    following = _next_duties(ids)
    handed = _last_sent(ids)
    said = answers.newest([handover.document_id for handover in handed.values()])
    replied = answers.replies(said.values())
    return [_line(known[child.id], following, handed, said, replied, on) for child in children]


def read_at(line: Line) -> datetime | None:
    """When a person at the host read the last handover first; None where nobody has, or none was sent."""
    if line.handover is None:
        return None
    read = DocumentFact.objects.filter(document_id=line.handover.document_id).exclude(fact=DocumentFact.Fact.RECEIVED)
    return read.order_by("at").values_list("at", flat=True).first()


def _line(
    known: Known,
    following: dict[UUID, Duty],
    handed: dict[UUID, Handover],
    said: dict[UUID, Document],
    replied: dict[UUID, Document],
    on: date,
) -> Line:
    child = known.child
    handover = handed.get(child.id)
    answer = said.get(handover.document_id) if handover else None
    return Line(
        child=child,
        answer=entitlement(circumstances=known.circumstances, on=on),
        adviser_id=known.adviser_id,
        home=next((home for home in reversed(known.recorded.homes) if home.holds(on)), None),
        next=following.get(child.id),
        handover=handover,
        host_said=answer,
        reply=replied.get(answer.id) if answer else None,
        ahead=ages_ahead(date_of_birth=child.born_on, on=on, until=on + timedelta(days=AHEAD_DAYS)),
    )


def _next_duties(ids: Sequence[UUID]) -> dict[UUID, Duty]:
    """Of each the open duty that is due first; those without a day come last."""
    first: dict[UUID, Duty] = {}
    for duty in board.open_duties().filter(subject_kind="child", subject_id__in=ids):
        first.setdefault(duty.subject_id, duty)
    return first


def _last_sent(ids: Sequence[UUID]) -> dict[UUID, Handover]:
    sent = Handover.objects.filter(child_id__in=ids, sent_at__isnull=False).select_related("host").order_by("sent_at")
    return {handover.child_id: handover for handover in sent}
