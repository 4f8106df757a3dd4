"""How does a person give a duty to somebody, or close it: their own, or one of somebody whom they cover?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from accounts.exceptions import NotAMember, Unacceptable
from accounts.models import User
from db.clock import london_date
from duties import actions, board
from duties.exceptions import ReasonMissing
from duties.models import Duty
from duties.roster import Roster


@transaction.atomic
def close(
    duty_id: UUID,
    *,
    evidence: str = "",
    reason: str = "",
    done_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Duty:
    """Close a duty: with evidence as met, `done_at` or else now; with a reason as not owed after all.

    Raises Duty.DoesNotExist, NotPermitted, ReasonMissing, DutyIsClosed, Unacceptable (done at a time that lies ahead).
    """
    for_person_id = _for_whom(duty_id, by, at)
    if evidence.strip():
        if done_at is not None and done_at > at:
            raise Unacceptable("done_at", "What lies ahead is not done yet.")
        told = {"evidence": evidence, "done_at": done_at, "for_person_id": for_person_id}
        return actions.close_as_met(duty_id, **told, by=by.name, at=at)
    if reason.strip():
        return actions.close_as_not_owed(duty_id, reason=reason, by=by.name, at=at, for_person_id=for_person_id)
    raise ReasonMissing


@transaction.atomic
def say_why_late(duty_id: UUID, *, words: str, by: Actor, at: datetime) -> Duty:
    """Say why a duty is late, was done late or will be. Raises Duty.DoesNotExist, NotPermitted, ReasonMissing."""
    for_person_id = _for_whom(duty_id, by, at)
    return actions.say_why_late(duty_id, words=words, by=by.name, at=at, for_person_id=for_person_id)


@transaction.atomic
def give(duty_id: UUID, *, to_id: UUID, by: Actor, at: datetime) -> Duty:
    """Give an open duty to a person of the authority. Raises Duty.DoesNotExist, NotPermitted, NotAMember, DutyIsClosed."""
    for_person_id = _for_whom(duty_id, by, at)
    to = check_taker(to_id, by=by, at=at)
    return actions.assign(duty_id, owner=to, by=by.name, at=at, for_person_id=for_person_id)


def check_taker(person_id: UUID, *, by: Actor, at: datetime) -> User:
    """The person, where work may be given to them today; raises NotAMember."""
    found = board.people_who_may_act(by.authority_id, on=london_date(at)).filter(user_id=person_id).first()
    if found is None:
        raise NotAMember
    return found.user


def _for_whom(duty_id: UUID, by: Actor, at: datetime) -> UUID | None:
    """Whose work is done, where it is not the doer's own; refuses who may neither by their role nor by cover."""
    duty = Duty.objects.get(id=duty_id, authority_id=by.authority_id)
    roster = Roster(by.authority_id, on=london_date(at))
    hand = roster.covers_for(by.person_id, duty)
    if hand is None:
        policy.require("duties.close", by.role)
    return duty.owner_id or (hand.covers_id if hand else None)
