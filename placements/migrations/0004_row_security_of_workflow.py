"""An authority sees its own approvals, judgements, concerns and missing reports; assessments are added to only."""

from django.db import migrations

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):
    dependencies = [("placements", "0003_approvals_judgements_missing")]
    operations = [
        *own_rows(
            "placements_approval",
            "placements_careplansupply",
            "placements_careplanversion",
            "placements_telephonetry",
            "placements_withholding",
            "placements_conversation",
            "placements_judgement",
            "placements_concern",
            "placements_concernassessment",
            "placements_missingreport",
        ),
        *insert_only(
            "placements_careplansupply",
            "placements_careplanversion",
            "placements_telephonetry",
            "placements_conversation",
            "placements_concernassessment",
        ),
    ]
