"""Letters with their bytes, their readers and what was done with each; of a closed address only with a grant."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from db.row_security import insert_only, own_rows
from placements.row_security import granted_rows

# Who is written to, as a school or a doctor, gives a closed address away as much as the letter does.
NOT_CLOSED = """not exists (
        select from placements_placement placement where placement.id = {0}.placement_id and placement.is_restricted
    ) or """
SERVICE = "placewatch_app, placewatch_worker"
LIST = "placements_correspondent"
# Taken off the list, never changed.
RIGHTS = f"""
revoke update, delete, truncate on {LIST} from {SERVICE};
grant update (removed_at, removed_by) on {LIST} to {SERVICE};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_read_only_and_versioned'),
        ('placements', '0012_places_tried_and_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correspondent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correspondents', to='placements.placement')),
                ('code', models.TextField()),
                ('name', models.TextField(blank=True)),
                ('nobody_because', models.TextField(blank=True)),
                ('channel', models.TextField(blank=True, choices=[('by_hand', 'By hand'), ('post', 'Post'), ('secure_email', 'Secure e-mail'), ('in_product', 'In Placewatch')])),
                ('postal_address', models.TextField(blank=True)),
                ('email', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_by', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['placement'], name='correspondents_of_placement')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('name', ''), _negated=True), models.Q(('channel', ''), _negated=True), ('nobody_because', '')), models.Q(('channel', ''), ('email', ''), ('name', ''), ('postal_address', ''), models.Q(('nobody_because', ''), _negated=True)), _connector='OR'), name='correspondent_is_somebody_or_says_why_nobody'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'post'), _negated=True), models.Q(('postal_address', ''), _negated=True), _connector='OR'), name='correspondent_by_post_has_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'secure_email'), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='correspondent_by_email_has_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', '')), models.Q(('removed_at__isnull', False), models.Q(('removed_by', ''), _negated=True)), _connector='OR'), name='correspondent_removed_at_and_by_together')],
            },
        ),
        migrations.CreateModel(
            name='DecisionAbout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='placements.correspondent')),
                ('withholding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='about', to='placements.withholding')),
                ('is_the_one', models.BooleanField()),
                ('said_at', models.DateTimeField()),
                ('said_by', models.TextField()),
            ],
            options={
                'verbose_name_plural': 'decisions about',
                'constraints': [models.UniqueConstraint(fields=('correspondent', 'withholding'), name='decision_said_once_of_each_person')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='placements.placement')),
                ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='placements.correspondent')),
                ('about', models.TextField(choices=[('placement', 'The placement'), ('new_date', 'A new date of the move'), ('intention', 'That the placement is to end'), ('ended', 'That the placement has ended')])),
                ('reference', models.TextField(unique=True)),
                ('shows_address', models.BooleanField()),
                ('correction', models.TextField(blank=True)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='placements.letter')),
                ('batch', models.UUIDField(default=uuid.uuid4)),
                ('html', models.TextField()),
                ('content', models.BinaryField()),
                ('sha256', models.TextField()),
                ('composed_at', models.DateTimeField()),
                ('composed_by', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['placement', 'composed_at'], name='letters_of_placement'), models.Index(fields=['authority', 'batch'], name='letters_made_at_once')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('supersedes', None), models.Q(('about', 'new_date'), _negated=True)), fields=('correspondent', 'about'), name='letter_written_once'), models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('supersedes', None)), models.Q(('supersedes__isnull', False), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='letter_corrected_says_what')],
            },
        ),
        migrations.CreateModel(
            name='LetterFact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.authority')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='placements.letter')),
                ('fact', models.TextField(choices=[('printed', 'Printed'), ('posted', 'Posted'), ('handed_over', 'Handed over'), ('sent', 'Sent'), ('shown', 'Given in Placewatch')])),
                ('on', models.DateField()),
                ('by', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('letter', 'fact'), name='letter_fact_once')],
                'indexes': [],
            },
        ),
        granted_rows(LIST, only_where=NOT_CLOSED.format(LIST)),
        granted_rows("placements_letter", only_where=NOT_CLOSED.format("placements_letter")),
        *own_rows("placements_decisionabout", "placements_letterfact"),
        *insert_only("placements_letter", "placements_decisionabout", "placements_letterfact"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
