"""How is the host given all that reg. 13(4) asks for, after it was told first?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from notifications.models import Document
from placements.actions import care_plans
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import InvalidTransition, UnreadableField
from placements.models import Placement
from placements.telling import completeness, notices
from placements.telling.care_plans import CarePlan

CLOSED = (Placement.Status.DECLINED, Placement.Status.WITHDRAWN)


@transaction.atomic
def complete_notice(
    *, placement_id: UUID, needs_and_suitability: str, care_plan: CarePlan | None = None, by: Actor, at: datetime
) -> Document:
    """Give the host our assessment of needs and why this placement is the most suitable, with the care plan.

    The notice supersedes the first one: told and complete are two dates. At a distance the care plan may have been
    given with the question already; otherwise it is given now, or stays owed in the notice's own words. Complete, it
    meets the duty of reg. 13(4). Raises NotPermitted, PlacementNotFound, NoHostToTell, InvalidTransition,
    UnreadableField.
    """
    policy.require("notices.complete", by.role)
    placement = locked(placement_id, None, by)
    if placement.status in CLOSED:
        raise InvalidTransition(placement.get_status_display(), "one of which its host is told", [])
    if not needs_and_suitability.strip():
        raise UnreadableField(
            "needs_and_suitability", "Write our assessment of needs, and why this placement is the most suitable."
        )
    judged = care_plans.host_of(placement)
    if care_plan is not None:
        # A first notice and its care plan are told in one moment: the supply then counts as given with it.
        care_plans.keep(placement, judged, care_plan, by=by, at=at)
    document = notices.complete(placement, judged, needs_and_suitability.strip(), by=by, at=at)
    standing = completeness.of_notice(placement, judged)
    what = "Complete notice" if standing.complete_at else "Notice with our assessment, the care plan still owed"
    write_event(placement, f"{what} to {judged.host_for(placement)}", at, by=by, at=at)
    completeness.meet_what_is_done(placement, judged, by=by, at=at)
    return document
