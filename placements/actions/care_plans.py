"""How is it recorded that a child's care plan became a version, and that the host was given one?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import ChildNotFound, NoHostToTell, UnreadableField
from placements.models import CarePlanSupply, CarePlanVersion, Child, Placement
from placements.place import verdicts
from placements.place.verdicts import Judged
from placements.telling import completeness
from placements.telling.care_plans import CarePlan


@transaction.atomic
def record_version(*, child_id: UUID, version: str, became_on: date, by: Actor, at: datetime) -> CarePlanVersion:
    """Say that a child's care plan became a version on a day: so it shows where a host holds an older one.

    Raises NotPermitted, ChildNotFound, UnreadableField (no version, one that is recorded, a day that lies ahead).
    """
    policy.require("care_plans.record_version", by.role)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    version = version.strip()
    if not version:
        raise UnreadableField("version", "Say which version the care plan became.")
    if CarePlanVersion.objects.filter(child=child, version=version).exists():
        raise UnreadableField("version", f"Version {version} of this child's care plan is recorded already.")
    if became_on > london_date(at):
        raise UnreadableField("became_on", "A care plan that is not in force yet is no version of it.")
    made = CarePlanVersion.objects.create(
        authority_id=child.authority_id,
        child=child,
        version=version,
        became_on=became_on,
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation="care_plans.record_version", subject_kind="child", subject_ids=[child.id])
    return made


@transaction.atomic
def supply(
    *, placement_id: UUID, version: str, supplied_at: datetime, channel: str, by: Actor, at: datetime
) -> CarePlanSupply:
    """Record that the host was given the care plan, where no question or notice says so: which, when and how.

    The plan itself is not kept here. Duties that waited for it are met. Raises NotPermitted, PlacementNotFound,
    NoHostToTell, UnreadableField.
    """
    policy.require("care_plans.supply", by.role)
    placement = locked(placement_id, None, by)
    judged = host_of(placement)
    made = keep(placement, judged, CarePlan(version, supplied_at, channel), by=by, at=at)
    completeness.meet_what_is_done(placement, judged, by=by, at=at)
    return made


def host_of(placement: Placement) -> Judged:
    """The verdict of a placement that lies in another authority's area. Raises NoHostToTell."""
    judged = verdicts.current(placement)
    if judged is None or judged.host is None or not judged.area.is_out_of_area:
        raise NoHostToTell
    return judged


def keep(placement: Placement, judged: Judged, plan: CarePlan, *, by: Actor, at: datetime) -> CarePlanSupply:
    """Write down one supply to the host; for actions that give it with something else. Raises UnreadableField."""
    if not plan.version.strip():
        raise UnreadableField("care_plan_version", "Say which version of the care plan was given.")
    if not plan.channel.strip():
        raise UnreadableField("care_plan_channel", "Say by which channel it was given, such as secure e-mail.")
    if plan.supplied_at > at:
        raise UnreadableField("care_plan_supplied_at", "What has not been given yet cannot be recorded as given.")
    made = CarePlanSupply.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        supplied_to=judged.host,
        version=plan.version.strip(),
        supplied_at=plan.supplied_at,
        channel=plan.channel.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    what = f"Care plan version {made.version} given to {judged.host_for(placement)}, {made.channel}"
    write_event(placement, what, made.supplied_at, by=by, at=at)
    return made
