"""A pack keeps which versions of areas it used, so that a recall lists exactly those packs."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0024_letters_in_bulk"),
    ]

    operations = [
        migrations.AddField(
            model_name="packrequest",
            name="versions",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None),
        ),
    ]
