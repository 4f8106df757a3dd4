"""What was passed on and taken back; and what publishing a shape would bring about, in words that find no child."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from db.definers import definer
from db.row_security import also_for, insert_only, own_rows

RIGHTS = """
grant select (child_id) on placements_placement to placewatch_recheck;
grant select (id, born_on) on placements_child to placewatch_recheck;
grant select on hotspots_agreement, hotspots_hotspot, db_clock to placewatch_recheck;
"""
NO_RIGHTS = """
revoke select on placements_child, hotspots_agreement, hotspots_hotspot, db_clock from placewatch_recheck;
revoke select (child_id) on placements_placement from placewatch_recheck;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0003_postcode_quality"),
        ("hotspots", "0008_recall_and_conditions"),
        ("placements", "0016_near_a_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedToPassOn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name_plural": "asked to pass on",
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("audience", models.TextField()),
                ("output", models.TextField()),
                ("words", models.JSONField()),
                ("versions", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("questions", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
            options={
                "verbose_name_plural": "passed on",
            },
        ),
        migrations.CreateModel(
            name="RecalledHere",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("source", models.UUIDField(unique=True)),
                ("is_correction", models.BooleanField(default=False)),
                ("versions", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "recalled here",
            },
        ),
        migrations.RemoveConstraint(
            model_name="newline",
            name="new_line_once_per_person_and_check",
        ),
        migrations.RemoveConstraint(
            model_name="newline",
            name="new_line_says_what",
        ),
        migrations.AlterField(
            model_name="newline",
            name="what",
            field=models.TextField(
                choices=[
                    ("entered", "Something shared now lies near"),
                    ("left", "No longer near, as far as is shared"),
                    ("other_words", "What is shared reads otherwise"),
                    ("recalled", "Withdrawn or corrected: do not rely on it"),
                ]
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=django.contrib.postgres.indexes.GinIndex(fields=["versions"], name="screening_by_version_read"),
        ),
        migrations.AddConstraint(
            model_name="newline",
            constraint=models.UniqueConstraint(
                fields=("person", "screening", "what"), name="new_line_once_per_person_and_check"
            ),
        ),
        migrations.AddConstraint(
            model_name="newline",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["entered", "left", "other_words", "recalled"])),
                name="new_line_says_what",
            ),
        ),
        migrations.AddField(
            model_name="askedtopasson",
            name="authority",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="askedtopasson",
            name="placement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.placement"
            ),
        ),
        migrations.AddField(
            model_name="askedtopasson",
            name="question",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotspots.passingon"
            ),
        ),
        migrations.AddField(
            model_name="passedon",
            name="authority",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="passedon",
            name="placement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="passed_on", to="placements.placement"
            ),
        ),
        migrations.AddField(
            model_name="passedon",
            name="screening",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.screening"
            ),
        ),
        migrations.AddField(
            model_name="recalledhere",
            name="authority",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="recalledhere",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        *own_rows("placements_askedtopasson", "placements_passedon", "placements_recalledhere"),
        *insert_only("placements_askedtopasson", "placements_passedon", "placements_recalledhere"),
        *also_for("placewatch_recheck", "placements_child", "hotspots_agreement", "hotspots_hotspot"),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        definer("area_effect.sql", "area_effect(uuid, geometry, uuid[], integer[], integer, date)"),
    ]
