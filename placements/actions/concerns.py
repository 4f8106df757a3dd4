"""How is a concern about exploitation recorded, looked at again, and closed without ever closing silently?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import policy
from accounts.acting import Actor
from accounts.models import Membership, User
from accounts.roles import Role
from audit import log
from db.clock import london_date
from duties.actions import raise_duties
from placements.exceptions import ChildNotFound, ConcernIsClosed, ConcernNotFound, UnreadableField
from placements.models import Child, Concern, ConcernAssessment
from placements.owed import found_again


@transaction.atomic
def raise_concern(
    *, child_id: UUID, words: str, not_known: str = "", assessed_on: date, by: Actor, at: datetime
) -> Concern:
    """Record a concern with its first assessment. Raises NotPermitted, ChildNotFound, UnreadableField."""
    policy.require("concerns.write", by.role)
    child = Child.objects.filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    concern = Concern.objects.create(authority_id=by.authority_id, child=child, raised_at=at, raised_by=by.name)
    _add(concern, words, not_known, assessed_on, by=by, at=at)
    log.record(operation="concerns.raise", subject_kind="concern", subject_ids=[concern.id, child.id])
    return concern


@transaction.atomic
def assess_concern(
    *, concern_id: UUID, words: str, not_known: str = "", assessed_on: date, by: Actor, at: datetime
) -> Concern:
    """Add a dated assessment to an open concern. Raises NotPermitted, ConcernNotFound, ConcernIsClosed."""
    policy.require("concerns.write", by.role)
    concern = _open(concern_id, by)
    _add(concern, words, not_known, assessed_on, by=by, at=at)
    log.record(operation="concerns.assess", subject_kind="concern", subject_ids=[concern.id])
    return concern


@transaction.atomic
def close_concern(
    *, concern_id: UUID, reason: str, supervisor_id: UUID, look_again_on: date, by: Actor, at: datetime
) -> Concern:
    """Close a concern with a reason, the supervisor it was agreed with, and the day on which it is looked at again.

    That day is raised as a duty. The supervisor is another person than who closes it. Raises NotPermitted,
    ConcernNotFound, ConcernIsClosed, UnreadableField.
    """
    policy.require("concerns.write", by.role)
    concern = _open(concern_id, by)
    if not reason.strip():
        raise UnreadableField("reason", "Say why the concern is closed.")
    if look_again_on <= london_date(at):
        raise UnreadableField("look_again_on", "Choose a day that lies ahead.")
    concern.closing_supervisor = _supervisor(supervisor_id, by, at).name
    concern.closed_at, concern.closed_by = at, by.name
    concern.closing_reason, concern.look_again_on = reason.strip(), look_again_on
    concern.save(update_fields=["closed_at", "closed_by", "closing_reason", "closing_supervisor", "look_again_on"])
    raise_duties([found_again.concern(concern)], authority_id=by.authority_id, by=by.name, at=at)
    log.record(operation="concerns.close", subject_kind="concern", subject_ids=[concern.id])
    return concern


def supervisors(authority_id: UUID, *, on: date) -> list[User]:
    """The authority's social work supervisors on a day, by name."""
    running = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), authority_id=authority_id, role=Role.SUPERVISOR, starts_on__lte=on
    )
    return list(User.objects.filter(id__in=running.values("user_id")).order_by("name"))


def _add(concern: Concern, words: str, not_known: str, assessed_on: date, *, by: Actor, at: datetime) -> None:
    if not words.strip():
        raise UnreadableField("words", "Write what is thought, and on what it rests.")
    if assessed_on > london_date(at):
        raise UnreadableField("assessed_on", "An assessment that lies ahead cannot be recorded yet.")
    ConcernAssessment.objects.create(
        authority_id=concern.authority_id,
        concern=concern,
        assessed_on=assessed_on,
        words=words.strip(),
        not_known=not_known.strip(),
        author=by.name,
        recorded_at=at,
    )


def _supervisor(supervisor_id: UUID, by: Actor, at: datetime) -> User:
    known = {one.id: one for one in supervisors(by.authority_id, on=london_date(at))}
    if supervisor_id not in known or supervisor_id == by.person_id:
        raise UnreadableField("supervisor", "Name a social work supervisor of your authority, other than yourself.")
    return known[supervisor_id]


def _open(concern_id: UUID, by: Actor) -> Concern:
    concern = (
        Concern.objects.select_for_update(of=("self",))
        .select_related("child")
        .filter(authority_id=by.authority_id, id=concern_id)
        .first()
    )
    if concern is None:
        raise ConcernNotFound
    if concern.closed_at:
        raise ConcernIsClosed
    return concern
