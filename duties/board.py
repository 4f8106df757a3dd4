"""What is owed, for whom does it wait, and what is late? The queries behind the board."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts import cover, policy
from accounts.acting import Actor
from accounts.membership import members
from accounts.roles import Role
from db.clock import london_date
from duties.models import Closing, Duty

IN_ORDER = (F("due_on").asc(nulls_last=True), "raised_at", "id")


def acting_roles() -> frozenset[Role]:
    """The roles that may act on duties at all (accounts/policy.toml)."""
    return frozenset(role for roles in policy.operations()["duties.close"].roles.values() for role in roles)


def people_who_may_act(authority_id: UUID, *, on: date) -> QuerySet:
    """The memberships of an authority whose people may act on duties on a day."""
    return members(authority_id, on=on).filter(role__in=acting_roles())


def open_duties(*, role: str = "") -> QuerySet[Duty]:
    """Open duties by due date; those without a time limit stand last. With a role: those that it can act on."""
    duties = Duty.objects.filter(closed_at=None).order_by(*IN_ORDER)
    return duties.filter(role=role) if role else duties


def unowned(authority_id: UUID, *, on: date) -> QuerySet[Duty]:
    """Open duties that no person has: never given to anybody, or their owner may act on them no more."""
    return open_duties().filter(~_is_held(authority_id, on), authority_id=authority_id)


def by_holder(authority_id: UUID, *, on: date) -> QuerySet[Duty]:
    """Open duties in the board's order: each person's together by name, then those of each role, soonest due first."""
    is_held = _is_held(authority_id, on)
    return (
        open_duties()
        .filter(authority_id=authority_id)
        .annotate(
            holder_name=Case(When(is_held, then=F("owner__name")), default=Value(None)),
            holder_id=Case(When(is_held, then=F("owner_id")), default=Value(None)),
        )
        .order_by(F("holder_name").asc(nulls_last=True), "holder_id", "role", *IN_ORDER)
    )


def waiting_for(actor: Actor, *, on: date) -> QuerySet[Duty]:
    """Open duties that this person can act on: by name, by role, or for somebody whom they cover on that day."""
    held = _is_held(actor.authority_id, on)
    theirs = {actor.person_id, *cover.people_covered(actor, on=on)}
    roles = ({actor.role} | cover.roles_carried(actor, on=on)) & acting_roles()
    by_role = Q(role__in=roles) | Q(role="") if roles else Q(pk=None)
    return open_duties().filter(held & Q(owner_id__in=theirs) | ~held & by_role, authority_id=actor.authority_id)


def needs(actor: Actor, *, on: date, within_days: int) -> QuerySet[Duty]:
    """Open duties that wait for this person, late or due within so many days. A manager's are all of the authority's."""
    soon = Q(due_on__lte=on + timedelta(days=within_days))
    if Role.MANAGER in {actor.role} | cover.roles_carried(actor, on=on):
        return open_duties().filter(soon)
    return waiting_for(actor, on=on).filter(soon)


def about(subject_kind: str, subject_id: UUID) -> QuerySet[Duty]:
    """Every duty about a subject, open and closed, in the order in which they fall due."""
    return Duty.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by(*IN_ORDER)


def is_late(duty: Duty, when: date | datetime) -> bool:
    """Whether the duty is late on a day, or at an instant, or was met late: a fact of dates, whenever it is found.

    One that is due at an instant is late from that instant on; asked for a day, from the day after it. What was not
    owed was never late; what a replaced duty asked for is late, if at all, by its successor's date.
    """
    if duty.closing in (Closing.NOT_OWED, Closing.REPLACED):
        return False
    is_instant = isinstance(when, datetime)
    on = london_date(when) if is_instant else when
    ended_at = duty.done_at or duty.closed_at
    if duty.due_at is not None and (is_instant or (ended_at and london_date(ended_at) <= on)):
        instants = [one for one in (when if is_instant else None, ended_at) if one]
        return min(instants) > duty.due_at
    last = min(on, london_date(ended_at)) if ended_at else on
    return duty.late_from is not None and last >= duty.late_from


def late_since(duty: Duty) -> date | None:
    """The day on which the duty became, or would become, late."""
    return london_date(duty.due_at) if duty.due_at else duty.late_from


def late_count(on: date) -> int:
    """How many open duties are late on a day."""
    return Duty.objects.filter(closed_at=None, late_from__lte=on).count()


def _is_held(authority_id: UUID, on: date) -> Q:
    """That the duty's owner is somebody who may act on it on that day."""
    return Q(Exists(people_who_may_act(authority_id, on=on).order_by().filter(user_id=OuterRef("owner_id"))))
