"""For which children were more places registered than anybody lives at? Their next ones are checked as what-ifs.

Whoever registers placement after placement could ask about as many points (docs/adr/0080). Recording is never refused;
only what the checks tell becomes as coarse as a question without a placement.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from placements.models import Amendment, Placement

MOST_PLACES = 20
WITHIN = timedelta(days=30)


def children_of_many_places(placements: Sequence[Placement], *, at: datetime) -> set[UUID]:
    """The ids of those among the placements' children for whom more than 20 places were recorded within 30 days."""
    children = {placement.child_id for placement in placements}
    since = at - WITHIN
    recorded = Placement.objects.filter(child__in=children, recorded_at__gt=since)
    amended = Amendment.objects.filter(
        placement__child__in=children, recorded_at__gt=since, earlier_place__isnull=False
    )
    counted = Counter(recorded.values_list("child_id", flat=True))
    counted.update(amended.values_list("placement__child_id", flat=True))
    return {child for child, places in counted.items() if places > MOST_PLACES}
