"""The world's clocks: a visit, a review, a day on which looking after is to end; and a child whom nobody knows yet."""

from datetime import UTC, date, datetime
from uuid import UUID

from accounts.acting import Actor, acting_for
from placements.actions.ceasing import plan_ceasing
from placements.actions.emergencies import FiveAnswers, NotInRegister, register_emergency
from placements.actions.turns import record_review, record_visit
from placements.models import Placement
from placements.places import Place


def build(ids: dict[str, UUID], worker: Actor) -> dict[str, UUID]:
    """In the placement in which a child lives."""
    done = {"by": worker, "at": datetime(2026, 12, 9, 9, 0, tzinfo=UTC)}
    with acting_for(worker, "test"):
        started = Placement.objects.get(id=ids["started"])
        on = max(started.starts_on, date(2026, 12, 8))
        visit = record_visit(placement_id=started.id, visited_on=on, visited_by="Sam Field", **done)
        record_review(child_id=started.child_id, reviewed_on=date(2026, 11, 20), reviewed_by="Mina Shah", **done)
        ceasing = plan_ceasing(child_id=started.child_id, ceases_on=date(2027, 3, 1), **done)
        who = NotInRegister("Sami", "", 14)
        given = FiveAnswers(who, Place(), "childrens_home", date(2026, 12, 20), "Found at the station")
        unknown = register_emergency(given, **done)
    return {"visit": visit.id, "ceasing": ceasing.id, "provisional": unknown.child_id}
