-- Which areas of concern lie near these places (metres of the National Grid), as far as the current authority may know?
-- What a level does not tell leaves the function as null: below geometry no shape, name or metres, at contact no kind.
-- Below geometry "near" means within the distance that the owner chose, whatever radius the reader asks for; and where
-- the reader asks by cell (a question about no registered placement), within that distance of the square of 1 km in
-- which the place lies: whoever asks about all its points learns no more than by asking once (docs/adr/0080).
-- A place may be known only to within some metres (its reach): inside is then certain, possible, or certainly not, and
-- an area in which it may lie is told of even beyond the reader's radius.
-- Rows are ordered by nothing that says which area is nearer.
-- Planned once a connection, not once a question: planning took six times as long as finding.
create function hotspots_near(
    eastings double precision[], northings double precision[], radius_metres integer,
    reaches double precision[] default null, by_cell boolean[] default null
)
    returns table (
        place integer, owner_id uuid, version_id uuid, level text, is_stale boolean, kind_of_place text, concern text,
        last_supported_on date, review_on date, has_conditions boolean, condition_kinds text[], within_metres integer,
        reference text, name text, metres double precision, is_inside boolean, containment text
    )
    language plpgsql stable security definer set search_path = public, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    ),
    wide as materialized (
        select greatest(radius_metres, (
            select max(share.distance_metres)
            from hotspots_share share
            where share.partner_id = current_authority() and share.superseded_at is null
        )) as metres
    ),
    asked as (
        select given.place, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point,
               coalesce(given.reach, 0) as reach, coalesce(given.is_by_cell, false) as is_by_cell,
               case when given.is_by_cell then
                   ST_MakeEnvelope(
                       floor(given.easting / 1000) * 1000, floor(given.northing / 1000) * 1000,
                       floor(given.easting / 1000) * 1000 + 1000, floor(given.northing / 1000) * 1000 + 1000, 27700
                   )
               else ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) end as ground
        from unnest(eastings, northings, reaches, by_cell) with ordinality
            as given(easting, northing, reach, is_by_cell, place)
    ),
    -- Each shape is measured once: what follows reads the metres, and not the shape, as often as it likes.
    found as materialized (
        select asked.place, asked.point, asked.ground, asked.reach, asked.is_by_cell, area.owner_id, area.version_id,
               area.level, area.distance_metres, area.kind_of_place, area.concern, area.last_supported_on,
               area.review_on, area.conditions, area.condition_kinds, area.reference, area.name, area.shape,
               ST_Distance(area.shape, asked.point) as metres,
               area.level in ('own', 'geometry') as tells_place, area.level <> 'contact' as tells_kind
        from asked
        cross join wide
        join hotspots_open area on area.shape && ST_Expand(asked.ground, greatest(wide.metres, asked.reach))
    )
    select found.place::integer, found.owner_id, found.version_id, found.level,
           coalesce(found.review_on < today.day, false),
           case when tells_kind then found.kind_of_place end,
           case when tells_kind then found.concern end,
           case when tells_kind then found.last_supported_on end,
           case when tells_kind then found.review_on end,
           case when tells_kind then found.conditions <> '' or found.condition_kinds <> '{}' end,
           case when tells_kind then found.condition_kinds end,
           case when tells_kind and not tells_place then found.distance_metres end,
           case when tells_place then found.reference end,
           case when tells_place then found.name end,
           case when tells_place then found.metres end,
           case when tells_place then found.metres = 0 end,
           case when not tells_place then null
                when found.metres > found.reach then 'certainly_outside'
                when found.metres = 0
                     and (found.reach = 0 or ST_Distance(ST_Boundary(found.shape), found.point) >= found.reach)
                then 'certainly_inside'
                else 'possibly_inside' end
    from found
    cross join today
    where case when tells_place then found.metres <= greatest(radius_metres, found.reach)
          when found.is_by_cell then ST_DWithin(found.shape, found.ground, found.distance_metres)
          else found.metres <= found.distance_metres end
    order by found.place, found.owner_id, found.version_id;
end
$$;
revoke all on function
    hotspots_near(double precision[], double precision[], integer, double precision[], boolean[]) from public;
grant execute on function
    hotspots_near(double precision[], double precision[], integer, double precision[], boolean[])
    to placewatch_app, placewatch_worker;
alter function hotspots_near(double precision[], double precision[], integer, double precision[], boolean[])
    owner to placewatch_overlay;
