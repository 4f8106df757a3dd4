"""How well do an edition's boundaries agree with the postcodes? And pieces of them, in which a point is soon found."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from db.row_security import read_only

PIECES = """
insert into geo_boundarypiece (boundary_id, shape)
select id, ST_Subdivide(shape, 256) from geo_boundary
"""


class Migration(migrations.Migration):
    dependencies = [("geo", "0004_outlines")]
    operations = [
        migrations.AddField(
            model_name="boundaryedition", name="sha256", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(model_name="boundaryedition", name="verified_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="boundaryedition", name="agreeing", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="boundaryedition", name="elsewhere", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="boundaryedition", name="nowhere", field=models.PositiveIntegerField(default=0)
        ),
        migrations.CreateModel(
            name="BoundaryPiece",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "shape",
                    django.contrib.gis.db.models.fields.PolygonField(spatial_index=False, srid=27700),
                ),
                (
                    "boundary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="geo.boundary"
                    ),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GistIndex(fields=["shape"], name="boundary_piece_shape")]
            },
        ),
        *read_only("geo_boundarypiece"),
        migrations.RunSQL(PIECES, migrations.RunSQL.noop),
    ]
