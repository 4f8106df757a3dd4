"""Whose places lie near a change is planned once a connection."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("placements", "0031_effect_by_parts")]
    operations = [definer("placements_near.sql", "placements_near(uuid[], integer)")]
