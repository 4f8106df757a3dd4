"""How is an emergency move registered from five answers: who, where, kind of place, when, and why it cannot wait?"""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor
from db.clock import london_date
from duties.actions import raise_duties
from placements.actions.children import register_child
from placements.actions.placements import propose, record_emergency_start
from placements.exceptions import UnreadableField
from placements.models import Child, Placement
from placements.owed import found_again
from placements.place import places
from placements.place.kinds_of_place import kinds_of_place
from placements.place.places import Place

# Letters and digits that are not mistaken for one another when they are read out by telephone.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ"
OLDEST = 20


@dataclass(frozen=True)
class NotInRegister:
    """A child whom nobody finds in the register: a name, and about how old."""

    given_name: str
    family_name: str
    about_age: int


@dataclass(frozen=True)
class FiveAnswers:
    """Who, where, kind of place, when, why. Where and kind may be unknown; `arrived_at` where the child is there."""

    who: UUID | NotInRegister
    place: Place
    kind: str
    on: date
    why_not_wait: str
    arrived_at: datetime | None = None
    host_id: UUID | None = None


@transaction.atomic
def register_emergency(answers: FiveAnswers, *, by: Actor, at: datetime) -> Placement:
    """Register an emergency move, or record that the child is there already; whatever is not known yet stays open.

    A child who is not in the register gets a provisional reference and an estimated date of birth, and a duty asks who
    it is. Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    if not answers.why_not_wait.strip():
        raise UnreadableField("why_not_wait", "Say in a line why it cannot wait.")
    kind = kinds_of_place().get(answers.kind)
    if kind is None:
        raise UnreadableField("kind", "Choose the kind of place, or that nobody knows yet.")
    child_id = answers.who if isinstance(answers.who, UUID) else _register(answers.who, by=by, at=at).id
    move = {
        "child_id": child_id,
        "place": replace(answers.place, home_postcode=_home_postcode(child_id)),
        "place_code": kind.place_code,
        "provider_code": kind.provider_code,
        "why_not_wait": answers.why_not_wait,
        "host_id": answers.host_id,
    }
    if answers.arrived_at is not None:
        return record_emergency_start(**move, started_at=answers.arrived_at, by=by, at=at)
    return propose(**move, planned_start_on=answers.on, is_emergency=True, by=by, at=at)


def estimated_birth(about_age: int, *, on: date) -> date:
    """The latest date of birth that fits an age: an estimate must not end early what is owed to a child."""
    try:
        return on.replace(year=on.year - about_age)
    except ValueError:
        return date(on.year - about_age, 2, 28)


def _home_postcode(child_id: UUID) -> str:
    """The child's home as the latest placement has it; one that was delivered unreadable holds nobody up at night."""
    latest = Placement.objects.filter(child_id=child_id, superseded_at=None).order_by("-recorded_at").first()
    place = places.of(latest) if latest else None
    try:
        return Place(home_postcode=place.home_postcode).read().home_postcode if place else ""
    except UnreadableField:
        return ""


def _register(unknown: NotInRegister, *, by: Actor, at: datetime) -> Child:
    if not (unknown.given_name.strip() or unknown.family_name.strip()):
        raise UnreadableField("given_name", "Give a name, even if it is only what the child is called.")
    if not 0 <= unknown.about_age <= OLDEST:
        raise UnreadableField("about_age", f"Give the age in years, from 0 to {OLDEST}.")
    child = register_child(
        reference=found_again.PROVISIONAL + "".join(secrets.choice(ALPHABET) for _ in range(6)),
        given_name=unknown.given_name,
        family_name=unknown.family_name,
        born_on=estimated_birth(unknown.about_age, on=london_date(at)),
        is_born_on_estimated=True,
        by=by,
        at=at,
    )
    raise_duties([found_again.identification(child)], authority_id=by.authority_id, by=by.name, at=at)
    return child
