"""Who was told by a map, a what-if or a list is known where it was asked: a recall names them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotspots", "0017_seed_of_a_measurement"),
    ]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="asker",
            field=models.UUIDField(db_default=models.Func(function="current_person"), null=True),
        ),
    ]
