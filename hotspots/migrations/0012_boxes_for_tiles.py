"""What does a tile ask of an area before it draws it? Its box and its corners, kept beside the shape, so that it is not read."""

from django.db import migrations

from db.definers import definer

COLUMNS = """
drop index hotspot_current_shape_3857;
alter table hotspots_version
    add column box_3857 geometry(Polygon, 3857) generated always as (ST_Envelope(ST_Transform(shape, 3857))) stored,
    add column corners integer generated always as (ST_NPoints(shape)) stored;
create index hotspot_current_box_3857 on hotspots_version using gist (box_3857) where superseded_at is null;
"""
# As in 0007, with what a tile draws beside the shape.
OPEN = """
drop view hotspots_open;
create view hotspots_open as
select version.id as version_id, hotspot.id as hotspot_id, hotspot.authority_id as owner_id, hotspot.reference,
       case when hotspot.authority_id = current_authority() then 'own' else share.level end as level,
       share.distance_metres, version.number, version.name, version.kind_of_place, version.concern,
       version.conditions, version.condition_kinds, version.last_supported_on, version.review_on, version.shape,
       version.shape_3857, version.box_3857, version.corners
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
    dependencies = [("hotspots", "0011_uploads")]
    operations = [
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)"),
    ]
