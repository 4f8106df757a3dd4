"""What do the rules need to know of a placement or a child? The only bridge from the database to the rules' facts."""

from datetime import date

from placements.models import Child, Placement
from placements.rules import codes
from placements.rules.leaving_care import LegalStatus as StatusSpan
from placements.rules.periods_of_care import PeriodOfCare
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


def periods_of_care(child: Child) -> list[PeriodOfCare]:
    """The child's periods of care (use with the rows prefetched where there are many children)."""
    return [PeriodOfCare(period.starts_on, period.ends_on) for period in child.care_periods.all()]


def legal_statuses(child: Child) -> list[StatusSpan]:
    """The child's legal statuses over their spans."""
    return [StatusSpan(status.code, status.starts_on, status.ends_on) for status in child.legal_statuses.all()]


def _manner(is_emergency: bool | None) -> Manner:
    if is_emergency is None:
        return Manner.NOT_KNOWN
    return Manner.EMERGENCY if is_emergency else Manner.PLANNED
