"""After boundaries were switched each register is judged again: how far that has come, and what it brought."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0006_when_boundaries_were_switched"),
        ("placements", "0025_what_a_pack_used"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rejudging",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("switched_at", models.DateTimeField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("places", models.PositiveIntegerField()),
                ("judged", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("uncertain", models.PositiveIntegerField(default=0)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "switched_at"), name="rejudging_once_per_switch")
                ],
            },
        ),
        *own_rows("placements_rejudging"),
    ]
