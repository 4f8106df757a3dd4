"""How does a person come to know a closed address, and how does that end?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from accounts.membership import members
from accounts.models import User
from audit import log
from db.clock import london_date
from duties.actions import close_as_met
from duties.models import Duty
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import GrantNotFound, UnreadableField
from placements.models import AddressGrant, Placement
from placements.owed import found_again
from placements.place import grants
from placements.rules.written_times import moment_in_words


@transaction.atomic
def give_grant(
    *, placement_id: UUID, person_id: UUID, reason: str, ends_at: datetime | None = None, by: Actor, at: datetime
) -> AddressGrant:
    """Let a person of the authority read a closed address from now on, until an instant where one is given.

    Whoever gives it learns nothing of the address, and gives none to themselves: a second person always knows. Raises
    NotPermitted, PlacementNotFound, UnreadableField.
    """
    policy.require("address_grants.give", by.role)
    placement = locked(placement_id, None, by)
    if not placement.is_restricted:
        raise UnreadableField("person", "This address is not closed: everybody who reads the placement may know it.")
    if not reason.strip():
        raise UnreadableField("reason", "Say why this person needs to know the address.")
    if ends_at is not None and ends_at <= at:
        raise UnreadableField("ends_at", "Give an end that lies ahead, or none.")
    person = _who_may_hold_one(person_id, by, at)
    _check_none_runs(placement, person, at)
    made = AddressGrant.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        person=person,
        starts_at=at,
        ends_at=ends_at,
        reason=reason.strip(),
        given_by=by.name,
    )
    _log("give", made)
    write_event(placement, "A person was let read the closed address", at, by=by, at=at)
    asked = Duty.objects.filter(subject_id=placement.id, kind=found_again.FIND_READER, closed_at=None)
    for duty in asked:
        close_as_met(duty.id, evidence=f"{by.name} let somebody read it.", by=by.name, at=at)
    return made


@transaction.atomic
def end_grant(*, grant_id: UUID, reason: str, by: Actor, at: datetime) -> AddressGrant:
    """Take a grant back: from this instant the person reads the address, and what tells of it, no more.

    Raises NotPermitted, GrantNotFound (also for one that has ended), UnreadableField.
    """
    policy.require("address_grants.give", by.role)
    found = (
        grants.running(at=at)
        .select_for_update(of=("self",))
        .select_related("placement__child", "person")
        .filter(authority_id=by.authority_id, id=grant_id)
        .first()
    )
    if found is None:
        raise GrantNotFound
    if not reason.strip():
        raise UnreadableField("reason", "Say why the grant ends.")
    found.ends_at, found.ended_by, found.ended_why = at, by.name, reason.strip()
    found.save(update_fields=["ends_at", "ended_by", "ended_why"])
    _log("end", found)
    write_event(found.placement, "A person may read the closed address no more", at, by=by, at=at)
    return found


def candidates(placement: Placement, *, by: Actor, at: datetime) -> list[User]:
    """The people to whom a grant can be given now, by name."""
    who = members(by.authority_id, on=london_date(at)).filter(role__in=_reading_roles()).exclude(user_id=by.person_id)
    has_one = grants.running(at=at).filter(placement=placement).values("person_id")
    return list(User.objects.filter(id__in=who.values("user_id")).exclude(id__in=has_one).order_by("name", "id"))


def _reading_roles() -> list[str]:
    return [role for roles in policy.operations()["placements.read"].roles.values() for role in roles]


def _who_may_hold_one(person_id: UUID, by: Actor, at: datetime) -> User:
    if person_id == by.person_id:
        raise UnreadableField("person", "Nobody opens a closed address to themselves: ask somebody else who may.")
    who = members(by.authority_id, on=london_date(at)).filter(user_id=person_id, role__in=_reading_roles())
    person = User.objects.filter(id__in=who.values("user_id")).first()
    if person is None:
        raise UnreadableField("person", "Name a person of your authority whose role reads placements.")
    return person


def _check_none_runs(placement: Placement, person: User, at: datetime) -> None:
    runs = grants.running(at=at).filter(placement=placement, person=person).first()
    if runs is not None:
        until = f" until {moment_in_words(runs.ends_at)}" if runs.ends_at else ""
        raise UnreadableField("person", f"{person.name} may read it already{until}: end that grant first.")


def _log(what: str, grant: AddressGrant) -> None:
    log.record(
        operation=f"address_grants.{what}",
        subject_kind="placement",
        subject_ids=[grant.placement_id, grant.id],
        detail={"person": str(grant.person_id)},
    )
