"""Which young person is meant, and may this person write about them?"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from accounts import cover
from accounts.acting import Actor
from audit import log
from leaving_care import milestone_duties
from placements.exceptions import ChildNotFound, UnreadableField
from placements.models import Child


def locked(child_id: UUID, operation: str, by: Actor) -> Child:
    """The young person of the actor's authority, locked. Raises NotPermitted, ChildNotFound."""
    cover.require(operation, by)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    return child


def written(operation: str, children: Sequence[Child], *, reason: str, by: Actor, at: datetime) -> None:
    """Log what was written about young people, and bring what is owed to them up to date."""
    log.record(operation=operation, subject_kind="child", subject_ids=[child.id for child in children])
    milestone_duties.keep(children, authority_id=by.authority_id, by=by.name, at=at, reason=reason)


def not_ahead(field: str, day: date, *, on: date) -> None:
    """Refuse a day that lies ahead: what is recorded has happened."""
    if day > on:
        raise UnreadableField(field, "Give the day on which it happened: this one lies ahead.")
