-- What were the current authority's partners shown of its areas of concern, on which day, at which level, for what?
-- One row however often: how many times a reader asked, and at which minute, would tell how many children it has there.
-- The last 92 days: what lies further back is not a question of who keeps asking.
-- Reading without anything near is told too, with no area: who keeps asking is the owner's to know.
-- What was read about a closed address is not told: an owner that moves an area about would find it (docs/adr/0135).
create function hotspots_shown()
    returns table (
        id uuid, owner_id uuid, reader_id uuid, hotspot_id uuid, version_id uuid, version_number integer, level text,
        purpose text, "on" date
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    select md5(concat_ws('/', shown.recipient_id, shown.version_id, shown.level, shown.purpose, shown.day))::uuid,
           current_authority(), shown.recipient_id, version.hotspot_id, version.id, version.number, shown.level,
           shown.purpose, shown.day
    from (
        select distinct disclosure.recipient_id, read.version_id, disclosure.level, disclosure.purpose,
               (disclosure.at at time zone 'Europe/London')::date as day
        from hotspots_disclosure disclosure
        left join lateral unnest(disclosure.versions) as read(version_id) on true
        where disclosure.sender_id = current_authority()
            and not disclosure.is_closed
            and disclosure.at >= (
                ((placewatch_now() at time zone 'Europe/London')::date - 92)::timestamp at time zone 'Europe/London'
            )
    ) shown
    left join hotspots_version version
        on version.id = shown.version_id and version.authority_id = current_authority()
    where shown.version_id is null or version.id is not null
$$;
revoke all on function hotspots_shown() from public;
grant execute on function hotspots_shown() to placewatch_app, placewatch_worker;
alter function hotspots_shown() owner to placewatch_overlay;
