"""What do the rules need to know of a placement? The only bridge from the database to the rules' facts."""

from datetime import date

from placements.models import Placement
from placements.rules import codes
from placements.rules.placement_facts import Manner, PlacementFacts


def of_placement(placement: Placement) -> PlacementFacts:
    """The facts of a placement that approval and notice turn on; the start is the actual one, else the planned one."""
    return codes.placement_facts(
        placement_code=placement.place_code,
        provider_code=placement.provider_code,
        legal_status=placement.legal_status,
        manner=_manner(placement.is_emergency),
        starts_on=start_of(placement),
    )


def start_of(placement: Placement) -> date | None:
    """The day on which the placement started, else is planned to start."""
    return placement.starts_on or placement.planned_start_on


def _manner(is_emergency: bool | None) -> Manner:
    if is_emergency is None:
        return Manner.NOT_KNOWN
    return Manner.EMERGENCY if is_emergency else Manner.PLANNED
