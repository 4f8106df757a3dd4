"""How is an authority's outline drawn? Twice, in the map's own projection: for far away and for near, not as surveyed."""

from django.db import migrations

# No fields of the model: nobody but geo/outlines.py reads them, and the database alone fills them.
COLUMNS = """
alter table geo_boundary
    add column outline_far geometry(Geometry, 3857)
        generated always as (ST_Simplify(ST_Transform(shape, 3857), 150)) stored,
    add column outline_near geometry(Geometry, 3857)
        generated always as (ST_Simplify(ST_Transform(shape, 3857), 15)) stored;
create index boundary_outline_far on geo_boundary using gist (outline_far);
create index boundary_outline_near on geo_boundary using gist (outline_near);
"""
NO_COLUMNS = "alter table geo_boundary drop column outline_far, drop column outline_near"


class Migration(migrations.Migration):
    dependencies = [("geo", "0003_postcode_quality")]
    operations = [migrations.RunSQL(COLUMNS, NO_COLUMNS)]
