"""A new address may hold from a day ahead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0015_handed_over")]

    operations = [
        migrations.AddField(
            model_name="contactchange",
            name="starts_on",
            field=models.DateField(null=True),
        ),
    ]
