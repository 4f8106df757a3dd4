"""How do the derived placements enter the register? What stands is extended, what is told differently is superseded.

A placement derived before is the same one while child, start, code, provider, URN and address are the same. What a
person recorded here stands: an end that was recorded, and a registered placement that starts on the same day.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts import secrets
from placements.models import RestrictedAddress
from placements.place.places import Place
from placements.returns.staging import ROWS_IN_A_BLOCK, looking_up_postcodes

HELD = """
create temporary table held on commit drop as
select placement.id, child_id, starts_on, ends_on, ended_at, source, place_code, provider_code, urn, is_restricted,
    coalesce(address.postcode, '') as postcode, coalesce(address.home_postcode, '') as home_postcode
from placements_placement placement
left join placements_placementaddress address on address.placement_id = placement.id
where superseded_at is null and status in ('started', 'ended') and child_id in (select child_id from derived)
"""
SEALED = """
select held.id, sealed from held join placements_restrictedaddress restricted on restricted.placement_id = held.id
"""
OPENED = "update held set postcode = %s, home_postcode = %s, urn = %s where id = %s"
RECOGNISE = """
update derived set placement_id = held.id, is_new = false from held
where held.child_id = derived.child_id and held.starts_on = derived.starts_on
  and (
    held.source = 'register'
    or (held.place_code, held.provider_code, held.urn, held.is_restricted, held.postcode, held.home_postcode)
        = (place, place_provider, derived.urn, derived.is_restricted, place_postcode, derived.home_postcode)
  )
"""
END_AS_RECORDED = """
update derived set ends_on = held.ends_on from held
where held.child_id = derived.child_id and held.starts_on = derived.starts_on and held.ended_at is not null
"""
END_BEFORE_THE_NEXT_REGISTERED = """
update derived set ends_on = later.starts_on
from (
    select child_id, min(starts_on) as starts_on from held
    where source = 'register' and starts_on > %(told_until)s group by child_id
) later
where later.child_id = derived.child_id and derived.ends_on is null and derived.starts_on < later.starts_on
"""
DISPUTE_WHAT_STILL_OVERLAPS = """
update derived set is_disputed = true
from (
    select placement_id,
        max(ends_on) over (history rows between unbounded preceding and 1 preceding) > starts_on
            or lead(starts_on) over history < ends_on as is_overlapping
    from (
        select child_id, placement_id, starts_on, coalesce(ends_on, 'infinity') as ends_on
        from derived where not is_disputed
        union
        select child_id, id, starts_on, coalesce(ends_on, 'infinity') from held
        where source = 'register' and not exists (select from derived where derived.placement_id = held.id)
    ) spans
    window history as (partition by child_id order by starts_on, placement_id)
) spans
where spans.placement_id = derived.placement_id and spans.is_overlapping
"""
SUPERSEDE = """
update placements_placement placement set superseded_at = %(at)s, version = version + 1 from held
where held.id = placement.id and held.source = 'return'
  and not exists (select from derived where derived.placement_id = held.id)
"""
EXTEND = """
update placements_placement placement
set ends_on = derived.ends_on, status = case when derived.ends_on is null then 'started' else 'ended' end,
    legal_status = derived.ls, is_disputed = derived.is_disputed, version = version + 1
from derived join held on held.id = derived.placement_id and held.source = 'return'
where placement.id = derived.placement_id
  and (placement.ends_on, placement.legal_status, placement.is_disputed)
    is distinct from (derived.ends_on, derived.ls, derived.is_disputed)
"""
ADD = """
insert into placements_placement
    (id, authority_id, child_id, status, place_code, provider_code, urn, legal_status, starts_on, ends_on,
     is_disputed, is_restricted, source, screening_wanted, version, recorded_at, recorded_by, approver_needed,
     breach_reason, is_approved, why_not_wait, care_is_meant_to_last_to_18, is_in_key_stage_four, reason_for_distance)
select placement_id, %(authority)s, child_id, case when ends_on is null then 'started' else 'ended' end, place,
    place_provider, case when is_restricted then '' else urn end, ls, starts_on, ends_on, is_disputed, is_restricted,
    'return', %(screening_wanted)s, 1, %(at)s, %(by)s, '', '', false, '', false, false, ''
from derived where is_new
"""
ADD_ADDRESSES = """
insert into placements_placementaddress (id, authority_id, placement_id, line, postcode, point, home_postcode)
select gen_random_uuid(), %(authority)s, placement_id, '', place_postcode, geo_postcode.point, home_postcode
from derived left join geo_postcode on geo_postcode.postcode = place_postcode
where is_new and not is_restricted
"""
TO_SEAL = "select placement_id, place_postcode, home_postcode, urn from derived where is_new and is_restricted"


def keep_placements(authority_id: UUID, *, told_until: date, screening_wanted: bool, by: str, at: datetime) -> None:
    """Bring the register's placements of the return's children up to the session's table `derived`."""
    values = {
        "authority": authority_id,
        "told_until": told_until,
        "screening_wanted": screening_wanted,
        "by": by,
        "at": at,
    }
    _run(HELD)
    if _run("select from held limit 1"):
        _run("create unique index on held (id)")
        _run("analyze held")
        _in_blocks(SEALED, _open_held)
        steps = (RECOGNISE, END_AS_RECORDED, END_BEFORE_THE_NEXT_REGISTERED, DISPUTE_WHAT_STILL_OVERLAPS, SUPERSEDE)
        for statement in (*steps, EXTEND):
            _run(statement, values)
    _run("create unique index on derived (child_id, placement_number)")
    _run(ADD, values)
    with looking_up_postcodes():
        _run(ADD_ADDRESSES, values)
    _in_blocks(TO_SEAL, lambda rows: _seal_addresses(authority_id, rows))


def _open_held(rows: list[tuple[Any, ...]]) -> None:
    opened = []
    for placement_id, sealed in rows:
        kept = json.loads(secrets.decrypt(sealed, bound_to=f"placement:{placement_id}"))
        opened.append((kept["postcode"], kept["home_postcode"], kept["urn"], placement_id))
    with connection.cursor() as cursor:
        cursor.executemany(OPENED, opened)


def _seal_addresses(authority_id: UUID, rows: Iterable[tuple[Any, ...]]) -> None:
    RestrictedAddress.objects.bulk_create(
        RestrictedAddress(
            authority_id=authority_id,
            placement_id=placement_id,
            sealed=secrets.encrypt(
                json.dumps(asdict(Place(postcode=postcode, home_postcode=home_postcode, urn=urn))),
                bound_to=f"placement:{placement_id}",
            ),
        )
        for placement_id, postcode, home_postcode, urn in rows
    )


def _in_blocks(query: str, treat: Callable[[list[tuple[Any, ...]]], None]) -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(ROWS_IN_A_BLOCK):
            treat(rows)


def _run(statement: str, values: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
