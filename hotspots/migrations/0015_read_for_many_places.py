"""Which versions are told of near many places at once: what a re-check compares before it asks anything anew."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0014_sketches")]
    operations = [
        definer(
            "hotspots_read.sql",
            "hotspots_read(double precision[], double precision[], integer, double precision[], boolean[])",
        ),
    ]
