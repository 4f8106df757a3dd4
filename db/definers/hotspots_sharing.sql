-- Which of these owners let the current authority know of any area of concern, and is any of it within its review date?
-- An owner that shares nothing with the reader has no row. within_metres is the distance for which "nothing near" holds;
-- it is not told where an area is shared as contact only.
-- An owner may share fifty thousand, so nothing is counted: of each level the share with the shortest distance is taken
-- from the index, and each question ends at the first area that answers it.
-- Planned once a connection, not once a question: planning took six times as long as finding.
create function hotspots_sharing(owners uuid[], radius_metres integer)
    returns table (owner_id uuid, is_any_fresh boolean, within_metres integer)
    language plpgsql stable security definer set search_path = public, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with today as materialized (
        select (placewatch_now() at time zone 'Europe/London')::date as day
    ),
    asked as materialized (
        select distinct unnest(owners) as owner_id
    ),
    told as materialized (
        select asked.owner_id, share.level, share.distance_metres
        from asked
        cross join (values ('contact'), ('proximity'), ('geometry')) as possible(level)
        cross join lateral (
            select share.level, share.distance_metres
            from hotspots_share share
            -- Compared as a row, so that the index of just these columns is read in its order (share_by_level).
            where (share.partner_id, share.authority_id, share.level)
                    >= (current_authority(), asked.owner_id, possible.level)
                and (share.partner_id, share.authority_id, share.level)
                    <= (current_authority(), asked.owner_id, possible.level)
                and share.superseded_at is null
                and (select true from hotspots_open area where area.hotspot_id = share.hotspot_id)
            order by share.partner_id, share.authority_id, share.level, share.distance_metres
            limit 1
        ) share
        union all
        select asked.owner_id, 'own', radius_metres
        from asked
        where asked.owner_id = current_authority()
            and exists (select from hotspots_open area where area.owner_id = current_authority())
    )
    select told.owner_id,
           case when told.owner_id = current_authority() then exists (
               select from hotspots_open area
               where area.owner_id = current_authority() and coalesce(area.review_on >= today.day, true)
           ) else coalesce((
               select true
               from hotspots_share share
               where share.partner_id = current_authority() and share.authority_id = told.owner_id
                   and share.superseded_at is null
                   and (select coalesce(area.review_on >= today.day, true)
                        from hotspots_open area where area.hotspot_id = share.hotspot_id)
               limit 1
           ), false) end,
           case when not bool_or(told.level = 'contact') then
               min(case when told.level in ('own', 'geometry') then radius_metres else told.distance_metres end)
           end
    from told
    cross join today
    group by told.owner_id, today.day;
end
$$;
revoke all on function hotspots_sharing(uuid[], integer) from public;
grant execute on function hotspots_sharing(uuid[], integer) to placewatch_app, placewatch_worker;
alter function hotspots_sharing(uuid[], integer) owner to placewatch_overlay;
