"""The world's closed address: one person was let read it, another may be."""

from uuid import UUID

from accounts.acting import acting_for
from accounts.roles import Role
from db import clock
from placements.actions.grants import give_grant
from tests import factories


def build(placement_id: UUID) -> dict[str, UUID]:
    """A grant that runs, and somebody who has none."""
    manager = factories.person(role=Role.MANAGER, name="Tom Oakes")
    reader, another = (factories.person(role=Role.SOCIAL_WORKER, name=name) for name in ("Sam Field", "Ines Costa"))
    with acting_for(manager, "test"):
        made = give_grant(
            placement_id=placement_id, person_id=reader.person_id, reason="Visits her", by=manager, at=clock.now()
        )
    return {"grant": made.id, "without_grant": another.person_id}
