-- Which area of concern lies nearest to each of these places, at any distance, among those whose shape the current
-- authority may know (its own, and at geometry level)? Of two equally near the one whose reference comes first.
create function hotspots_nearest(eastings double precision[], northings double precision[])
    returns table (
        place integer, owner_id uuid, version_id uuid, level text, is_stale boolean, reference text,
        metres double precision
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    select given.place::integer, nearest.owner_id, nearest.version_id, nearest.level,
           coalesce(nearest.review_on < (placewatch_now() at time zone 'Europe/London')::date, false),
           nearest.reference, nearest.metres
    from unnest(eastings, northings) with ordinality as given(easting, northing, place)
    cross join lateral ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point
    cross join lateral (
        select area.owner_id, area.version_id, area.level, area.review_on, area.reference,
               area.shape <-> point as metres
        from hotspots_open area
        where area.level in ('own', 'geometry')
        order by area.shape <-> point, area.reference
        limit 1
    ) as nearest
    order by given.place
$$;
revoke all on function hotspots_nearest(double precision[], double precision[]) from public;
grant execute on function hotspots_nearest(double precision[], double precision[]) to placewatch_app, placewatch_worker;
alter function hotspots_nearest(double precision[], double precision[]) owner to placewatch_overlay;
