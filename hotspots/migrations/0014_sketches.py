"""What is an area drawn from on a tile? From its box and two outlines on the tiles' own grids, kept beside its shape."""

from django.db import migrations

from db.definers import definer

# An outline is whole numbers of the grid of one zoom (4,096 to a tile's side, from the north-west corner of the world),
# valid, its outer ring in the direction that tiles ask for; so that a tile moves it and does nothing else. One too thin
# for the grid is the box in which it lies: no area vanishes from a tile because it is small.
FUNCTIONS = """
create function hotspot_outline(mercator geometry, zoom integer) returns bytea
    language plpgsql immutable strict parallel safe set search_path = public, pg_temp
    set client_min_messages = warning
as $$
declare
    side constant integer := 4096 << zoom;
    half constant double precision := 20037508.342789244;
    exact constant geometry := ST_Affine(mercator, side / 2 / half, 0, 0, -side / 2 / half, side / 2, side / 2);
    outline geometry := ST_SnapToGrid(ST_Simplify(exact, 0.5), 1);
begin
    if outline is null or ST_IsEmpty(outline) or not ST_IsValid(outline) then
        outline := ST_AsMVTGeom(mercator, ST_TileEnvelope(0, 0, 0)::box2d, side, 0, false);
    end if;
    if outline is null or ST_IsEmpty(outline) then
        outline := ST_MakeEnvelope(
            floor(ST_XMin(exact)), floor(ST_YMin(exact)), floor(ST_XMax(exact)) + 1, floor(ST_YMax(exact)) + 1
        );
    end if;
    return ST_AsTWKB(ST_ForcePolygonCCW(outline), 0);
end
$$;

create function hotspot_is_sketched() returns trigger
    language plpgsql set search_path = public, pg_temp
as $$
declare
    mercator constant geometry := ST_Transform(new.shape, 3857);
begin
    new.box := ST_Envelope(mercator);
    new.near := hotspot_outline(mercator, 14);
    new.far := hotspot_outline(mercator, 11);
    return new;
end
$$;
grant execute on function hotspot_outline(geometry, integer) to placewatch_app, placewatch_worker;
"""
# Those that stand are sketched as generated columns, which row-level security does not hide from the migration; from
# then on a trigger does it, which turns each shape once and not three times.
COLUMNS = """
drop view hotspots_open;
drop index hotspot_current_box_3857;
alter table hotspots_version
    drop column shape_3857,
    drop column box_3857,
    drop column corners,
    add column box geometry(Polygon, 3857) not null
        generated always as (ST_Envelope(ST_Transform(shape, 3857))) stored,
    add column near bytea not null generated always as (hotspot_outline(ST_Transform(shape, 3857), 14)) stored,
    add column far bytea not null generated always as (hotspot_outline(ST_Transform(shape, 3857), 11)) stored;
alter table hotspots_version
    alter column box drop expression,
    alter column near drop expression,
    alter column far drop expression;
create index hotspot_current_box on hotspots_version using gist (box) where superseded_at is null;
create trigger hotspot_is_sketched before insert or update of shape, box, near, far on hotspots_version
    for each row execute function hotspot_is_sketched();
"""
# As in 0012, with the sketch instead of what was worked out of the whole shape.
OPEN = """
create view hotspots_open as
select version.id as version_id, hotspot.id as hotspot_id, hotspot.authority_id as owner_id, hotspot.reference,
       case when hotspot.authority_id = current_authority() then 'own' else share.level end as level,
       share.distance_metres, version.number, version.name, version.kind_of_place, version.concern,
       version.conditions, version.condition_kinds, version.last_supported_on, version.review_on, version.shape,
       version.box, version.near, version.far
from hotspots_version version
join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
left join hotspots_share share
    on share.hotspot_id = hotspot.id
    and share.authority_id = hotspot.authority_id
    and share.partner_id = current_authority()
    and share.superseded_at is null
    and exists (
        select
        from hotspots_agreement agreement
        where agreement.id = share.agreement_id
            and agreement.authority_id = share.authority_id
            and agreement.partner_id = share.partner_id
            and agreement.starts_at <= (select placewatch_now())
            and (agreement.ends_at is null or agreement.ends_at > (select placewatch_now()))
    )
where version.superseded_at is null
    and version.authority_id = hotspot.authority_id
    and hotspot.state = 'shared'
    and (version.expires_on is null
         or version.expires_on > ((select placewatch_now()) at time zone 'Europe/London')::date)
    and (hotspot.authority_id = current_authority() or share.id is not null);
revoke all on hotspots_open from placewatch_app, placewatch_worker, placewatch_backup;
alter view hotspots_open owner to placewatch_overlay;
"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0013_publishing_after_a_preview")]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)"),
    ]
