"""Who reads a row that may give away a restricted address? The operation by which a migration asks for a named grant."""

from django.db import migrations

from db.row_security import OWN, forced

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
