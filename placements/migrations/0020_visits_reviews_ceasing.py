"""Visits, reviews and the decision that looking after ends: rows of an authority's own."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_boundaries_verified"),
        ("placements", "0019_validity"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ceasing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ceases_on", models.DateField()),
                ("is_in_care", models.BooleanField(null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.TextField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceasings", to="placements.child"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("child",),
                        name="ceasing_one_current_per_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), ("decided_on", None)),
                            models.Q(models.Q(("decided_by", ""), _negated=True), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="ceasing_decided_by_and_on_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField(choices=[("visit", "Visit"), ("review", "Review")])),
                ("done_on", models.DateField()),
                ("done_by", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.TextField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_by", models.TextField(blank=True)),
                ("taken_back_why", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="placements.child"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="placements.placement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("placement__isnull", False), ("what", "visit")),
                            models.Q(("placement", None), ("what", "review")),
                            _connector="OR",
                        ),
                        name="turn_visit_names_its_placement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_by", ""), _negated=True), name="turn_says_by_whom"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_by", ""), ("taken_back_why", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_by", ""), _negated=True),
                                models.Q(("taken_back_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="turn_taken_back_with_its_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("child", "what", "done_on"),
                        name="turn_once_a_day",
                    ),
                ],
            },
        ),
        *own_rows("placements_turn", "placements_ceasing"),
    ]
