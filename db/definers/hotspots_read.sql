-- Which versions of areas are told of near these places, at which level? What hotspots_near would answer, told apart only
-- as far as it can be another answer: a version never changes, so whatever else is said follows from it and the place.
-- For many places at once (a whole register): each area is asked once whether the reader may know of it, however many
-- places lie near it, and only those that it may know of are measured. hotspots_open alone says which those are.
create function hotspots_read(
    eastings double precision[], northings double precision[], radius_metres integer, reaches double precision[],
    by_cell boolean[]
)
    returns table (
        place integer, owner_id uuid, version_id uuid, level text, is_stale boolean, within_metres integer, reference text
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
    telling as materialized (
        select array_agg(distinct share.authority_id) || current_authority() as owners
        from hotspots_share share
        where share.partner_id = current_authority() and share.superseded_at is null
    ),
    asked as materialized (
        select given.place, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point, given.reach,
               case when given.is_by_cell then
                   ST_MakeEnvelope(
                       floor(given.easting / 1000) * 1000, floor(given.northing / 1000) * 1000,
                       floor(given.easting / 1000) * 1000 + 1000, floor(given.northing / 1000) * 1000 + 1000, 27700
                   )
               else ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) end as ground
        from unnest(eastings, northings, reaches, by_cell) with ordinality
            as given(easting, northing, reach, is_by_cell, place)
    ),
    candidates as materialized (
        select asked.place, version.id as version_id
        from asked
        cross join wide
        cross join telling
        join hotspots_version version
            on version.superseded_at is null
            and version.authority_id = any(telling.owners)
            and version.shape && ST_Expand(asked.ground, greatest(wide.metres, asked.reach))
    ),
    known as materialized (
        select area.version_id, area.owner_id, area.level, area.distance_metres, area.reference, area.review_on,
               area.shape, area.level in ('own', 'geometry') as tells_place
        from (select distinct candidates.version_id from candidates) wanted
        join hotspots_open area on area.version_id = wanted.version_id
    )
    select asked.place::integer, known.owner_id, known.version_id, known.level,
           coalesce(known.review_on < today.day, false),
           case when known.level = 'proximity' then known.distance_metres end,
           case when known.tells_place then known.reference end
    from candidates
    join known on known.version_id = candidates.version_id
    join asked on asked.place = candidates.place
    cross join today
    where case when known.tells_place then ST_DWithin(known.shape, asked.point, greatest(radius_metres, asked.reach))
          else ST_DWithin(known.shape, asked.ground, known.distance_metres) end;
end
$$;
revoke all on function
    hotspots_read(double precision[], double precision[], integer, double precision[], boolean[]) from public;
grant execute on function
    hotspots_read(double precision[], double precision[], integer, double precision[], boolean[])
    to placewatch_app, placewatch_worker;
alter function hotspots_read(double precision[], double precision[], integer, double precision[], boolean[])
    owner to placewatch_overlay;
