"""The world's approvals: one that waits for either office, and one that somebody recorded for somebody else."""

from uuid import UUID

from accounts.acting import Actor, acting_for, operator
from accounts.models import User
from accounts.roles import Role
from db import clock
from placements.actions.approvals import decide
from placements.actions.considered import gather
from placements.models import Approval
from placements.rules.satisfied_of import Answer
from tests import factories


def build(worker: Actor) -> dict[str, UUID]:
    """Two moves next door, of which that authority was told nothing, and a director who declined one on the telephone."""
    officer = factories.person(factories.ROTHERHAM, Role.NOMINATED_OFFICER)
    waiting, declined = (_asked(worker) for _ in range(2))
    with acting_for(worker, "test"):
        said = {
            "wishes_and_feelings": Answer(evidence="She said so"),
            "most_appropriate": Answer(reason="The only bed"),
        }
        gather(approval_id=waiting.id, answers=said, by=worker, at=clock.now())
        decide(
            approval_id=declined.id,
            decision="declined",
            answers={},
            words="Too far from her school.",
            decider_id=officer.person_id,
            decided_at=clock.now(),
            is_by_telephone=True,
            by=worker,
            at=clock.now(),
        )
    return {"approval": waiting.id, "to_confirm": declined.id, "officer": officer.person_id}


def belongs_to(approval_id: UUID, name: str) -> None:
    """Let somebody who asks be the one who decided."""
    with acting_for(operator(factories.authority(factories.ROTHERHAM).id), "test"):
        Approval.objects.filter(id=approval_id).update(decider=User.objects.get(name=name))


def _asked(worker: Actor) -> Approval:
    made = factories.placement_at("proposed", worker, place=factories.PlaceTo.ADJOINING, tell_host=False)
    with acting_for(worker, "test"):
        return Approval.objects.get(placement=made)
