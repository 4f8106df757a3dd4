"""An authority sees its own register; a restricted address, and what gives it away, only whoever has a grant."""

from django.db import migrations

from db.row_security import insert_only, own_rows, read_only
from placements.row_security import granted_rows


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [
        *own_rows(
            "placements_child",
            "placements_careperiod",
            "placements_legalstatus",
            "placements_missingepisode",
            "placements_golive",
            "placements_placement",
            "placements_placementevent",
            "placements_toldbefore",
            "placements_placementaddress",
            "placements_addressgrant",
            "placements_return",
            "placements_deliveredheader",
            "placements_episode",
            "placements_deliveredmissing",
            "placements_deliveredunaccompanied",
        ),
        granted_rows("placements_restrictedaddress"),
        granted_rows("placements_restrictedepisode"),
        granted_rows("placements_verdict", only_where="not is_restricted or "),
        granted_rows("placements_screening", only_where="not is_restricted or "),
        *insert_only("placements_placementevent", "placements_screening"),
        *read_only("placements_bankholiday"),
    ]
