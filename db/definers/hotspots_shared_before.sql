-- In how many of these incidents (a place in metres of the National Grid, and an instant) had an area of concern near the
-- place been open to the current authority at that instant? Two numbers, and never which.
-- As in a what-if, an area below geometry level counts by the square of 1 km in which the place lies, so that an invented
-- incident tells nobody more (docs/adr/0080).
create function hotspots_shared_before(
    eastings double precision[], northings double precision[], instants timestamptz[], radius_metres integer
)
    returns table (incidents bigint, shared_before bigint)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with asked as (
        select given.at, ST_SetSRID(ST_MakePoint(given.easting, given.northing), 27700) as point,
               ST_MakeEnvelope(
                   floor(given.easting / 1000) * 1000, floor(given.northing / 1000) * 1000,
                   floor(given.easting / 1000) * 1000 + 1000, floor(given.northing / 1000) * 1000 + 1000, 27700
               ) as square
        from unnest(eastings, northings, instants) as given(easting, northing, at)
    )
    select count(*), count(*) filter (where
        exists (
            select
            from hotspots_version version
            where version.authority_id = current_authority()
                and ST_DWithin(version.shape, asked.point, radius_metres)
                and version.recorded_at < asked.at
                and (version.superseded_at is null or version.superseded_at > asked.at)
                and (version.expires_on is null or version.expires_on > (asked.at at time zone 'Europe/London')::date)
                and (select change.state from hotspots_statechange change
                     where change.hotspot_id = version.hotspot_id and change.at <= asked.at
                     order by change.at desc limit 1) = 'shared'
        )
        or exists (
            select
            from hotspots_share share
            join hotspots_version version on version.hotspot_id = share.hotspot_id
            join hotspots_agreement agreement on agreement.id = share.agreement_id
            where share.partner_id = current_authority() and agreement.partner_id = current_authority()
                and share.recorded_at < asked.at and (share.superseded_at is null or share.superseded_at > asked.at)
                and agreement.starts_at <= asked.at and (agreement.ends_at is null or agreement.ends_at > asked.at)
                and version.authority_id = share.authority_id and version.recorded_at < asked.at
                and (version.superseded_at is null or version.superseded_at > asked.at)
                and (version.expires_on is null or version.expires_on > (asked.at at time zone 'Europe/London')::date)
                and case when share.level = 'geometry' then ST_DWithin(version.shape, asked.point, radius_metres)
                         else ST_DWithin(version.shape, asked.square, share.distance_metres) end
                and (select change.state from hotspots_statechange change
                     where change.hotspot_id = version.hotspot_id and change.at <= asked.at
                     order by change.at desc limit 1) = 'shared'
        )
    )
    from asked
$$;
revoke all on function hotspots_shared_before(double precision[], double precision[], timestamptz[], integer) from public;
grant execute on function hotspots_shared_before(double precision[], double precision[], timestamptz[], integer)
    to placewatch_app, placewatch_worker;
alter function hotspots_shared_before(double precision[], double precision[], timestamptz[], integer)
    owner to placewatch_overlay;
