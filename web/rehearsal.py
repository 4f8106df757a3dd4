"""What would happen if this move were registered? The real action, done and taken back, so that the check page is exact."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.acting import Actor
from duties.board import about
from duties.models import Duty
from notifications.models import Document
from placements import queries
from placements.actions.placements import propose, record_emergency_start, start
from placements.approving import approvals
from placements.models import Approval, Child, Placement, Verdict
from placements.overlay import trying_out
from placements.place import verdicts
from placements.rules.approval import Requirement
from placements.rules.finding import Finding
from web.forms.move import MoveForm


@dataclass(frozen=True)
class Rehearsal:
    """What the move would store: its verdict, the approvals and duties that it gives rise to, and what would be sent.

    `shared` is what the authorities around share about the place; None where nobody was asked.
    """

    placement: Placement
    verdict: Verdict | None
    meaning: tuple[Finding, ...]
    approvals: list[tuple[Approval, tuple[Requirement, ...]]]
    duties: list[Duty]
    notices: list[Document]
    shared: list[dict] | None


def rehearse(*, form: MoveForm, child: Child, by: Actor, at: datetime) -> Rehearsal:
    """Register the move within a savepoint, read what came of it, and take all of it back. Refuses as the action does.

    To be called within `trying_out`: what is shared about the place is asked as for any place where no child is placed.
    """
    with transaction.atomic():
        placement = register(form=form, child=child, by=by, at=at)
        judged = verdicts.current(placement)
        seen = Rehearsal(
            placement=placement,
            verdict=placement.verdicts.filter(superseded_at=None).select_related("host").first(),
            meaning=verdicts.meaning(placement, judged) if judged else (),
            approvals=[(one, approvals.requirements_of(one, judged)) for one in approvals.current(placement)],
            duties=list(about("placement", placement.id)),
            notices=list(queries.notices_about(placement, may_know=True)),
            shared=trying_out.shared_about(placement),
        )
        transaction.set_rollback(True)
    return seen


@transaction.atomic
def register(*, form: MoveForm, child: Child, by: Actor, at: datetime) -> Placement:
    """Register the move as the form says: planned, planned and recorded late, or as an emergency that has happened."""
    if form.is_emergency:
        return record_emergency_start(child_id=child.id, started_at=form.started_at, **form.details, by=by, at=at)
    starts_on = form.cleaned_data["starts_on"]
    placement = propose(child_id=child.id, planned_start_on=starts_on, **form.details_of_a_plan, by=by, at=at)
    if not form.has_happened:
        return placement
    reason = form.cleaned_data["why_not_before"]
    return start(placement_id=placement.id, started_at=form.started_at, breach_reason=reason, by=by, at=at)
