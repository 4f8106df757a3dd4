-- One vector tile of the areas of concern whose shape the current authority may know: its own, and at geometry level.
-- Beside it whose areas were drawn, for the owners' list of who was shown what. A tile of very many areas, or corners,
-- shows the squares (a sixty-fourth of its side) in which any lies, and no area by itself: it stays below 500 KiB.
-- Of a near tile the plan of the connection serves; a far one may hold thousands of areas and is planned by itself.
create function hotspots_tile(z integer, x integer, y integer)
    returns table (tile bytea, owner_ids uuid[], version_ids uuid[])
    language plpgsql stable security definer set search_path = public, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    if z < 11 then
        perform set_config('plan_cache_mode', 'force_custom_plan', true);
    end if;
    return query
    with frame as materialized (
        select ST_TileEnvelope(z, x, y) as square, (placewatch_now() at time zone 'Europe/London')::date as today
    ),
    found as materialized (
        select area.owner_id, area.version_id, area.level, area.reference, area.name, area.concern, area.review_on,
               area.shape_3857, area.box_3857, area.corners
        from hotspots_open area
        where area.box_3857 && ST_TileEnvelope(z, x, y, margin => 0.015625) and area.level in ('own', 'geometry')
    ),
    amount as materialized (
        select count(*) > 1500 or sum(corners) > 100000 as is_crowded from found
    ),
    each as (
        select ST_AsMVTGeom(found.shape_3857, frame.square, 4096, 64) as shape, found.reference,
               left(found.name, 80) as name, found.concern, found.owner_id::text as owner,
               found.level = 'own' as is_own, coalesce(found.review_on < frame.today, false) as is_stale
        from found
        cross join frame
        where not (select is_crowded from amount)
    ),
    squares as (
        select distinct across, down
        from found
        cross join frame
        cross join lateral (
            select (ST_XMax(square) - ST_XMin(square)) / 64 as side, ST_XMin(square) as west, ST_YMax(square) as north
        ) as grid
        cross join lateral generate_series(
            greatest(0, floor((ST_XMin(box_3857) - west) / side)::integer),
            least(63, floor((ST_XMax(box_3857) - west) / side)::integer)
        ) as across
        cross join lateral generate_series(
            greatest(0, floor((north - ST_YMax(box_3857)) / side)::integer),
            least(63, floor((north - ST_YMin(box_3857)) / side)::integer)
        ) as down
        where (select is_crowded from amount)
    )
    select coalesce((select ST_AsMVT(each, 'areas', 4096, 'shape') from each where each.shape is not null), '')
           || coalesce((
               select ST_AsMVT(crowded, 'squares', 4096, 'shape')
               from (select ST_MakeEnvelope(across * 64, down * 64, across * 64 + 64, down * 64 + 64) as shape
                     from squares) as crowded
           ), ''),
           array(select owner_id from found where level = 'geometry' order by version_id),
           array(select version_id from found where level = 'geometry' order by version_id);
end
$$;
revoke all on function hotspots_tile(integer, integer, integer) from public;
grant execute on function hotspots_tile(integer, integer, integer) to placewatch_app, placewatch_worker;
alter function hotspots_tile(integer, integer, integer) owner to placewatch_overlay;
