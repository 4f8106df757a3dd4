"""Which placements say that a child was in two places at once, and who sorts that out? Each is a duty of practice."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from accounts.roles import Role
from duties.actions import close_as_not_owed, raise_duties
from duties.models import Basis
from duties.owed import Owed

KIND = "disputed_placement"
DISPUTED = """
select derived.placement_id, child.reference, derived.starts_on
from derived join placements_child child on child.id = derived.child_id
where derived.is_disputed and not exists (
    select from duties_duty duty
    where duty.subject_id = derived.placement_id and duty.kind = %s and duty.closed_at is null
)
order by child.reference, derived.starts_on
"""
SETTLED = """
select duty.id from duties_duty duty join placements_placement placement on placement.id = duty.subject_id
where duty.authority_id = %s and duty.kind = %s and duty.closed_at is null
  and (not placement.is_disputed or placement.superseded_at is not null)
"""


def raise_and_close(authority_id: UUID, return_id: UUID, *, by: str, at: datetime) -> None:
    """Raise a duty for each disputed placement of the return; close those that the return has settled."""
    with connection.cursor() as cursor:
        cursor.execute(DISPUTED, [KIND])
        owed = [_owed(return_id, *row) for row in cursor.fetchall()]
        cursor.execute(SETTLED, [authority_id, KIND])
        settled = [row[0] for row in cursor.fetchall()]
    raise_duties(owed, authority_id=authority_id, by=by, at=at)
    for duty_id in settled:
        close_as_not_owed(duty_id, reason="The return no longer says that the child was in two places.", by=by, at=at)


def _owed(return_id: UUID, placement_id: UUID, reference: str, starts_on: date) -> Owed:
    return Owed(
        key=f"{KIND}:{placement_id}:{return_id}",
        kind=KIND,
        title=f"Say where the child was: the return has two places at once, one of them from {starts_on:%d/%m/%Y}",
        basis=Basis.PRACTICE,
        citation="ADR 0009: overlapping episodes of a return",
        subject_kind="placement",
        subject_id=placement_id,
        subject_reference=reference,
        role=Role.PLACEMENT_OFFICER,
    )
