"""What is sent again goes to no address to which the document goes already."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("notifications", "0016_contact_from_a_day")]

    operations = [definer("replay_envelope.sql", "replay_envelope(uuid, text, text)")]
