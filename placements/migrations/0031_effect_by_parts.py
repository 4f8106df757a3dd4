"""What publishing would bring about is looked for beside the parts of a long outline, not beside the whole of it."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("placements", "0030_why_a_decision_ended")]

    operations = [
        definer(
            "area_effect.sql",
            "area_effect(uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date)",
        ),
    ]
