"""Where was each child, from when until when, by the episodes of the returns? The derivation, in one pass of SQL.

RNE L extends a placement; P, T, B, U and S begin one; T0 to T4 sit inside the placement around them, which goes on
after a return to the same place (ADR 0009). An episode that does not start on the day on which the one before ended
begins a placement whatever its RNE. Episodes that overlap are all kept and their placements disputed: which of them
is right is for a person to say.
"""

from django.db import connection

STAYS = """
create temporary table stay on commit drop as
with in_order as (
    select account.*,
        place in ('T0', 'T1', 'T2', 'T3', 'T4') as is_temporary,
        row_number() over history as number,
        lag(decom_on) over history as decom_before,
        lag(rec) over history as rec_before,
        coalesce(lag(dec_on) over history, 'infinity') as ended_before,
        max(coalesce(dec_on, 'infinity')) over (
            history rows between unbounded preceding and 1 preceding
        ) as taken_until,
        lead(decom_on) over history as next_decom
    from account
    window history as (partition by child_id order by decom_on)
), in_chains as (
    select *,
        number > 1 and ended_before = decom_on as follows,
        count(*) filter (where number = 1 or ended_before <> decom_on) over (
            partition by child_id order by number
        ) as chain,
        coalesce(taken_until > decom_on, false)
            or coalesce(next_decom < coalesce(dec_on, 'infinity'), false) as is_overlapping
    from in_order
), with_place_before as (
    select *,
        count(*) filter (where not is_temporary) over (partition by child_id, chain order by number) as lasting_so_far,
        lag(number) over alike as number_alike,
        lag(place) over alike as place_alike,
        lag(place_postcode) over alike as postcode_alike
    from in_chains
    window alike as (partition by child_id, chain, is_temporary order by number)
), begun as (
    select *,
        not coalesce(
            (is_temporary and lasting_so_far > 0)
            or (
                place_alike = place and postcode_alike = place_postcode
                and (
                    (rne = 'L' and number_alike = number - 1)
                    or (not is_temporary and number_alike < number - 1)
                )
            ),
            false
        ) as begins
    from with_place_before
)
select *, count(*) filter (where begins) over (partition by child_id order by number) as placement_number
from begun
"""
DERIVED = """
create temporary table derived on commit drop as
select child_id, placement_number, decom_on as starts_on, nullif(ended_on, 'infinity') as ends_on, place,
    place_provider, urn, place_postcode, home_postcode, latest_ls as ls, is_restricted, is_disputed,
    gen_random_uuid() as placement_id, true as is_new
from (
    select stay.*,
        coalesce(last_value(dec_on) over whole, 'infinity') as ended_on,
        last_value(ls) over whole as latest_ls,
        bool_or(is_overlapping) over whole as is_disputed
    from stay
    window whole as (
        partition by child_id, placement_number order by number
        rows between unbounded preceding and unbounded following
    )
) stays
where begins
"""


def derive() -> None:
    """Fill the session's tables `stay` (an episode each) and `derived` (a placement each) from `account`."""
    with connection.cursor() as cursor:
        cursor.execute(STAYS)
        cursor.execute("create index on stay (child_id, decom_on)")
        cursor.execute("analyze stay")
        cursor.execute(DERIVED)
        cursor.execute("analyze derived")
