"""With which hosts alerts were agreed; only the end of an agreement is ever set."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import own_rows

SERVICE = "placewatch_app, placewatch_worker"
ONLY_ENDED = f"""
revoke update, delete, truncate on placements_hostalertagreement from {SERVICE};
grant update (ended_at, ended_by) on placements_hostalertagreement to {SERVICE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_boundaries_verified"),
        ("placements", "0020_visits_reviews_ceasing"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostAlertAgreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("authority", "host"),
                        name="host_alert_one_open_per_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority", models.F("host")), _negated=True),
                        name="host_alert_is_agreed_with_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="host_alert_has_a_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="host_alert_ended_at_and_by_together",
                    ),
                ],
            },
        ),
        *own_rows("placements_hostalertagreement"),
        migrations.RunSQL(ONLY_ENDED, f"grant update, delete on placements_hostalertagreement to {SERVICE}"),
    ]
