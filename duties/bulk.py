"""What came of doing the same to many duties? Each stands or falls alone, and says why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from accounts.exceptions import NotPermitted
from duties import board, handling
from duties.exceptions import DutyIsClosed, ReasonMissing
from duties.models import Duty

REFUSALS = (Duty.DoesNotExist, DutyIsClosed, NotPermitted, ReasonMissing)


@dataclass(frozen=True)
class Result:
    """What came of one: the duty as it stands now, or the refusal; no duty where the authority has none of that id."""

    duty: Duty | None
    refusal: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.refusal is None


def give_each(duty_ids: Iterable[UUID], *, to_id: UUID, by: Actor, at: datetime) -> list[Result]:
    """Give each to a person of the authority. Raises NotAMember before any is touched."""
    handling.check_taker(to_id, by=by, at=at)
    return _each(duty_ids, lambda duty_id: handling.give(duty_id, to_id=to_id, by=by, at=at), by=by)


def close_each(
    duty_ids: Iterable[UUID], *, evidence: str = "", reason: str = "", by: Actor, at: datetime
) -> list[Result]:
    """Close each with the same evidence, or with the same reason."""
    words = {"evidence": evidence, "reason": reason}
    return _each(duty_ids, lambda duty_id: handling.close(duty_id, **words, by=by, at=at), by=by)


def hand_over(*, from_id: UUID, to_id: UUID, by: Actor, at: datetime) -> list[Result]:
    """Give everything that a person still owes to another of the authority. Raises NotPermitted, NotAMember."""
    cover.require("duties.hand_over", by)
    owed = board.open_duties().filter(authority_id=by.authority_id, owner_id=from_id)
    return give_each(list(owed.values_list("id", flat=True)), to_id=to_id, by=by, at=at)


def _each(duty_ids: Iterable[UUID], act: Callable[[UUID], Duty], *, by: Actor) -> list[Result]:
    """In the order asked; done in the order of their ids, so that two people at once never wait for each other."""
    asked = list(dict.fromkeys(duty_ids))
    results = {duty_id: _one(duty_id, act, by) for duty_id in sorted(asked)}
    return [results[duty_id] for duty_id in asked]


def _one(duty_id: UUID, act: Callable[[UUID], Duty], by: Actor) -> Result:
    try:
        with transaction.atomic():
            return Result(act(duty_id))
    except REFUSALS as refusal:
        return Result(Duty.objects.filter(id=duty_id, authority_id=by.authority_id).first(), refusal)
