-- One vector tile of the areas of concern whose shape the current authority may know: its own, and at geometry level.
-- Beside it whose areas were drawn, for the owners' list of who was shown what. A tile of very many areas, or of very
-- long outlines, shows the squares (a sixty-fourth of its side) in which any lies, says so in them, and shows no area by
-- itself: it stays below 500 KiB. Every other tile holds every area. An area is moved from its sketch, on the grid of
-- zoom 14 from zoom 12 on, else of zoom 11; a tile farther out has as many units more to its side. It is cut only where
-- it reaches farther than the next tile.
-- Of a near tile the plan of the connection serves. A far one is planned by itself: a reader may know few of very many
-- areas in it, or all of them.
create function hotspots_tile(z integer, x integer, y integer)
    returns table (tile bytea, owner_ids uuid[], version_ids uuid[])
    language plpgsql stable security definer set search_path = public, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    most_areas constant integer := 1500;
    most_octets constant integer := 400000;
    ground constant geometry := ST_TileEnvelope(z, x, y, margin => 0.015625);
    farther constant geometry := ST_TileEnvelope(z, x, y, margin => 1);
    side constant integer := 4096 << (case when z < 12 then 11 - z else 14 - z end);
    today constant date := (placewatch_now() at time zone 'Europe/London')::date;
    is_crowded boolean;
begin
    if z < 11 then
        perform set_config('plan_cache_mode', 'force_custom_plan', true);
    end if;
    with found as materialized (
        select area.owner_id, area.version_id, area.level, area.reference, area.name, area.concern, area.review_on,
               area.box, case when z < 12 then area.far else area.near end as outline
        from hotspots_drawable area
        where area.box && ground
        limit most_areas + 1
    ),
    amount as materialized (
        select coalesce(count(*) > most_areas or sum(
            octet_length(outline) + octet_length(reference) + octet_length(left(name, 80))
            + octet_length(left(concern, 80)) + 32
        ) > most_octets, false) as is_crowded
        from found
    ),
    each as (
        select case when box @ farther then moved
               else ST_AsMVTGeom(
                   ST_Scale(moved, 1, -1), ST_MakeEnvelope(0, -side, side, 0)::box2d, side, side / 64
               ) end as shape,
               reference, left(name, 80) as name, left(concern, 80) as concern, owner_id::text as owner,
               level = 'own' as is_own, coalesce(review_on < today, false) as is_stale
        from found
        cross join lateral (
            select ST_Translate(ST_GeomFromTWKB(outline), -x * side::double precision, -y * side::double precision)
                as moved
            offset 0
        ) as put
        where not (select amount.is_crowded from amount)
    )
    select amount.is_crowded, coalesce((select ST_AsMVT(each, 'areas', side, 'shape') from each), ''),
           array(select owner_id from found where level = 'geometry' order by version_id),
           array(select version_id from found where level = 'geometry' order by version_id)
    into is_crowded, tile, owner_ids, version_ids
    from amount;
    if is_crowded then
        perform set_config('plan_cache_mode', 'force_custom_plan', true);
        with found as materialized (
            select area.owner_id, area.version_id, area.level, area.box
            from hotspots_open area
            where area.box && ground and area.level in ('own', 'geometry')
        ),
        squares as (
            select distinct across, down
            from found
            cross join lateral (
                select (ST_XMax(square) - ST_XMin(square)) / 64 as side, ST_XMin(square) as west,
                       ST_YMax(square) as north
                from ST_TileEnvelope(z, x, y) as square
            ) as grid
            cross join lateral generate_series(
                greatest(0, floor((ST_XMin(box) - west) / grid.side)::integer),
                least(63, floor((ST_XMax(box) - west) / grid.side)::integer)
            ) as across
            cross join lateral generate_series(
                greatest(0, floor((north - ST_YMax(box)) / grid.side)::integer),
                least(63, floor((north - ST_YMin(box)) / grid.side)::integer)
            ) as down
        )
        select coalesce((
                   select ST_AsMVT(crowded, 'squares', 4096, 'shape')
                   from (select ST_MakeEnvelope(across * 64, down * 64, across * 64 + 64, down * 64 + 64) as shape,
                                'Areas of concern lie in this square. Zoom in to see each.' as says
                         from squares) as crowded
               ), ''),
               array(select owner_id from found where level = 'geometry' order by version_id),
               array(select version_id from found where level = 'geometry' order by version_id)
        into tile, owner_ids, version_ids;
    end if;
    return next;
end
$$;
revoke all on function hotspots_tile(integer, integer, integer) from public;
grant execute on function hotspots_tile(integer, integer, integer) to placewatch_app, placewatch_worker;
alter function hotspots_tile(integer, integer, integer) owner to placewatch_overlay;
