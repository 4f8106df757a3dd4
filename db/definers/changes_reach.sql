-- Which of these points (metres of the National Grid) lie near these changed areas, for the acting authority as a
-- reader? For closed addresses in the worker: their points stand in no table. Answers the points' places in the list.
create function changes_reach(
    changes uuid[], eastings double precision[], northings double precision[], radius_metres integer
)
    returns table (place integer)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with changed as materialized (
        select change.hotspot_id, change.authority_id, change.since
        from hotspots_change change
        where change.id = any(changes)
    ),
    shapes as materialized (
        select version.shape,
               (
                   select max(case
                       when changed.authority_id = current_authority() or share.level = 'geometry' then radius_metres
                       else share.distance_metres
                   end)
                   from (select) as owner
                   left join hotspots_share share
                       on share.hotspot_id = changed.hotspot_id
                       and share.partner_id = current_authority()
                       and (share.superseded_at is null or share.superseded_at >= changed.since)
                   where changed.authority_id = current_authority() or share.id is not null
               ) as metres
        from changed
        join hotspots_version version on version.hotspot_id = changed.hotspot_id
        where version.superseded_at is null or version.superseded_at >= changed.since
    )
    select given.place::integer
    from unnest(eastings, northings) with ordinality as given(easting, northing, place)
    where exists (
        select
        from shapes
        where ST_DWithin(
            shapes.shape, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700), shapes.metres
        )
    )
$$;
revoke all on function changes_reach(uuid[], double precision[], double precision[], integer) from public;
grant execute on function changes_reach(uuid[], double precision[], double precision[], integer) to placewatch_worker;
alter function changes_reach(uuid[], double precision[], double precision[], integer) owner to placewatch_recheck;
