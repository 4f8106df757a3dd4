-- What would publishing these areas bring about? Told to their owner by the square kilometre, so that no moving shape finds
-- a child: how many of its own children's open placements lie in squares that come newly near; of all partners with whom
-- an agreement is in force together only in three steps, and of none by name.
-- Of partners a square counts by itself where five or more of their placements lie in it. The others of ten kilometres
-- are put together, and count by the part of those ten kilometres that is reached, where they are five or more. Which of
-- the partners are told weighs the sum and never picks a child out of it.
-- Closed addresses and adults are not counted. What lies near what is told today is not newly near.
-- An area without a shape here is asked as it is drawn.
create function area_effect(
    areas uuid[], shapes geometry[], metres integer[], partners integer[], before_versions uuid[],
    before_metres integer[], before_partners integer[], own_metres integer, born_after date
)
    returns table (own integer, of_partners text)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with agreed as materialized (
        select distinct agreement.partner_id
        from hotspots_agreement agreement
        where agreement.authority_id = current_authority() and agreement.starts_at <= placewatch_now()
            and (agreement.ends_at is null or agreement.ends_at > placewatch_now())
    ),
    -- Each version is looked up by itself: an owner's areas of this very transaction are not in the planner's statistics,
    -- and it would read all of the owner's areas for each.
    asked as materialized (
        select coalesce(given.shape, drawn.shape) as shape, given.metres, given.partners,
               before.shape as before, given.before_metres, given.before_partners
        from unnest(areas, shapes, metres, partners, before_versions, before_metres, before_partners)
            as given(area, shape, metres, partners, before_version, before_metres, before_partners)
        left join lateral (
            select version.shape, version.authority_id
            from hotspots_version version
            where given.shape is null and version.hotspot_id = given.area and version.superseded_at is null
            limit 1
        ) drawn on drawn.authority_id = current_authority()
        left join lateral (
            select version.shape, version.authority_id
            from hotspots_version version
            where version.id = given.before_version
            limit 1
        ) before on before.authority_id = current_authority()
    ),
    -- A square is looked at beside the parts of a shape that lie by it: not beside the whole of a long outline.
    squares_by as materialized (
        select asked.*, beside.east, beside.north, beside.is_by_own, beside.is_by_told,
               ST_MakeEnvelope(east * 1000, north * 1000, east * 1000 + 1000, north * 1000 + 1000, 27700) as square
        from asked
        cross join lateral (select greatest(own_metres, asked.metres) as metres) as widest
        cross join lateral (
            select around.east, around.north, bool_or(ST_DWithin(around.square, part, own_metres)) as is_by_own,
                   bool_or(ST_DWithin(around.square, part, asked.metres)) as is_by_told
            from ST_Subdivide(asked.shape, 128) as part
            cross join lateral (
                select east, north,
                       ST_MakeEnvelope(east * 1000, north * 1000, east * 1000 + 1000, north * 1000 + 1000, 27700) as square
                from generate_series(
                    floor((ST_XMin(part) - widest.metres) / 1000)::integer,
                    floor((ST_XMax(part) + widest.metres) / 1000)::integer
                ) as east
                cross join generate_series(
                    floor((ST_YMin(part) - widest.metres) / 1000)::integer,
                    floor((ST_YMax(part) + widest.metres) / 1000)::integer
                ) as north
            ) as around
            group by around.east, around.north
        ) as beside
        where beside.is_by_own or beside.is_by_told
    ),
    looked as (
        select east, north,
               is_by_own and not coalesce(ST_DWithin(square, before, own_metres), false) as is_own,
               case
                   when partners = 0 or not is_by_told then 0
                   when coalesce(ST_DWithin(square, before, before_metres), false)
                       then greatest(partners - before_partners, 0)
                   else partners
               end as partners
        from squares_by
    ),
    reached as materialized (
        select east, north, floor(east / 10.0)::integer as ten_east, floor(north / 10.0)::integer as ten_north,
               bool_or(is_own) as is_own, max(partners) as partners
        from looked
        where is_own or partners > 0
        group by east, north
    ),
    places as materialized (
        select placement.authority_id, tens.ten_east, tens.ten_north,
               floor(ST_X(address.point) / 1000)::integer as east, floor(ST_Y(address.point) / 1000)::integer as north
        from (select distinct ten_east, ten_north from reached) as tens
        join placements_placementaddress address
            on address.point && ST_MakeEnvelope(
                ten_east * 10000, ten_north * 10000, ten_east * 10000 + 10000, ten_north * 10000 + 10000, 27700
            )
            and floor(ST_X(address.point) / 10000) = tens.ten_east
            and floor(ST_Y(address.point) / 10000) = tens.ten_north
        join placements_placement placement on placement.id = address.placement_id
        join placements_child child on child.id = placement.child_id
        where placement.status in ('proposed', 'approved', 'started')
            and placement.superseded_at is null
            and not placement.is_restricted
            and child.born_on > born_after
            and (placement.authority_id = current_authority() or placement.authority_id in (select partner_id from agreed))
    ),
    squares as (
        select ten_east, ten_north, east, north, count(*) as places
        from places
        where authority_id <> current_authority()
        group by ten_east, ten_north, east, north
    ),
    tens as (
        select ten_east, ten_north, sum(places) filter (where places < 5) as places,
               100 - count(*) filter (where places >= 5) as squares
        from squares
        group by ten_east, ten_north
    ),
    counted as (
        select (
            select count(*) from places join reached using (east, north)
            where places.authority_id = current_authority() and reached.is_own
        )::integer as own,
        (
            select coalesce(sum(
                least(reached.partners::numeric / nullif((select count(*) from agreed), 0), 1) * case
                    when squares.places >= 5 then squares.places
                    when tens.places >= 5 then tens.places / tens.squares
                    else 0
                end
            ), 0)
            from reached
            join tens using (ten_east, ten_north)
            left join squares using (east, north)
        ) as others
    )
    select counted.own,
           case when counted.others < 5 then 'fewer_than_five'
                when counted.others < 20 then 'five_to_nineteen'
                else 'twenty_or_more' end
    from counted
$$;
revoke all on function area_effect(
    uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date
) from public;
grant execute on function area_effect(
    uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date
) to placewatch_app, placewatch_worker;
alter function area_effect(uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date)
    owner to placewatch_recheck;
