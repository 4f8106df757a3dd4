"""Who talked with a child after the return, and what was given to the police: added to only, seen by its authority."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_read_only_and_versioned'),
        ('placements', '0004_row_security_of_workflow'),
    ]

    operations = [
        migrations.CreateModel(
            name='PoliceMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('given_at', models.DateTimeField()),
                ('given_by', models.TextField()),
                ('given_to', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='missingreport',
            name='interview_by',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='missingreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('interview_by', ''), ('interview_outcome', ''), ('interview_words', '')), models.Q(('interview_outcome', 'done'), models.Q(('interview_by', ''), _negated=True)), models.Q(('interview_outcome__in', ['declined', 'not_possible']), models.Q(('interview_by', ''), _negated=True), models.Q(('interview_words', ''), _negated=True)), _connector='OR'), name='missing_report_interview_short_of_done_has_its_reason'),
        ),
        migrations.AddField(
            model_name='policemessage',
            name='authority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority'),
        ),
        migrations.AddField(
            model_name='policemessage',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='police_messages', to='placements.missingreport'),
        ),
        migrations.AddConstraint(
            model_name='policemessage',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__gte', models.F('given_at'))), name='police_message_recorded_after_it_was_given'),
        ),
        migrations.AddConstraint(
            model_name='policemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_by', ''), _negated=True), models.Q(('given_to', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='police_message_says_who_told_whom_what'),
        ),
        *own_rows("placements_policemessage"),
        *insert_only("placements_policemessage"),
    ]
