"""The world's closed address: one person may read it, one might until it was taken back, one has never been let."""

from uuid import UUID

from accounts.acting import acting_for
from accounts.roles import Role
from db import clock
from placements.actions.grants import end_grant, give_grant
from tests import factories


def build(placement_id: UUID) -> dict[str, UUID]:
    """A grant that runs, one that was taken back, and somebody who has none."""
    manager = factories.person(role=Role.MANAGER, name="Tom Oakes")
    names = ("Sam Field", "Lena Moss", "Ines Costa")
    reader, former, another = (factories.person(role=Role.SOCIAL_WORKER, name=name) for name in names)
    done = {"by": manager, "at": clock.now()}
    with acting_for(manager, "test"):
        given = {"placement_id": placement_id, "reason": "Visits her", **done}
        made, ended = (give_grant(person_id=one.person_id, **given) for one in (reader, former))
        end_grant(grant_id=ended.id, reason="Left the team", **done)
    return {"grant": made.id, "without_grant": another.person_id}
