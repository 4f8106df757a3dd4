-- Which areas of concern lie near these places (metres of the National Grid), as far as the current authority may know?
-- What a level does not tell leaves the function as null: below geometry no shape, name or metres, at contact no kind.
-- Below geometry "near" means within the distance that the owner chose, whatever radius the reader asks for.
-- Rows are ordered by nothing that says which area is nearer.
create function hotspots_near(eastings double precision[], northings double precision[], radius_metres integer)
    returns table (
        place integer, owner_id uuid, version_id uuid, level text, is_stale boolean, concern text,
        last_supported_on date, review_on date, has_conditions boolean, within_metres integer, reference text,
        name text, metres double precision, is_inside boolean
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    ),
    reach as materialized (
        select greatest(radius_metres, (
            select max(share.distance_metres)
            from hotspots_share share
            where share.partner_id = current_authority() and share.superseded_at is null
        )) as metres
    ),
    asked as (
        select given.place, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point
        from unnest(eastings, northings) with ordinality as given(easting, northing, place)
    ),
    found as (
        select asked.place, area.*, ST_Distance(area.shape, asked.point) as metres,
               area.level in ('own', 'geometry') as tells_place, area.level <> 'contact' as tells_kind
        from asked
        cross join reach
        join hotspots_open area on ST_DWithin(area.shape, asked.point, reach.metres)
    )
    select found.place::integer, found.owner_id, found.version_id, found.level,
           coalesce(found.review_on < today.day, false),
           case when tells_kind then found.concern end,
           case when tells_kind then found.last_supported_on end,
           case when tells_kind then found.review_on end,
           case when tells_kind then found.conditions <> '' end,
           case when tells_kind and not tells_place then found.distance_metres end,
           case when tells_place then found.reference end,
           case when tells_place then found.name end,
           case when tells_place then found.metres end,
           case when tells_place then found.metres = 0 end
    from found
    cross join today
    where found.metres <= case when tells_place then radius_metres else found.distance_metres end
    order by found.place, found.owner_id, found.version_id
$$;
revoke all on function hotspots_near(double precision[], double precision[], integer) from public;
grant execute on function hotspots_near(double precision[], double precision[], integer)
    to placewatch_app, placewatch_worker;
alter function hotspots_near(double precision[], double precision[], integer) owner to placewatch_overlay;
