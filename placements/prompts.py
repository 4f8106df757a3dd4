"""What is worth thinking of about a placement as it is recorded?"""

from datetime import date

from placements.models import Placement
from placements.owed import facts
from placements.place import amendments
from placements.place.verdicts import Judged
from placements.rules.finding import Finding
from placements.rules.prompts import Stay
from placements.rules.prompts import prompts as prompted

HOSPITALS = ("T1", "R2")


def of_placement(placement: Placement, judged: Judged | None, *, on: date) -> tuple[Finding, ...]:
    """The prompts of a plan or a current placement; none once it is over."""
    if placement.status not in (Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED):
        return ()
    moved = amendments.carers_move(placement)
    is_elsewhere = judged is not None and judged.host is not None and judged.area.is_out_of_area
    stay = Stay(
        host=judged.host.name if is_elsewhere else "",
        is_temporary=facts.of_placement(placement).is_temporary,
        is_hospital=placement.place_code in HOSPITALS,
        starts_on=placement.starts_on,
        moved_house_on=moved.effective_on if moved else None,
    )
    return prompted(stay=stay, on=on)
