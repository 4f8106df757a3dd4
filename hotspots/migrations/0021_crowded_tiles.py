"""In a crowded tile a reader knows most of what lies there: there the search begins with the ground again."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0020_drawable")]
    operations = [definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)")]
