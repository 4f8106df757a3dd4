"""The world's clocks: a visit, a review, a day on which looking after is to end; and a child whom nobody knows yet."""

from datetime import UTC, date, datetime
from uuid import UUID

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from placements.actions.ceasing import decide_ceasing, plan_ceasing
from placements.actions.emergencies import FiveAnswers, NotInRegister, register_emergency
from placements.actions.turns import record_review, record_visit, take_back
from placements.models import Placement
from placements.place.places import Place
from tests import factories


def build(ids: dict[str, UUID], worker: Actor) -> dict[str, UUID]:
    """In the placement in which a child lives."""
    done = {"by": worker, "at": datetime(2026, 12, 9, 9, 0, tzinfo=UTC)}
    with acting_for(worker, "test"):
        started = Placement.objects.get(id=ids["started"])
        on = max(started.starts_on, date(2026, 12, 8))
        visit = record_visit(placement_id=started.id, visited_on=on, visited_by="Sam Field", **done)
        record_review(child_id=started.child_id, reviewed_on=date(2026, 11, 20), reviewed_by="Mina Shah", **done)
        decided = plan_ceasing(child_id=started.child_id, ceases_on=date(2027, 2, 1), **done)
        decide_ceasing(ceasing_id=decided.id, decided_by="Colin Reeve", decided_on=date(2026, 12, 8), **done)
        ceasing = plan_ceasing(child_id=started.child_id, ceases_on=date(2027, 3, 1), **done)
        mistaken = record_visit(placement_id=started.id, visited_on=started.starts_on, visited_by="Sam Field", **done)
        who = NotInRegister("Sami", "", 14)
        given = FiveAnswers(who, Place(), "childrens_home", date(2026, 12, 20), "Found at the station")
        unknown = register_emergency(given, **done)
    manager = factories.person(role=Role.MANAGER)
    with acting_for(manager, "test"):
        take_back(turn_id=mistaken.id, reason="Another child", by=manager, at=clock.now())
    return {"visit": visit.id, "ceasing": ceasing.id, "provisional": unknown.child_id}
