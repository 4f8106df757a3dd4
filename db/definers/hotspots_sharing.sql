-- Which of these owners let the current authority know of any area of concern, and is any of it within its review date?
-- An owner that shares nothing with the reader has no row. within_metres is the distance for which "nothing near" holds;
-- it is not told where an area is shared as contact only.
-- Each thing is asked for by itself and ends at the first area that answers it: an owner may share ten thousand.
create function hotspots_sharing(owners uuid[], radius_metres integer)
    returns table (owner_id uuid, is_any_fresh boolean, within_metres integer)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    )
    select asked.owner_id,
           exists (
               select from hotspots_open area
               where area.owner_id = asked.owner_id and coalesce(area.review_on >= today.day, true)
           ),
           case when not exists (
               select from hotspots_open area where area.owner_id = asked.owner_id and area.level = 'contact'
           ) then least(
               (select radius_metres from hotspots_open area
                where area.owner_id = asked.owner_id and area.level in ('own', 'geometry') limit 1),
               (select area.distance_metres from hotspots_open area
                where area.owner_id = asked.owner_id and area.level = 'proximity'
                order by area.distance_metres limit 1)
           ) end
    from (select distinct unnest(owners)) as asked(owner_id)
    cross join today
    where exists (select from hotspots_open area where area.owner_id = asked.owner_id)
$$;
revoke all on function hotspots_sharing(uuid[], integer) from public;
grant execute on function hotspots_sharing(uuid[], integer) to placewatch_app, placewatch_worker;
alter function hotspots_sharing(uuid[], integer) owner to placewatch_overlay;
