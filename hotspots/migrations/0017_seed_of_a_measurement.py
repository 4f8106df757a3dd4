"""From which number were the streets of a measurement generated? The same number gives the same figures again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0016_one_agreement_at_a_time")]
    operations = [migrations.AddField("measurement", "seed", models.PositiveIntegerField(null=True))]
