"""How good is a postcode's point? ONS's positional quality, where a directory delivers it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_read_only_and_versioned")]
    operations = [
        migrations.AddField(model_name="postcode", name="quality", field=models.PositiveSmallIntegerField(null=True)),
    ]
