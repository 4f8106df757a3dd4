-- Which conditions bind what the current authority was told by these versions, and whom does it ask? By today's version
-- of each area, since a condition may have come later. The text and the originator's name come out only while the area
-- is open to the reader and shared above contact; which conditions bind comes out always, so that nothing is passed on
-- because the reader was told little.
create function hotspots_binding(versions uuid[])
    returns table (
        version_id uuid, hotspot_id uuid, owner_id uuid, level text, kinds text[], originator text, conditions text
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    select read.id, read.hotspot_id, read.authority_id, area.level,
           case
               when newest.conditions <> '' and cardinality(newest.condition_kinds) = 0 then array['in_words_alone']
               else newest.condition_kinds::text[]
           end,
           case when area.level <> 'contact' then newest.originator end,
           case when area.level <> 'contact' then newest.conditions end
    from hotspots_version read
    join hotspots_version newest on newest.hotspot_id = read.hotspot_id and newest.superseded_at is null
    left join hotspots_open area on area.hotspot_id = read.hotspot_id
    where read.id = any(versions)
        and (read.authority_id = current_authority() or exists (
            select
            from hotspots_disclosure disclosure
            where disclosure.recipient_id = current_authority() and disclosure.sender_id = read.authority_id
                and read.id = any(disclosure.versions)
        ))
$$;
revoke all on function hotspots_binding(uuid[]) from public;
grant execute on function hotspots_binding(uuid[]) to placewatch_app, placewatch_worker;
alter function hotspots_binding(uuid[]) owner to placewatch_overlay;
