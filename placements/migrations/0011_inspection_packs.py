"""Inspection packs are rows: who asked, who agreed, and the bytes until they expire; an authority sees its own."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from db.row_security import own_rows

SERVICE = "placewatch_app, placewatch_worker"
PACK = "placements_packrequest"


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_read_only_and_versioned'),
        ('placements', '0010_approvals_by_a_director'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PackRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('as_at', models.DateTimeField()),
                ('purpose', models.TextField(choices=[('inspection', 'An inspection'), ('own_review', 'Our own review of practice'), ('scrutiny', 'A question from a court, a complaint or an ombudsman')])),
                ('asked_by', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('row_count', models.PositiveIntegerField(null=True)),
                ('sha256', models.TextField(blank=True)),
                ('content', models.BinaryField(null=True)),
                ('agreed_by', models.TextField(blank=True)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('agreer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', '-asked_at'], name='pack_by_when_asked')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='pack_ends_on_or_after_its_first_day'), models.CheckConstraint(condition=models.Q(('as_at__lte', models.F('asked_at'))), name='pack_asks_for_what_was_recorded'), models.CheckConstraint(condition=models.Q(('purpose__in', ['inspection', 'own_review', 'scrutiny'])), name='pack_has_a_purpose'), models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('expires_at', None), ('made_at', None), ('row_count', None), ('sha256', '')), models.Q(('expires_at__isnull', False), ('made_at__isnull', False), ('row_count__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='pack_made_whole_and_expires'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', ''), ('agreer', None)), models.Q(('agreed_at__gte', models.F('made_at')), ('agreer__isnull', False), models.Q(('agreed_by', ''), _negated=True)), _connector='OR'), name='pack_agreed_by_and_at_together'), models.CheckConstraint(condition=models.Q(('agreer', None), models.Q(('agreer', models.F('asker')), _negated=True), _connector='OR'), name='pack_agreed_by_a_second_person')],
            },
        ),
        *own_rows(PACK),
        migrations.RunSQL(
            f"revoke delete, truncate on {PACK} from {SERVICE}", f"grant delete on {PACK} to {SERVICE}"
        ),
    ]
