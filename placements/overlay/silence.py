"""Whose stored answer says of an owner what it says no longer, wherever the place lies? Silence is a state (ADR 0107).

A first share, an agreement's end, the last area taken back, a new statement and a review date that goes by change what is
read of the owner far from all its areas. Stored answers are compared in the database, with nothing asked and no closed
address opened; what is found is checked as of any change (placements/overlay/recheck.py).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from hotspots.overlay import silence
from placements import policy
from placements.overlay import shadow

# An answer with areas near has a state of its own, which follows from them.
OUTDATED = """
select placement.id, placement.is_restricted
from placements_placement placement
cross join lateral (
    select screening.answer
    from placements_screening screening
    where screening.placement_id = placement.id and not screening.is_shadow
    order by screening.at desc, screening.id desc
    limit 1
) last
where placement.status in ('proposed', 'approved', 'started') and placement.superseded_at is null
    and placement.screening_wanted
    and last.answer @> %(told_of)s
    and not (
        last.answer @> %(said)s
        and (last.answer @> %(something_near)s or (%(is_enough)s and last.answer @> %(state)s))
    )
order by placement.id
"""


def registers_told_of(owner_id: UUID, authority_ids: Collection[UUID]) -> list[UUID]:
    """Those of these authorities that have an open placement whose last answer speaks of the owner; one question for all."""
    with connection.cursor() as cursor:
        cursor.execute("select registers_told_of(%s::uuid[], %s)", [list(authority_ids), owner_id])
        return [authority_id for (authority_id,) in cursor.fetchall()]


def outdated(owner_id: UUID, *, reader_id: UUID, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """The open placements of the reader, acted for, whose stored answer may not be what the owner says now: open, closed.

    It may name one that reads the same, and leaves none out. None in shadow mode: there nobody reads what is stored.
    """
    if shadow.is_on(reader_id):
        return [], []
    now = silence.of_owner(owner_id, radius_metres=policy.RADIUS_METRES, at=at)
    of_owner = {"authority_id": str(owner_id)}
    values = {
        "told_of": _with(of_owner),
        "said": _with(now.said),
        "state": _with(of_owner | {"state": now.state}),
        "something_near": _with(of_owner | {"areas": [{}]}),
        "is_enough": now.is_enough,
    }
    found: dict[bool, list[UUID]] = {False: [], True: []}
    with connection.cursor() as cursor:
        cursor.execute(OUTDATED, values)
        for placement_id, is_restricted in cursor.fetchall():
            found[is_restricted].append(placement_id)
    return found[False], found[True]


def _with(of_owner: dict) -> Jsonb:
    """An answer in which one authority's part holds these facts."""
    return Jsonb({"authorities": [of_owner]})
