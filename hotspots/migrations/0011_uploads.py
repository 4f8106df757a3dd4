"""Files of areas that wait for their answer: own rows only."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from db.row_security import own_rows


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0005_boundaries_verified'),
        ('hotspots', '0010_validity'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(blank=True)),
                ('srid', models.PositiveIntegerField(null=True)),
                ('content', models.BinaryField()),
                ('sha256', models.TextField()),
                ('would', models.JSONField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('brought_in', 'Brought in'), ('dropped', 'Dropped')], default='waiting')),
                ('received_at', models.DateTimeField()),
                ('received_by', models.TextField()),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.TextField(blank=True, default='')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', '-received_at'], name='upload_of_authority')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('state', 'waiting'), models.Q(('content', b''), _negated=True)), models.Q(models.Q(('state', 'waiting'), _negated=True), ('content', b''), ('done_at__isnull', False)), _connector='OR'), name='upload_is_kept_while_it_waits')],
            },
        ),
        *own_rows("hotspots_upload"),
    ]
