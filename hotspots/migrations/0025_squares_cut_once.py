"""The squares of a crowded tile are measured once, and who is shown what is sorted once."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0024_closed_addresses_are_not_disclosed")]
    operations = [definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)")]
