-- Whose open placements lie near these changed areas of the acting authority's, by the old shape or the new one?
-- For the re-check in the worker: ids of placements and of the authorities that have them, nothing else.
-- A reader's placement is near within the owner's distance for that reader, or within the radius of own areas and of
-- shapes that it holds. A closed address has no point here: each one of a reader's comes out, to be asked about apart.
-- Planned once a connection, not once a change: planning took longer than finding.
create function placements_near(changes uuid[], radius_metres integer)
    returns table (authority_id uuid, placement_id uuid, is_restricted boolean)
    language plpgsql stable security definer set search_path = public, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with changed as materialized (
        select change.hotspot_id, change.authority_id, change.since
        from hotspots_change change
        where change.id = any(changes) and change.authority_id = current_authority()
    ),
    told as materialized (
        select changed.hotspot_id, changed.authority_id as reader_id, radius_metres as metres
        from changed
        union
        select share.hotspot_id, share.partner_id,
               max(case when share.level = 'geometry' then radius_metres else share.distance_metres end)
        from changed
        join hotspots_share share on share.hotspot_id = changed.hotspot_id
        where share.superseded_at is null or share.superseded_at >= changed.since
        group by share.hotspot_id, share.partner_id
    ),
    shapes as materialized (
        select version.hotspot_id, version.shape, reach.metres
        from changed
        join hotspots_version version on version.hotspot_id = changed.hotspot_id
        join (select told.hotspot_id, max(told.metres) as metres from told group by told.hotspot_id) reach
            on reach.hotspot_id = changed.hotspot_id
        where version.superseded_at is null or version.superseded_at >= changed.since
    )
    select distinct placement.authority_id, placement.id, false
    from shapes
    join placements_placementaddress address on ST_DWithin(address.point, shapes.shape, shapes.metres)
    join placements_placement placement on placement.id = address.placement_id
    join told on told.hotspot_id = shapes.hotspot_id and told.reader_id = placement.authority_id
    where placement.status in ('proposed', 'approved', 'started')
        and placement.superseded_at is null
        and placement.screening_wanted
        and ST_DWithin(address.point, shapes.shape, told.metres)
    union all
    select placement.authority_id, placement.id, true
    from placements_placement placement
    where placement.is_restricted
        and placement.status in ('proposed', 'approved', 'started')
        and placement.superseded_at is null
        and placement.screening_wanted
        and placement.authority_id in (select told.reader_id from told);
end
$$;
revoke all on function placements_near(uuid[], integer) from public;
grant execute on function placements_near(uuid[], integer) to placewatch_worker;
alter function placements_near(uuid[], integer) owner to placewatch_recheck;
