"""Deepen what the owner says of an area, what was agreed, and what is known of each step."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STATES = [("draft", "Draft"), ("shared", "Shared"), ("lapsed", "Lapsed"), ("withdrawn", "Withdrawn")]
MADE_HOW = [("command", "Made by command"), ("person", "Entered by a person"), ("system", "Entered by a system")]
CONDITIONS = [
    ("not_to_carers_or_providers", "Not to be passed to carers or providers without agreement"),
    ("not_to_child_or_family", "Not to be passed to the child or family without agreement"),
    ("not_in_writing", "Not to be put into a letter, pack or export without agreement"),
    ("not_beyond_readers", "Not to be passed to any other body without agreement"),
]


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_read_only_and_versioned"), ("hotspots", "0005_changes")]
    operations = [
        migrations.CreateModel(
            name="Shown",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version_id", models.UUIDField(null=True)),
                ("version_number", models.PositiveIntegerField(null=True)),
                ("level", models.TextField()),
                ("purpose", models.TextField()),
                ("on", models.DateField()),
            ],
            options={"db_table": "hotspots_shown_to", "managed": False},
        ),
        migrations.CreateModel(
            name="StateChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", models.TextField(choices=STATES)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "hotspot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="state_changes",
                        to="hotspots.hotspot",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["hotspot", "at"], name="hotspot_story")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(state="withdrawn") | ~Q(reason=""), name="hotspot_withdrawn_with_a_reason"
                    )
                ],
            },
        ),
        migrations.AddField("agreement", "end_recorded_at", models.DateTimeField(null=True)),
        migrations.AddField("agreement", "end_recorded_by", models.TextField(blank=True, default="")),
        migrations.AddField("agreement", "made_how", models.TextField(choices=MADE_HOW, default="command")),
        migrations.AddField("share", "superseded_by", models.TextField(blank=True, default="")),
        migrations.AddField(
            "version",
            "condition_kinds",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(choices=CONDITIONS), default=list, size=None
            ),
        ),
        migrations.AddField("version", "correction", models.TextField(blank=True, default="")),
        migrations.AddField("version", "grading", models.TextField(blank=True, default="")),
        migrations.AddField("version", "kind_of_place", models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            "version",
            models.CheckConstraint(
                condition=Q(condition_kinds__contained_by=[kind for kind, _ in CONDITIONS]),
                name="hotspot_condition_kinds_are_known",
            ),
        ),
        migrations.RemoveIndex("share", "share_by_partner"),
        migrations.AddIndex(
            "share",
            models.Index(
                fields=["partner", "authority", "level", "distance_metres"],
                condition=Q(superseded_at=None),
                name="share_by_level",
            ),
        ),
    ]
