"""Who does another's work while they are away? Cover ends by itself, and carries the covered person's roles for duties only."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import policy
from accounts.acting import Actor
from accounts.appointments import is_acting_director
from accounts.exceptions import EndedAlready, NotPermitted, Unacceptable
from accounts.membership import members
from accounts.models import Cover
from accounts.roles import Role
from audit import log
from db import clock
from db.clock import london_date

WHO_MAY_SET = "the person themselves, or a manager"


def running(on: date) -> QuerySet[Cover]:
    """The covers that run on a day."""
    return Cover.objects.filter(starts_on__lte=on, ends_on__gt=on, ended_at=None)


def visible_to(actor: Actor) -> QuerySet[Cover]:
    """A manager's are all of the authority's; anybody else's are those in which they are away or cover."""
    rows = Cover.objects.select_related("person", "covered_by").order_by("-starts_on", "id")
    if actor.role == Role.MANAGER:
        return rows
    return rows.filter(Q(person_id=actor.person_id) | Q(covered_by_id=actor.person_id))


def people_covered(actor: Actor, *, on: date) -> set[UUID]:
    """Whose work the actor does on a day."""
    rows = running(on).filter(authority_id=actor.authority_id, covered_by_id=actor.person_id)
    return set(rows.values_list("person_id", flat=True))


def roles_carried(actor: Actor, *, on: date) -> frozenset[Role]:
    """The roles of the people whom the actor covers on a day: for duties, for nothing else (ADR 0040)."""
    covered = people_covered(actor, on=on)
    rows = members(actor.authority_id, on=on).filter(user_id__in=covered)
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


def permits(operation: str, actor: Actor) -> bool:
    """Whether the actor may do it: in their own role, or, where the policy says so, by cover or by appointment."""
    rule = policy.operations()[operation]
    if rule.permits(actor.role) or _acts_as_director(rule, actor):
        return True
    if not rule.is_carried_by_cover:
        return False
    return any(rule.permits(role) for role in roles_carried(actor, on=clock.today()))


def permitted(actor: Actor) -> set[str]:
    """The names of all operations that the actor may do, in their own role, by cover or by appointment."""
    now = clock.now()
    carried = roles_carried(actor, on=london_date(now))
    is_director = is_acting_director(actor.person_id, authority_id=actor.authority_id, at=now)
    return {
        name
        for name, rule in policy.operations().items()
        if rule.permits(actor.role)
        or (rule.is_carried_by_cover and any(rule.permits(role) for role in carried))
        or (rule.is_carried_by_appointment and is_director)
    }


def require(operation: str, actor: Actor) -> None:
    """Refuse with NotPermitted, naming who may, unless the actor may do the operation."""
    if not permits(operation, actor):
        policy.require(operation, actor.role)


@transaction.atomic
def set_cover(
    *, person_id: UUID, covered_by_id: UUID, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Cover:
    """Let somebody do a person's work from a day until `ends_on`, the first day on which they no longer do.

    Raises NotPermitted for anybody but the person and a manager, Unacceptable for days that cannot be and for
    people who are not of the authority on the first of them.
    """
    _check_who(person_id, by)
    _check_days(starts_on, ends_on, london_date(at))
    if person_id == covered_by_id:
        raise Unacceptable("covered_by", "Nobody covers for themselves: choose somebody else.")
    for field, one in (("person", person_id), ("covered_by", covered_by_id)):
        if not members(by.authority_id, on=max(starts_on, london_date(at))).filter(user_id=one).exists():
            raise Unacceptable(field, "This person is not a member of the authority when the cover begins.")
    same_days = Cover.objects.filter(starts_on__lt=ends_on, ends_on__gt=starts_on, ended_at=None)
    if same_days.filter(authority_id=by.authority_id, person_id=person_id, covered_by_id=covered_by_id).exists():
        raise Unacceptable("starts_on", "The same person covers on some of these days already: end that cover first.")
    made = Cover.objects.create(
        authority_id=by.authority_id,
        person_id=person_id,
        covered_by_id=covered_by_id,
        starts_on=starts_on,
        ends_on=ends_on,
        set_at=at,
        set_by=by.name,
    )
    log.record(operation="covers.set", subject_kind="cover", subject_ids=[made.id], detail={"for": str(person_id)})
    return made


@transaction.atomic
def end_cover(*, cover_id: UUID, by: Actor, at: datetime) -> Cover:
    """End a cover before its day: whoever covered sees no more from now on. Raises NotPermitted, EndedAlready."""
    found = Cover.objects.select_for_update().get(id=cover_id, authority_id=by.authority_id)
    _check_who(found.person_id, by)
    if found.ended_at or found.ends_on <= london_date(at):
        raise EndedAlready("cover")
    found.ended_at, found.ended_by = at, by.name
    found.save(update_fields=["ended_at", "ended_by"])
    log.record(operation="covers.end", subject_kind="cover", subject_ids=[found.id])
    return found


def _acts_as_director(rule: policy.Operation, actor: Actor) -> bool:
    return rule.is_carried_by_appointment and is_acting_director(
        actor.person_id, authority_id=actor.authority_id, at=clock.now()
    )


def _check_who(person_id: UUID, by: Actor) -> None:
    policy.require("covers.set", by.role)
    if by.person_id != person_id and by.role != Role.MANAGER:
        raise NotPermitted("covers.set", WHO_MAY_SET)


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on <= starts_on:
        raise Unacceptable("ends_on", "The last day of the cover comes before its first.")
    if ends_on <= today:
        raise Unacceptable("ends_on", "These days lie behind us: nobody can cover for them any more.")
