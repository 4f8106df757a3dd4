"""An owner sees its hotspots; nobody else reads a row of them. What a partner is told comes from a definer function."""

from django.db import migrations

from db.row_security import ADDRESSED, forced, insert_only, own_rows


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [
        *own_rows("hotspots_hotspot", "hotspots_version", "hotspots_share"),
        forced(
            "hotspots_agreement",
            using="current_authority() in (authority_id, partner_id)",
            check="authority_id = current_authority()",
        ),
        # What an authority says of its own sharing is said to all.
        forced("hotspots_coverage", using="true", check="authority_id = current_authority()"),
        # Written by the reader's transaction, seen by both.
        forced("hotspots_disclosure", using=ADDRESSED, check="recipient_id = current_authority()"),
        *insert_only("hotspots_disclosure"),
    ]
