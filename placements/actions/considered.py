"""How is it recorded which places were asked and why not, and what there is for an approver to be satisfied of?"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from placements.actions.approvals import to_decide
from placements.actions.placements import locked
from placements.approving import approvals
from placements.events import write_event
from placements.exceptions import UnreadableField
from placements.models import Approval, GatheredEvidence, PlaceTried
from placements.rules.satisfied_of import READ_FROM_THE_RECORD, Answer


@transaction.atomic
def record_place_tried(
    *, placement_id: UUID, place: str, why_not: str, asked_on: date | None = None, by: Actor, at: datetime
) -> PlaceTried:
    """Record that a place was asked before this one and why it was not that: for ourselves, never told to a host.

    Raises NotPermitted, PlacementNotFound, UnreadableField (no place, no reason, a day that lies ahead).
    """
    policy.require("places_tried.record", by.role)
    placement = locked(placement_id, None, by)
    for name, given, sentence in (
        ("place", place, "Say which place was asked, or who was asked for one."),
        ("why_not", why_not, "Say why it was not that place; “no bed” will do."),
    ):
        if not given.strip():
            raise UnreadableField(name, sentence)
    if asked_on is not None and asked_on > london_date(at):
        raise UnreadableField("asked_on", "A place that is to be asked later cannot be recorded as asked.")
    made = PlaceTried.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        place=place.strip(),
        why_not=why_not.strip(),
        asked_on=asked_on,
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation="places_tried.record", subject_kind="placement", subject_ids=[placement.id])
    return made


@transaction.atomic
def gather(*, approval_id: UUID, answers: Mapping[str, Answer], by: Actor, at: datetime) -> Approval:
    """Write down evidence, or the reason why there is none, for what the approver must be satisfied of; item by item.

    An item that is not named stays as it is; what was written before is kept, superseded. Raises NotPermitted,
    ApprovalNotFound, DecidedAlready, InvalidTransition (the plan is off), UnreadableField (an item that this approval
    does not ask for, evidence where only the record can show it, evidence and a reason at once), KeptClosed.
    """
    policy.require("approvals.gather", by.role)
    approval = to_decide(approval_id, "approved", by)
    wanted = {one.requirement.code: one.requirement for one in approvals.items(approval, {}, at=at)}
    before = approvals.gathered(approval, at=at)
    for code, answer in answers.items():
        if code not in wanted:
            raise UnreadableField("answers", f"This approval does not ask for “{code}”.")
        _check(code, answer)
        held = before.get(code)
        if not (answer.evidence.strip() or answer.reason.strip()) or (held and _says(held, answer)):
            continue
        _keep(approval, code, answer, by=by, at=at)
        what = "Evidence" if answer.evidence.strip() else "A reason why there is no evidence"
        write_event(approval.placement, f"{what} was written down: {wanted[code].sentence}", at, by=by, at=at)
    log.record(operation="approvals.gather", subject_kind="approval", subject_ids=[approval.id])
    return approval


def _check(code: str, answer: Answer) -> None:
    if answer.evidence.strip() and answer.reason.strip():
        raise UnreadableField(f"reason_{code}", "Write the evidence, or the reason why there is none: not both.")
    if answer.evidence.strip() and code in READ_FROM_THE_RECORD:
        raise UnreadableField(
            f"reason_{code}", "Only the record shows this: ask the host, or write the reason why not."
        )


def _says(held: GatheredEvidence, answer: Answer) -> bool:
    return (held.evidence, held.reason) == (answer.evidence.strip(), answer.reason.strip())


def _keep(approval: Approval, code: str, answer: Answer, *, by: Actor, at: datetime) -> None:
    approval.gathered.filter(code=code, superseded_at=None).update(superseded_at=at)
    GatheredEvidence.objects.create(
        authority_id=approval.authority_id,
        approval=approval,
        code=code,
        evidence=answer.evidence.strip(),
        reason=answer.reason.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
