"""Why a decision to leave somebody out ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0029_shadow_followed")]

    operations = [
        migrations.AddField(
            model_name="withholding",
            name="ended_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
