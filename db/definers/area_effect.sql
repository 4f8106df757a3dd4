-- What would publishing this shape bring about? Counts for its owner, in words' coarseness: how many of its own children's
-- open placements come newly near, exactly; of all partners together only in three steps, and of none by name.
-- Closed addresses have no point here and are not counted; adults neither. A partner counts only under an agreement in
-- force. What lies near the shape that is shared today is not newly near.
create function area_effect(
    area uuid, shape geometry, partners uuid[], metres integer[], own_metres integer, born_after date
)
    returns table (own integer, of_partners text)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with readers as materialized (
        select current_authority() as reader_id, own_metres as metres, own_metres as metres_today
        union all
        select wanted.partner_id, wanted.metres, (
            select case when share.level = 'geometry' then own_metres else share.distance_metres end
            from hotspots_share share
            where share.hotspot_id = area and share.partner_id = wanted.partner_id and share.superseded_at is null
        )
        from unnest(partners, metres) as wanted(partner_id, metres)
        where exists (
            select
            from hotspots_agreement agreement
            where agreement.authority_id = current_authority() and agreement.partner_id = wanted.partner_id
                and agreement.starts_at <= placewatch_now()
                and (agreement.ends_at is null or agreement.ends_at > placewatch_now())
        )
    ),
    today as materialized (
        select version.shape
        from hotspots_version version
        join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
        where hotspot.id = area and hotspot.authority_id = current_authority() and hotspot.state = 'shared'
            and version.superseded_at is null
    ),
    newly as (
        select placement.authority_id, count(*) as places
        from placements_placementaddress address
        join placements_placement placement on placement.id = address.placement_id
        join placements_child child on child.id = placement.child_id
        join readers on readers.reader_id = placement.authority_id
        where ST_DWithin(address.point, area_effect.shape, (select max(readers.metres) from readers))
            and ST_DWithin(address.point, area_effect.shape, readers.metres)
            and placement.status in ('proposed', 'approved', 'started')
            and placement.superseded_at is null
            and not placement.is_restricted
            and child.born_on > born_after
            and not exists (
                select from today where ST_DWithin(address.point, today.shape, readers.metres_today)
            )
        group by placement.authority_id
    ),
    counted as (
        select coalesce(sum(places) filter (where authority_id = current_authority()), 0)::integer as own,
               coalesce(sum(places) filter (where authority_id <> current_authority()), 0) as others
        from newly
    )
    select counted.own,
           case when counted.others < 5 then 'fewer_than_five'
                when counted.others < 20 then 'five_to_nineteen'
                else 'twenty_or_more' end
    from counted
$$;
revoke all on function area_effect(uuid, geometry, uuid[], integer[], integer, date) from public;
grant execute on function area_effect(uuid, geometry, uuid[], integer[], integer, date)
    to placewatch_app, placewatch_worker;
alter function area_effect(uuid, geometry, uuid[], integer[], integer, date) owner to placewatch_recheck;
