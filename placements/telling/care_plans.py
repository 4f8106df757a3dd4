"""Which version of a child's care plan does the host hold, and is there a newer one? The plan itself is not kept here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placements.models import CarePlanSupply, CarePlanVersion, Placement


@dataclass(frozen=True)
class CarePlan:
    """A care plan as it was given to the host: which version, when, and by which channel."""

    version: str
    supplied_at: datetime
    channel: str


def supplied(placement: Placement, host_id: UUID) -> CarePlanSupply | None:
    """The last supply of the care plan to a host of this placement."""
    supplies = CarePlanSupply.objects.filter(placement=placement, supplied_to_id=host_id)
    return supplies.order_by("supplied_at", "recorded_at").last()


def newest(placement: Placement) -> CarePlanVersion | None:
    """The version that the child's care plan has become last."""
    versions = CarePlanVersion.objects.filter(child_id=placement.child_id)
    return versions.order_by("became_on", "recorded_at").last()


def newer_than_held(placement: Placement, host_id: UUID) -> tuple[CarePlanSupply, CarePlanVersion] | None:
    """What the host holds and the newer version, where there is one; None where nothing was supplied yet."""
    held, latest = supplied(placement, host_id), newest(placement)
    if held is None or latest is None or held.version == latest.version:
        return None
    return held, latest


def written(supply: CarePlanSupply | None) -> dict:
    """The fields by which a document says that the care plan was given; empty where it was not."""
    if supply is None:
        return {}
    return {
        "care_plan_version": supply.version,
        "care_plan_supplied_at": supply.supplied_at.isoformat(),
        "care_plan_channel": supply.channel,
    }
