"""How far away an area lies is measured once for each place, however often the answer speaks of it."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0018_who_asked")]
    operations = [
        definer(
            "hotspots_near.sql",
            "hotspots_near(double precision[], double precision[], integer, double precision[], boolean[])",
        )
    ]
