"""Letters for many children are a job: a row for the job and one for each child. Nothing of it is ever deleted."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from db.row_security import own_rows

SERVICE = "placewatch_app, placewatch_worker"
KEPT = f"revoke delete, truncate on placements_letterjob, placements_letterjobline from {SERVICE}"


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_boundaries_verified"),
        ("placements", "0023_effect_by_the_square"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterJob",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    models.TextField(
                        choices=[
                            ("placement", "The placement"),
                            ("new_date", "A new date of the move"),
                            ("intention", "That the placement is to end"),
                            ("ended", "That the placement has ended"),
                        ]
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("role", models.TextField()),
                ("person_id", models.UUIDField(null=True)),
                ("client_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("content", models.BinaryField(null=True)),
                (
                    "holds",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterJobLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("refused", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="placements.letterjob"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="placements.placement"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="letterjob",
            index=models.Index(
                condition=models.Q(("made_at", None)), fields=["authority"], name="letter_jobs_being_made"
            ),
        ),
        migrations.AddIndex(
            model_name="letterjob",
            index=models.Index(fields=["authority", "-asked_at"], name="letter_jobs_by_when_asked"),
        ),
        migrations.AddConstraint(
            model_name="letterjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_at__isnull", False), ("made_at__isnull", False)),
                    models.Q(("content", None), ("expires_at", None), ("holds", []), ("made_at", None)),
                    _connector="OR",
                ),
                name="letter_job_made_whole_and_expires",
            ),
        ),
        migrations.AddIndex(
            model_name="letterjobline",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["job", "number"], name="letter_job_lines_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterjobline",
            constraint=models.UniqueConstraint(fields=("job", "placement"), name="letter_job_names_a_placement_once"),
        ),
        migrations.AddConstraint(
            model_name="letterjobline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease", None), ("leased_until", None)),
                    models.Q(("done_at", None), ("lease__isnull", False), ("leased_until__isnull", False)),
                    _connector="OR",
                ),
                name="letter_job_line_leased_only_while_it_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterjobline",
            constraint=models.CheckConstraint(
                condition=models.Q(("refused", ""), ("done_at__isnull", False), _connector="OR"),
                name="letter_job_line_refused_is_done",
            ),
        ),
        *own_rows("placements_letterjob", "placements_letterjobline"),
        migrations.RunSQL(KEPT, f"grant delete on placements_letterjob, placements_letterjobline to {SERVICE}"),
    ]
