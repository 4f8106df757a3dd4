"""For which children were more places registered than anybody lives at? Their next ones are checked as what-ifs.

Whoever registers placement after placement could ask about as many points (docs/adr/0080). Recording is never refused;
only what the checks tell becomes as coarse as a question without a placement.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

MOST_PLACES = 20
WITHIN = timedelta(days=30)


RECORDED = """
select recorded.child_id
from (
    select placement.child_id
    from placements_placement placement
    where placement.child_id = any(%(children)s::uuid[]) and placement.recorded_at > %(since)s
    union all
    select placement.child_id
    from placements_placement placement
    join placements_amendment amendment on amendment.placement_id = placement.id
    where placement.child_id = any(%(children)s::uuid[]) and amendment.recorded_at > %(since)s
        and amendment.earlier_place is not null
) recorded
group by recorded.child_id
having count(*) > %(most)s
"""


def children_of_many_places(children: Collection[UUID], *, at: datetime) -> set[UUID]:
    """The ids of those among the children for whom more than 20 places were recorded within 30 days."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, {"children": list(children), "since": at - WITHIN, "most": MOST_PLACES})
        return {child_id for (child_id,) in cursor.fetchall()}
