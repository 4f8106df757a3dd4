-- The areas of concern within a frame (metres of the National Grid) whose shape the current authority may know, its own
-- and at geometry level, as paths for a drawing: corners to the metre, simplified to `tolerance_metres`.
create function hotspots_drawn(
    west double precision, south double precision, east double precision, north double precision,
    tolerance_metres double precision, most integer
)
    returns table (
        owner_id uuid, version_id uuid, level text, is_stale boolean, reference text, name text, kind_of_place text,
        concern text, last_supported_on date, review_on date, path text
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    select area.owner_id, area.version_id, area.level,
           coalesce(area.review_on < (placewatch_now() at time zone 'Europe/London')::date, false),
           area.reference, area.name, area.kind_of_place, area.concern, area.last_supported_on, area.review_on,
           ST_AsSVG(ST_SimplifyPreserveTopology(area.shape, tolerance_metres), 0, 0)
    from hotspots_drawable area
    where area.shape && ST_MakeEnvelope(west, south, east, north, 27700)
    order by area.reference, area.version_id
    limit most
$$;
revoke all on function
    hotspots_drawn(double precision, double precision, double precision, double precision, double precision, integer)
    from public;
grant execute on function
    hotspots_drawn(double precision, double precision, double precision, double precision, double precision, integer)
    to placewatch_app, placewatch_worker;
alter function
    hotspots_drawn(double precision, double precision, double precision, double precision, double precision, integer)
    owner to placewatch_overlay;
