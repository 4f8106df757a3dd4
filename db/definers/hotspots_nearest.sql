-- Which area of concern lies nearest to each of these places, at any distance, among those whose shape the current
-- authority may know (its own, and at geometry level)? Of two equally near the one whose reference comes first.
-- Where these are few they are all measured; where they are many the index hands out the nearest first, and each is
-- asked whether it is one of them.
create function hotspots_nearest(eastings double precision[], northings double precision[])
    returns table (
        place integer, owner_id uuid, version_id uuid, level text, is_stale boolean, reference text,
        metres double precision
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    ),
    few as materialized (
        select area.version_id, area.reference, area.shape
        from hotspots_open area
        where area.level in ('own', 'geometry')
        limit 401
    ),
    amount as materialized (
        select count(*) > 400 as is_many from few
    ),
    asked as (
        select given.place, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point
        from unnest(eastings, northings) with ordinality as given(easting, northing, place)
    ),
    found as (
        select asked.place, nearest.version_id, nearest.metres
        from asked
        cross join lateral (
            select few.version_id, ST_Distance(few.shape, asked.point) as metres
            from few
            where not (select is_many from amount)
            order by metres, few.reference
            limit 1
        ) nearest
        union all
        select asked.place, nearest.version_id, closest.metres
        from asked
        cross join lateral (
            select version.shape <-> asked.point as metres
            from hotspots_version version
            where version.superseded_at is null and (select is_many from amount)
                and (select area.level from hotspots_open area where area.version_id = version.id) in ('own', 'geometry')
            order by version.shape <-> asked.point
            limit 1
        ) closest
        cross join lateral (
            select area.version_id
            from hotspots_open area
            where ST_DWithin(area.shape, asked.point, closest.metres) and area.level in ('own', 'geometry')
            order by area.reference
            limit 1
        ) nearest
    )
    select found.place::integer, area.owner_id, area.version_id, area.level,
           coalesce(area.review_on < today.day, false), area.reference, found.metres
    from found
    join hotspots_open area on area.version_id = found.version_id
    cross join today
    order by found.place
$$;
revoke all on function hotspots_nearest(double precision[], double precision[]) from public;
grant execute on function hotspots_nearest(double precision[], double precision[]) to placewatch_app, placewatch_worker;
alter function hotspots_nearest(double precision[], double precision[]) owner to placewatch_overlay;
