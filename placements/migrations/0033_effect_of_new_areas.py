"""What publishing would bring about looks each version up by itself, however many came in this very transaction."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("placements", "0032_near_planned_once")]

    operations = [
        definer(
            "area_effect.sql",
            "area_effect(uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date)",
        ),
    ]
