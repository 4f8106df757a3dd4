"""How is it recorded that hosts were told before Placewatch? In bulk, with evidence; neither met nor breached."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from placements.exceptions import PlacementNotFound, UnreadableField
from placements.models import ToldBefore
from placements.queries import before_we_began


@transaction.atomic
def state_told_before(
    *, placement_ids: Iterable[UUID], told_on: date, evidence: str, by: Actor, at: datetime
) -> list[ToldBefore]:
    """State that the hosts of these placements were told on a day before Placewatch, with the evidence for it.

    All or none: raises PlacementNotFound where one is not on the list "Before we began".
    """
    policy.require("placements.state_told_before", by.role)
    if not evidence.strip():
        raise UnreadableField("evidence", "Say how you know that the host was told.")
    wanted = set(placement_ids)
    listed = list(before_we_began().filter(id__in=wanted))
    if {placement.id for placement in listed} != wanted:
        raise PlacementNotFound
    stated = ToldBefore.objects.bulk_create(
        ToldBefore(
            authority_id=by.authority_id,
            placement=placement,
            told_on=told_on,
            evidence=evidence.strip(),
            stated_at=at,
            stated_by=by.name,
        )
        for placement in listed
    )
    log.record(operation="placements.state_told_before", subject_kind="placement", subject_ids=sorted(wanted))
    return stated
