"""How is it answered whether hosts were told before Placewatch? In bulk: told, with evidence, neither met nor breached; or
no trace is found, and what was owed then is owed still, and late as a fact.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from duties.actions import raise_duties
from placements.actions.placements import locked, save
from placements.approving import approvals
from placements.events import write_event
from placements.exceptions import PlacementNotFound, UnreadableField
from placements.go_live import NO_TRACE
from placements.models import Placement, ToldBefore
from placements.owed import calendar, obligations
from placements.place import verdicts
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
    listed = list(before_we_began().filter(authority_id=by.authority_id, id__in=wanted))
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


@transaction.atomic
def say_no_trace(*, placement_ids: Iterable[UUID], is_emergency: bool, by: Actor, at: datetime) -> list[Placement]:
    """Say that no trace is found that these hosts were told, and whether the placements were made in an emergency.

    Complete notice and approval are then owed as for any other placement, from the days on which they were: late, where
    those have gone by. All or none: raises NotPermitted, PlacementNotFound where one is not on the list.
    """
    policy.require("placements.state_told_before", by.role)
    wanted = set(placement_ids)
    listed = list(before_we_began().filter(authority_id=by.authority_id, id__in=wanted))
    if {placement.id for placement in listed} != wanted:
        raise PlacementNotFound
    return [_count(locked(placement.id, None, by), is_emergency, by=by, at=at) for placement in listed]


def _count(placement: Placement, is_emergency: bool, *, by: Actor, at: datetime) -> Placement:
    """Let the law's days run for a placement that began before go-live."""
    placement.is_emergency = is_emergency
    judged = verdicts.current(placement)
    if approvals.request(placement, judged, by=by.name, at=at):
        placement.breach_reason = "It began before Placewatch, and no approval is recorded here."
    save(placement)
    manner = "in an emergency" if is_emergency else "planned"
    write_event(placement, NO_TRACE, at, by=by, at=at, words=f"It was {manner}: what was owed then is owed.")
    owed = obligations.of_placement(placement, judged.area, holidays=calendar.holidays())
    counted = [one for one in owed if one.kind == "notice_to_host" or one.kind.startswith("approval_by_")]
    raise_duties(counted, authority_id=placement.authority_id, by=by.name, at=at)
    return placement
