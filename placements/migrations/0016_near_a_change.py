"""Whose open placements lie near an area that changed? Two functions for the worker, and what their role may read."""

from django.db import migrations

from db.definers import definer
from db.row_security import also_for

READ_BY_THE_RECHECK = ["placements_placement", "placements_placementaddress"]
RIGHTS = """
grant select (id, authority_id, status, superseded_at, screening_wanted, is_restricted)
    on placements_placement to placewatch_recheck;
grant select (placement_id, point) on placements_placementaddress to placewatch_recheck;
"""
NO_RIGHTS = "revoke select on placements_placement, placements_placementaddress from placewatch_recheck"


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0005_changes"), ("placements", "0015_rechecks")]
    operations = [
        *also_for("placewatch_recheck", *READ_BY_THE_RECHECK),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        definer("placements_near.sql", "placements_near(uuid[], integer)"),
        definer("changes_reach.sql", "changes_reach(uuid[], double precision[], double precision[], integer)"),
    ]
