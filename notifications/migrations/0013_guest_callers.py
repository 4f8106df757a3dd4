"""How often somebody knocked in vain from one address: a keyed digest of it, kept for an hour."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0012_received'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuestCaller',
            fields=[
                ('digest', models.TextField(primary_key=True, serialize=False)),
                ('in_vain', models.PositiveIntegerField()),
                ('since', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['since'], name='guest_callers_by_age')],
            },
        ),
    ]
