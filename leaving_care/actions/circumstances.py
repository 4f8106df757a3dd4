"""How is a fact recorded that a leaving-care status turns on, and how is it taken back?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from db.clock import london_date
from leaving_care import register
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Circumstance
from placements.exceptions import DoesNotFit, UnreadableField

RECORD = "leaving_care.record"
ONCE = (
    Circumstance.Kind.ADOPTED,
    Circumstance.Kind.DIED,
    Circumstance.Kind.EDUCATION,
    Circumstance.Kind.AGE_DISPUTED,
    Circumstance.Kind.DECIDED_ELIGIBLE,
)


@transaction.atomic
def record_circumstance(
    *,
    child_id: UUID,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Circumstance:
    """Record a fact beyond the periods of care; what is owed follows at once.

    A fact that happens once replaces what was recorded of its kind. `ends_on` is the first day on which it no longer
    holds. Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    child = register.locked(child_id, RECORD, by)
    if kind not in Circumstance.Kind.values:
        raise UnreadableField("kind", "Choose what is recorded from the list.")
    if kind != Circumstance.Kind.EDUCATION:
        register.not_ahead("starts_on", starts_on, on=london_date(at))
    if ends_on is not None and ends_on <= starts_on:
        raise UnreadableField("ends_on", "The end comes after the start.")
    if kind == Circumstance.Kind.EDUCATION and ends_on is None:
        raise UnreadableField("ends_on", "Say to which day the pathway plan sets out education or training.")
    if kind in ONCE:
        _current(child.id).filter(kind=kind).update(superseded_at=at)
    fact = Circumstance.objects.create(
        authority_id=by.authority_id,
        child=child,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        words=words.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    register.written(RECORD, [child], reason=f"{fact.get_kind_display()}: recorded by {by.name}.", by=by, at=at)
    return fact


@transaction.atomic
def end_circumstance(*, circumstance_id: UUID, ends_on: date, by: Actor, at: datetime) -> Circumstance:
    """Record that a fact no longer holds, from a day on: the old row is kept as it was recorded.

    Raises NotPermitted, ChildNotFound, RowNotFound, UnreadableField.
    """
    fact = _locked(circumstance_id, by)
    register.not_ahead("ends_on", ends_on, on=london_date(at))
    if ends_on <= fact.starts_on:
        raise UnreadableField("ends_on", "The end comes after the start.")
    return _in_place_of(fact, ends_on=ends_on, reason=f"Ended by {by.name}.", by=by, at=at)


@transaction.atomic
def take_back_circumstance(*, circumstance_id: UUID, reason: str, by: Actor, at: datetime) -> Circumstance:
    """Take back a fact that was recorded wrongly. The row stays, superseded.

    Raises NotPermitted, ChildNotFound, RowNotFound, DoesNotFit (no reason).
    """
    fact = _locked(circumstance_id, by)
    if not reason.strip():
        raise DoesNotFit("Say why it is taken back.")
    fact.superseded_at = at
    fact.save(update_fields=["superseded_at"])
    why = f"{fact.get_kind_display()}: taken back by {by.name}. {reason.strip()}"
    register.written(RECORD, [fact.child], reason=why, by=by, at=at)
    return fact


def _current(child_id: UUID):
    return Circumstance.objects.filter(child_id=child_id, superseded_at=None)


def _locked(circumstance_id: UUID, by: Actor) -> Circumstance:
    fact = Circumstance.objects.filter(id=circumstance_id, authority_id=by.authority_id, superseded_at=None).first()
    if fact is None:
        cover.require(RECORD, by)
        raise RowNotFound("fact")
    register.locked(fact.child_id, RECORD, by)
    return fact


def _in_place_of(fact: Circumstance, *, ends_on: date, reason: str, by: Actor, at: datetime) -> Circumstance:
    fact.superseded_at = at
    fact.save(update_fields=["superseded_at"])
    new = Circumstance.objects.create(
        authority_id=fact.authority_id,
        child=fact.child,
        kind=fact.kind,
        starts_on=fact.starts_on,
        ends_on=ends_on,
        words=fact.words,
        recorded_at=at,
        recorded_by=by.name,
    )
    register.written(RECORD, [fact.child], reason=f"{fact.get_kind_display()}: {reason}", by=by, at=at)
    return new
