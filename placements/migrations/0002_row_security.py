"""An authority sees its own register; a restricted address, and what gives it away, only whoever has a grant."""

from django.db import migrations

from db.row_security import OWN, forced, insert_only, own_rows, read_only

GRANTED = """
    acting_as_operator() or exists (
        select from placements_addressgrant address_grant
        where address_grant.placement_id = {table}.placement_id
          and address_grant.person_id = current_person()
          and address_grant.starts_at <= placewatch_now()
          and (address_grant.ends_at is null or placewatch_now() < address_grant.ends_at)
    )
"""


def granted_rows(table: str, *, only_where: str = "") -> migrations.RunSQL:
    """Own rows, and of the restricted ones those with a grant; anybody of the authority may write one."""
    granted = GRANTED.format(table=table)
    return forced(table, using=f"{OWN} and ({only_where}{granted})", check=OWN)


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
