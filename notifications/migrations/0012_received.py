"""That a document was received is a fact of its own, once for each document."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0005_boundaries_verified'),
        ('notifications', '0011_area_alert'),
    ]

    operations = [
        migrations.AlterField(
            model_name='documentfact',
            name='fact',
            field=models.TextField(choices=[('received', 'Received'), ('opened', 'Opened'), ('acknowledged', 'Acknowledged'), ('disputed', 'Disputed'), ('acted_on', 'Acted on')]),
        ),
        migrations.AddConstraint(
            model_name='documentfact',
            constraint=models.UniqueConstraint(condition=models.Q(('fact', 'received')), fields=('document',), name='document_received_once'),
        ),
    ]
