"""How often is the matching wrong, and how often had the place of an incident been shared before?"""

import uuid

from django.db import migrations, models
from django.db.models import F, Q

from db.definers import definer
from db.row_security import also_for, read_only

SHARED_BEFORE = "hotspots_shared_before(double precision[], double precision[], timestamptz[], integer)"
GROUNDS = [
    ("town", "Town: terraces, a house every 8 metres"),
    ("suburb", "Suburb: a house every 15 metres"),
    ("villages", "Villages: a house every 60 metres"),
    ("hills", "Hills: a house every 200 metres"),
]
WHAT = [
    ("inside_told_outside", "An address inside, told to be certainly outside"),
    ("outside_told_inside", "Told to be certainly inside, and outside"),
    ("inside_told_possibly", "An address inside, told to be possibly inside"),
    ("near_told_nothing", "An address within 1,000 metres, told that nothing is near"),
    ("far_told_near", "Told that something is near, and farther than 1,000 metres"),
]


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0009_drawn_on_a_map")]
    operations = [
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("measured_at", models.DateTimeField()),
                ("method", models.TextField()),
                ("ground", models.TextField(choices=GROUNDS)),
                ("what", models.TextField(choices=WHAT)),
                ("times", models.PositiveIntegerField()),
                ("out_of", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(times__lte=F("out_of")), name="measurement_is_a_part_of_its_whole"
                    ),
                    models.UniqueConstraint(fields=["measured_at", "ground", "what"], name="measurement_once_a_run"),
                ],
            },
        ),
        *read_only("hotspots_measurement"),
        *also_for("placewatch_overlay", "hotspots_statechange"),
        migrations.RunSQL(
            "grant select on hotspots_statechange to placewatch_overlay",
            "revoke select on hotspots_statechange from placewatch_overlay",
        ),
        definer("hotspots_shared_before.sql", SHARED_BEFORE),
    ]
