"""The word owed to a person: so many new lines. Its own rows are read by nobody else."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from db.row_security import OWN, forced


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0002_read_only_and_versioned"),
        ("notifications", "0007_directory_and_guests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NewLines",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "verbose_name_plural": "new lines",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sent_at", None)),
                        fields=("authority", "person"),
                        name="new_lines_one_unsent_per_person",
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="new_lines_are_some"),
                ],
            },
        ),
        # Placewatch itself writes the word and sends it; a person reads their own.
        forced(
            "notifications_newlines",
            using=f"{OWN} and (acting_as_operator() or person_id = current_person())",
            check=OWN,
        ),
    ]
