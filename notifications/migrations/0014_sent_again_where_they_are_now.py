"""What is sent again goes to where its recipient takes notices now."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("notifications", "0013_guest_callers")]

    operations = [
        definer(
            "replay_envelope.sql",
            "replay_envelope(uuid, text, text)",
            instead_of="replay_envelope(uuid, text)",
        )
    ]
