-- Which of these owners let the current authority know of any area of concern, and is any of it within its review date?
-- An owner that shares nothing with the reader has no row. within_metres is the distance for which "nothing near" holds;
-- it is not told where an area is shared as contact only.
create function hotspots_sharing(owners uuid[], radius_metres integer)
    returns table (owner_id uuid, is_any_fresh boolean, within_metres integer)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    )
    select area.owner_id,
           bool_or(coalesce(area.review_on >= today.day, true)),
           case when not bool_or(area.level = 'contact') then
               min(case when area.level in ('own', 'geometry') then radius_metres else area.distance_metres end)
           end
    from hotspots_open area
    cross join today
    where area.owner_id = any(owners)
    group by area.owner_id
$$;
revoke all on function hotspots_sharing(uuid[], integer) from public;
grant execute on function hotspots_sharing(uuid[], integer) to placewatch_app, placewatch_worker;
alter function hotspots_sharing(uuid[], integer) owner to placewatch_overlay;
