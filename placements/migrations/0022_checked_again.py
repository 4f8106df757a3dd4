"""A check that reads the same as the one before is a mark on that one; what it is compared by stands beside the answer."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_boundaries_verified"),
        ("placements", "0021_host_alerts"),
    ]

    operations = [
        migrations.AddField(model_name="screening", name="fingerprint", field=models.UUIDField(null=True)),
        migrations.CreateModel(
            name="CheckedAgain",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checked_again",
                        to="placements.screening",
                    ),
                ),
            ],
        ),
        *own_rows("placements_checkedagain"),
        *insert_only("placements_checkedagain"),
    ]
