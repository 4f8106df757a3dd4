"""How is a shape drawn? Kept in the map's own projection too, so that a tile asks for no transformation."""

from django.db import migrations

from db.definers import definer

# No field of the model: nobody but the tiles' function reads it, and the database alone fills it.
COLUMN = """
alter table hotspots_version add column shape_3857 geometry(MultiPolygon, 3857)
    generated always as (ST_Transform(shape, 3857)) stored;
create index hotspot_current_shape_3857 on hotspots_version using gist (shape_3857) where superseded_at is null;
"""
DRAWN = (
    "hotspots_drawn(double precision, double precision, double precision, double precision, double precision, integer)"
)


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0008_recall_and_conditions")]
    operations = [
        migrations.RunSQL(COLUMN, "alter table hotspots_version drop column shape_3857"),
        definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)"),
        definer("hotspots_drawn.sql", DRAWN),
    ]
