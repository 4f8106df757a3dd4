"""What publishing would bring about is answered by the square kilometre, of many areas at once."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [
        ("hotspots", "0013_publishing_after_a_preview"),
        ("placements", "0022_checked_again"),
    ]

    operations = [
        definer(
            "area_effect.sql",
            "area_effect(uuid[], geometry[], integer[], integer[], uuid[], integer[], integer[], integer, date)",
            instead_of="area_effect(uuid, geometry, uuid[], integer[], integer, date)",
        ),
    ]
