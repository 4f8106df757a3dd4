"""What is known of how a placement ends: seen by its authority; a newer row supersedes an older one."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from db.row_security import own_rows


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_read_only_and_versioned'),
        ('placements', '0005_missing_interviews_and_police_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('how', models.TextField(choices=[('by_us', 'We end it: a move, or another decision of ours'), ('immediate_risk', 'Immediate risk of significant harm, or to protect others'), ('parents_not_confirmed', 'A placement with parents was not confirmed'), ('emergency_fostering_over', 'An emergency foster placement ran out'), ('temporary_approval_over', 'A carer’s temporary approval ended'), ('into_other_arrangements', 'A move into other arrangements (s. 22D)'), ('age_18', 'The child is 18'), ('adoption', 'The child is adopted'), ('court', 'A court ended it'), ('taken_home', 'A parent ended it'), ('not_known', 'Not known yet')])),
                ('planned_on', models.DateField(null=True)),
                ('why_not_before', models.TextField(blank=True)),
                ('decided_by', models.TextField(blank=True)),
                ('decided_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='placements.placement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('placement',), name='ending_one_current_per_placement'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', ''), ('decided_on', None), ('why_not_before', '')), models.Q(models.Q(('why_not_before', ''), _negated=True), models.Q(('decided_by', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='ending_not_told_before_has_reason_and_decider')],
            },
        ),
        *own_rows("placements_ending"),
    ]
