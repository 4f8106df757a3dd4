"""When an edition of boundaries began or ceased to give evidence: what was judged before that is judged again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0005_boundaries_verified")]
    operations = [
        migrations.AddField(model_name="boundaryedition", name="switched_at", field=models.DateTimeField(null=True)),
    ]
