"""Re-checks after a change, and the lines that they bring: each is read by the person for whom it is."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from db.row_security import OWN, forced, own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0002_read_only_and_versioned"),
        ("placements", "0014_registers_waiting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NewLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "what",
                    models.TextField(
                        choices=[
                            ("entered", "Something shared now lies near"),
                            ("left", "No longer near, as far as is shared"),
                            ("other_words", "What is shared reads otherwise"),
                        ]
                    ),
                ),
                ("words", models.JSONField()),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="new_lines", to="placements.placement"
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.screening"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["person", "-at"], name="new_line_unread"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "screening"), name="new_line_once_per_person_and_check"),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["entered", "left", "other_words"])), name="new_line_says_what"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("places", models.PositiveIntegerField()),
                ("checked", models.PositiveIntegerField(default=0)),
                ("entered", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("other_words", models.PositiveIntegerField(default=0)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "-began_at"], name="recheck_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("checked__lte", models.F("places"))),
                        name="recheck_checks_no_more_than_its_places",
                    )
                ],
            },
        ),
        *own_rows("placements_recheck"),
        forced(
            "placements_newline",
            using=f"{OWN} and (acting_as_operator() or person_id = current_person())",
            check=OWN,
        ),
    ]
