"""Since when has the host been told, asked, and given everything? Told and complete are two dates."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.acting import Actor
from duties.actions import meet
from notifications.models import Document, DocumentFact
from notifications.reached import reached_at, with_ways
from placements.approving import approvals
from placements.models import CarePlanSupply, Placement
from placements.owed.obligations import AFTER_EMERGENCY_APPROVAL
from placements.place import verdicts
from placements.place.verdicts import Judged
from placements.rules.area import State
from placements.rules.notice import must_contain
from placements.telling import care_plans

CONSULTED = f"{AFTER_EMERGENCY_APPROVAL}:area_authority_consulted"
NOTIFIED = f"{AFTER_EMERGENCY_APPROVAL}:area_authority_notified"


@dataclass(frozen=True)
class Standing:
    """When the host was first told of a placement, and when it held all that reg. 13(4) asks for.

    `sent_at` is when that first notice was composed: earlier than told where an e-mail came back in between.
    """

    told_at: datetime | None = None
    complete_at: datetime | None = None
    sent_at: datetime | None = None


def of_notice(placement: Placement, judged: Judged) -> Standing:
    """The two dates of a notice. A recalled one counts for nothing, and neither does one that came back."""
    reached = [(reached_at(one), one) for one in with_ways(_notices(placement, judged))]
    given = sorted(((when, one) for when, one in reached if when), key=lambda pair: pair[0])
    if not given:
        return Standing()
    told_at, sent_at = given[0][0], min(one.composed_at for _, one in given)
    assessed_at = next((when for when, one in given if one.body.get("needs_and_suitability")), None)
    supply = counting_supply(placement, judged, told_at=sent_at)
    complete_at = max(assessed_at, supply.supplied_at) if assessed_at and supply else None
    return Standing(told_at, complete_at, sent_at)


def read_by(placement: Placement, judged: Judged) -> DocumentFact | None:
    """That a person at the host said that they read a notice of it, the first who did; a receipt is not a person."""
    acknowledged = DocumentFact.objects.filter(
        fact=DocumentFact.Fact.ACKNOWLEDGED,
        document__in=_notices(placement, judged),
    )
    return acknowledged.order_by("at").first()


def not_held(placement: Placement, judged: Judged) -> list[str]:
    """What a host that was told must still be given by reg. 13(4)(b), in sentences."""
    sent_at = of_notice(placement, judged).sent_at
    is_assessed = any(one.body.get("needs_and_suitability") for one in _notices(placement, judged))
    is_supplied = counting_supply(placement, judged, told_at=sent_at) is not None
    held = {"assessment_and_reasons": is_assessed, "care_plan": is_supplied}
    return [item.sentence for item in must_contain(area=judged.area) if not held[item.code]]


def _notices(placement: Placement, judged: Judged) -> QuerySet[Document]:
    return Document.objects.filter(
        sender_id=placement.authority_id,
        recipient=judged.host,
        subject_id=placement.id,
        kind=Document.Kind.PLACEMENT_NOTICE,
        recalled_at=None,
    ).order_by("composed_at")


def counting_supply(placement: Placement, judged: Judged, *, told_at: datetime | None) -> CarePlanSupply | None:
    """The supply of the care plan that counts for the notice: with it or after it, at a distance also before (ADR 0017)."""
    supplies = CarePlanSupply.objects.filter(placement=placement, supplied_to=judged.host).order_by("recorded_at")
    if judged.area.state is not State.OUT_OF_AREA_DISTANT:
        supplies = supplies.filter(recorded_at__gte=told_at) if told_at else supplies.none()
    return supplies.first()


def catch_up(placement: Placement, *, by: Actor, at: datetime) -> None:
    """As `meet_what_is_done`, for a placement of which it is not known that it has a host; does nothing without one."""
    judged = verdicts.current(placement)
    if judged is not None and judged.host is not None and judged.area.is_out_of_area:
        meet_what_is_done(placement, judged, by=by, at=at)


def meet_what_is_done(placement: Placement, judged: Judged, *, by: Actor, at: datetime) -> None:
    """Close as met the duties towards the host that its record now answers, each done when its last part was."""
    standing = of_notice(placement, judged)
    host = judged.host_for(placement)
    if standing.complete_at:
        supply = counting_supply(placement, judged, told_at=standing.sent_at)
        evidence = f"{host} holds our assessment and reasons, and version {supply.version} of the care plan."
        _meet(placement, "notice_to_host", evidence, standing.complete_at, by=by, at=at)
    if standing.told_at:
        _meet(placement, NOTIFIED, f"{host} was notified.", standing.told_at, by=by, at=at)
    record = approvals.host_record(placement, judged)
    held = care_plans.supplied(placement, judged.host.id)
    if record.asked_at and held:
        evidence = f"{host} was asked, and given version {held.version} of the care plan."
        _meet(placement, CONSULTED, evidence, max(record.asked_at, _first_supply_at(placement, judged)), by=by, at=at)


def _first_supply_at(placement: Placement, judged: Judged) -> datetime:
    supplies = CarePlanSupply.objects.filter(placement=placement, supplied_to=judged.host)
    return supplies.order_by("supplied_at").first().supplied_at


def _meet(placement: Placement, kind: str, evidence: str, done_at: datetime, *, by: Actor, at: datetime) -> None:
    if placement.is_restricted:
        evidence = "Done: whoever may know the address sees what, and when."
    key = f"{kind}:{placement.id}"
    meet(key, authority_id=placement.authority_id, evidence=evidence, by=by.name, at=at, done_at=done_at)
