"""What the database itself says of areas near a place, to whom; and the shapes that it takes at all."""

import django.contrib.gis.db.models.fields
from django.contrib.postgres.indexes import GistIndex
from django.db import migrations, models
from django.db.models import Q

from db.definers import definer
from db.row_security import also_for

READ_BY_THE_OVERLAY = ["hotspots_hotspot", "hotspots_version", "hotspots_share", "hotspots_agreement"]

RIGHTS = f"grant select on {', '.join(READ_BY_THE_OVERLAY)}, db_clock to placewatch_overlay"
NO_RIGHTS = f"revoke select on {', '.join(READ_BY_THE_OVERLAY)}, db_clock from placewatch_overlay"

# Which areas may the current authority know of now, at which level? The one rule, asked by both definer functions and
# readable by nobody else. The view reads with its owner's rights; the clock is asked once a query (a scalar subselect).
OPEN = """
create view hotspots_open as
select version.id as version_id, hotspot.authority_id as owner_id, hotspot.reference,
       case when hotspot.authority_id = current_authority() then 'own' else share.level end as level,
       share.distance_metres, version.name, version.concern, version.conditions, version.last_supported_on,
       version.review_on, version.shape
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

# The gate (geo/geometry.py) once more, for whoever comes past it. Not-a-number is larger than any number here, so the
# comparisons refuse it; an empty shape has no area. PostGIS itself calls both valid.
SHAPES = """
alter table hotspots_version
    add constraint hotspot_shape_is_valid check (ST_IsValid(shape)),
    add constraint hotspot_shape_lies_on_the_national_grid check (
        ST_XMin(shape) >= 0 and ST_XMax(shape) <= 700000 and ST_YMin(shape) >= 0 and ST_YMax(shape) <= 1300000
    ),
    add constraint hotspot_shape_is_an_area_not_a_household_or_a_county check (
        ST_Area(shape) >= 100 and ST_Area(shape) <= 100000000
    ),
    add constraint hotspot_shape_is_no_burden check (ST_NPoints(shape) <= 10000 and ST_NumGeometries(shape) <= 100)
"""
NO_SHAPES = """
alter table hotspots_version
    drop constraint hotspot_shape_is_valid,
    drop constraint hotspot_shape_lies_on_the_national_grid,
    drop constraint hotspot_shape_is_an_area_not_a_household_or_a_county,
    drop constraint hotspot_shape_is_no_burden
"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0002_row_security")]
    operations = [
        migrations.AlterField(
            model_name="version",
            name="shape",
            field=django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=27700),
        ),
        # Django leaves the condition out when it makes an index on a geometry.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddIndex(
                    model_name="version",
                    index=GistIndex(condition=Q(superseded_at=None), fields=["shape"], name="hotspot_current_shape"),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    "create index hotspot_current_shape on hotspots_version using gist (shape)"
                    " where superseded_at is null",
                    "drop index hotspot_current_shape",
                )
            ],
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                condition=Q(superseded_at=None), fields=["partner", "distance_metres"], name="share_farthest"
            ),
        ),
        migrations.RunSQL(SHAPES, NO_SHAPES),
        *also_for("placewatch_overlay", *READ_BY_THE_OVERLAY),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(OPEN, "drop view hotspots_open"),
        definer(
            "hotspots_near.sql",
            "hotspots_near(double precision[], double precision[], integer, double precision[], boolean[])",
        ),
        definer("hotspots_sharing.sql", "hotspots_sharing(uuid[], integer)"),
    ]
