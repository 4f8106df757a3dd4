"""An authority sees its own young people's rows; a local offer is published, so every authority reads it."""

from django.db import migrations

from db.row_security import OWN, forced, own_rows


class Migration(migrations.Migration):
    dependencies = [("leaving_care", "0001_tables"), ("db", "0001_clock_and_context")]
    operations = [
        *own_rows(
            "leaving_care_circumstance",
            "leaving_care_advising",
            "leaving_care_step",
            "leaving_care_returnanswer",
            "leaving_care_feedkey",
            "leaving_care_home",
            "leaving_care_handover",
            "leaving_care_handoverpart",
            "leaving_care_telling",
        ),
        forced("leaving_care_localoffer", using="current_authority() is not null", check=OWN),
    ]
