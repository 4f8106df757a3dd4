"""Which authority is meant, which lies where, and which adjoin? The questions that other packages ask of the ground."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connections

from geo.exceptions import AuthorityNotFound
from geo.ground import Ground, Relation, current_ground, holds
from geo.models import Authority


def authority_by_code(code: str, on: date | None = None) -> Authority:
    """The authority that bears, or ever bore, a code of any scheme: "E08000018", "372", "X06000001".

    With `on`, the authority must exist on that day; an old code is still understood. Raises AuthorityNotFound,
    naming the successors where the authority had ended.
    """
    ground = current_ground()
    held = ground.codes.get(code.strip().upper(), ())
    if not held:
        raise AuthorityNotFound(
            f"No authority has the code {code!r}. Give its GSS code (such as E08000018) or its Department for "
            f"Education number (such as 372)."
        )
    bearer = next((one for one in held if on is not None and holds(one, on)), held[-1])
    authority = ground.authorities[bearer.authority_id]
    if on is not None and not holds(authority, on):
        raise AuthorityNotFound(_not_on_that_day(ground, authority, code, on))
    return authority


def _not_on_that_day(ground: Ground, authority: Authority, code: str, on: date) -> str:
    others = " and ".join(one.name for one in ground.as_at(authority, on))
    if authority.starts_on is not None and on < authority.starts_on:
        life, then = f"began on {_written(authority.starts_on)}", "Before that its area was"
    else:
        life, then = f"ended on {_written(authority.ends_on - timedelta(days=1))}", "Its area is now"
    way_on = f"{then} {others}: use the code of that authority." if others else "Check the date."
    return f"{authority.name} ({code}) did not exist on {_written(on)}: it {life}. {way_on}"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def relation_between(first: Authority, second: Authority, on: date) -> Relation:
    """How two authorities lie to each other on a day: same, adjoining by land or tidal water, not adjoining, unknown."""
    return current_ground().relation(first, second, on)


def adjoining_authorities(authority: Authority, on: date) -> dict[Authority, Relation]:
    """The authorities that adjoin an authority on a day, and how; they may lie in Wales or Scotland."""
    return current_ground().adjoining_of(authority, on)


def authorities_around(
    points: Sequence[tuple[float, float]], radius_metres: float, on: date
) -> list[frozenset[Authority]]:
    """For each point (easting, northing in EPSG:27700): in whose areas postcodes within the radius lie on the day.

    The host of a place is added by the caller, since a place's own postcode may be in no directory. One query for
    all points.
    """
    ground = current_ground()
    with connections["default"].cursor() as cursor:
        cursor.execute(AROUND, [radius_metres, [x for x, _ in points], [y for _, y in points]])
        districts = [row[0] for row in cursor.fetchall()]
    return [
        frozenset(authority for code in codes or () for authority in ground.authorities_of_district(code, on))
        for codes in districts
    ]


AROUND = """
    select (
        select array_agg(distinct near.district_code)
        from geo_postcode near
        where ST_DWithin(near.point, ST_SetSRID(ST_MakePoint(asked.easting, asked.northing), 27700), %s)
    )
    from unnest(%s::float8[], %s::float8[]) with ordinality as asked(easting, northing, place)
    order by asked.place
"""
