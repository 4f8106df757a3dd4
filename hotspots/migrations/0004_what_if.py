"""What may be asked about a place without a placement: counted by day; the overlay by square of 1 km, and the nearest area."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from db.definers import definer
from db.row_security import insert_only, own_rows

NEAR = "hotspots_near(double precision[], double precision[], integer, double precision[], boolean[])"


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0003_overlay"), ("geo", "0003_postcode_quality")]
    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asker", models.UUIDField(null=True)),
                ("on", models.DateField()),
                ("places", models.PositiveIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "on"], name="asking_by_day")],
                "constraints": [models.CheckConstraint(condition=Q(places__gt=0), name="asking_is_about_a_place")],
            },
        ),
        *own_rows("hotspots_asking"),
        *insert_only("hotspots_asking"),
        # A fresh area is found, or known to be missing, without reading all of them (hotspots_sharing.sql).
        migrations.RunSQL(
            "create index hotspot_current_review on hotspots_version (authority_id, review_on)"
            " where superseded_at is null",
            "drop index hotspot_current_review",
        ),
        definer(
            "hotspots_near.sql",
            NEAR,
            instead_of="hotspots_near(double precision[], double precision[], integer)",
        ),
        definer("hotspots_sharing.sql", "hotspots_sharing(uuid[], integer)"),
        definer("hotspots_nearest.sql", "hotspots_nearest(double precision[], double precision[])"),
    ]
