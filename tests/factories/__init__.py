"""Valid things to test with. A placement at a state is walked there by the real actions; no test starts elsewhere.

All take place in a transaction of the test's own (`db` or `committing`).
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count

from accounts.acting import Actor, acting_for, operator
from accounts.models import Membership, User
from accounts.roles import Role
from geo.areas import authority_by_code
from geo.models import Authority
from placements.actions import approvals as approval_actions
from placements.actions import placements as placement_actions
from placements.actions.children import register_child
from placements.actions.grants import give_grant
from placements.approving import approvals
from placements.models import Approval, Child, Placement
from placements.place.places import Place
from placements.rules.satisfied_of import Answer
from tests.databases import NOON

ROTHERHAM = "E08000018"
SHEFFIELD = "E08000039"
LEEDS = "E08000035"
_numbers = count(1)


def authority(code: str = ROTHERHAM) -> Authority:
    """An authority of the reference data."""
    return authority_by_code(code)


@contextmanager
def acting(actor: Actor):
    """Act for the actor's authority, as the test."""
    with acting_for(actor, "test"):
        yield actor


def person(code: str = ROTHERHAM, role: Role = Role.PLACEMENT_OFFICER, name: str = "Priya Nair") -> Actor:
    """A person with one membership, as an actor."""
    number = next(_numbers)
    user = User.objects.create_user(
        email=f"person{number}@authority.example", name=name, password="a long invented password"
    )
    owner = authority(code)
    with acting_for(operator(owner.id), "test"):
        Membership.objects.create(user=user, authority=owner, role=role, starts_on=date(2020, 1, 1))
    return Actor(authority_id=owner.id, role=role, name=name, person_id=user.id)


def child(by: Actor, **changes) -> Child:
    """A child of fourteen, looked after since September 2025 under a care order."""
    given = {
        "reference": f"CH-{next(_numbers):04d}",
        "given_name": "Kayla",
        "family_name": "Brent",
        "born_on": date(2012, 11, 14),
        "sex": "F",
        "looked_after_since": date(2025, 9, 1),
        "legal_status": "C2",
    }
    with acting_for(by, "test"):
        return register_child(**(given | changes), by=by, at=NOON)


class PlaceTo:
    """Places by where they lie, seen from Rotherham. Their postcodes are in the template's directory."""

    IN_AREA = Place(line="1 Invented Road", postcode="DN12 2BB", home_postcode="S65 1SB")
    ADJOINING = Place(line="2 Invented Road", postcode="S1 1AA", home_postcode="S65 1SB")
    AT_A_DISTANCE = Place(line="3 Invented Road", postcode="LS1 8ED", home_postcode="S65 1SB")
    UNKNOWN = Place(line="somewhere", postcode="", home_postcode="S65 1SB")


def placement_at(
    status: Placement.Status, by: Actor, of: Child | None = None, place: Place = PlaceTo.AT_A_DISTANCE, **changes
) -> Placement:
    """A placement in a state, walked there by the real actions."""
    of = of or child(by)
    with acting_for(by, "test"):
        made = placement_actions.propose(
            child_id=of.id,
            planned_start_on=date(2026, 12, 7),
            place=place,
            place_code="U6",
            provider_code="PR4",
            **({"tell_host": True} | changes),
            by=by,
            at=NOON,
        )
    if status in (Placement.Status.APPROVED, Placement.Status.STARTED, Placement.Status.ENDED):
        decide(made, "approved")
    if status == Placement.Status.DECLINED:
        decide(made, "declined")
    with acting_for(by, "test"):
        if status in (Placement.Status.STARTED, Placement.Status.ENDED):
            started_at = datetime(2026, 12, 7, 15, 0, tzinfo=UTC)
            made = placement_actions.start(placement_id=made.id, started_at=started_at, by=by, at=started_at)
        if status == Placement.Status.ENDED:
            ended_at = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
            made = placement_actions.end(placement_id=made.id, ended_at=ended_at, by=by, at=ended_at)
        if status == Placement.Status.WITHDRAWN:
            made = placement_actions.withdraw(placement_id=made.id, reason="The carer is ill", by=by, at=NOON)
        made.refresh_from_db()
    return made


def decide(placement: Placement, decision: str) -> None:
    """Every approval that the placement waits for, decided by somebody of the right grade at noon."""
    with acting_for(operator(placement.authority_id), "test"):
        waiting = list(Approval.objects.filter(placement=placement, superseded_at=None, decision=""))
    for approval in waiting:
        officer = _officer(placement.authority_id, Role(approval.grade))
        if placement.is_restricted:
            _let_read(placement, officer)
        with acting_for(officer, "test"):
            answers = {
                item.requirement.code: Answer(evidence="On file.", reason="Asked by telephone.")
                for item in approvals.items(approval, {}, at=NOON)
            }
            approval_actions.decide(
                approval_id=approval.id,
                decision=decision,
                answers=answers,
                words="" if decision == "approved" else "Too far from her school.",
                by=officer,
                at=NOON,
            )


def _let_read(placement: Placement, officer: Actor) -> None:
    """A manager lets the officer read the closed address that the decision is about."""
    manager = _officer(placement.authority_id, Role.MANAGER)
    with acting_for(manager, "test"):
        give_grant(
            placement_id=placement.id, person_id=officer.person_id, reason="Decides about it", by=manager, at=NOON
        )


def _officer(authority_id, role: Role) -> Actor:
    number = next(_numbers)
    user = User.objects.create_user(email=f"officer{number}@authority.example", name=f"{role.label} {number}")
    with acting_for(operator(authority_id), "test"):
        Membership.objects.create(user=user, authority_id=authority_id, role=role, starts_on=date(2020, 1, 1))
    return Actor(authority_id=authority_id, role=role, name=user.name, person_id=user.id)
