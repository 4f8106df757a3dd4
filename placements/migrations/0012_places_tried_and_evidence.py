"""Places that were asked before, and evidence before a decision, are rows of their own; an authority sees its own."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_read_only_and_versioned'),
        ('placements', '0011_inspection_packs'),
    ]

    operations = [
        migrations.CreateModel(
            name='GatheredEvidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('evidence', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='placements.approval')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
            ],
            options={
                'verbose_name_plural': 'gathered evidence',
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('approval', 'code'), name='evidence_one_current_per_item'), models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('evidence', ''), _negated=True), ('reason', '')), _connector='OR'), name='evidence_or_a_reason_never_both')],
            },
        ),
        migrations.CreateModel(
            name='PlaceTried',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.TextField()),
                ('why_not', models.TextField()),
                ('asked_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places_tried', to='placements.placement')),
            ],
            options={
                'verbose_name_plural': 'places tried',
                'indexes': [models.Index(fields=['placement', 'recorded_at'], name='place_tried_of_placement')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='place_tried_is_named'), models.CheckConstraint(condition=models.Q(('why_not', ''), _negated=True), name='place_tried_says_why_not')],
            },
        ),
        *own_rows("placements_placetried", "placements_gatheredevidence"),
        *insert_only("placements_placetried"),
    ]
