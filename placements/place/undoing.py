"""What would follow if another area were chosen for a place? The real action, done within a savepoint and taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.acting import Actor
from duties.models import Closing, Duty
from notifications.models import Document
from placements.actions.choose_host import choose_host
from placements.approving import approvals
from placements.models import Approval, Placement
from placements.overlay.trying_out import trying_out
from placements.place import verdicts
from placements.place.verdicts import Judged


@dataclass(frozen=True)
class Followed:
    """What would stand afterwards: the verdict, who must approve anew, what is taken back and sent, which duties change."""

    judged: Judged
    asked: list[Approval]
    taken_back: list[Document]
    sent: list[Document]
    no_longer_owed: list[Duty]
    owed_anew: list[Duty]


def rehearse(*, placement_id, by: Actor, at: datetime, **chosen) -> Followed:
    """Choose the area as `choose_host` would, read what came of it, and take all of it back. Refuses as the action does."""
    with trying_out(by=by, at=at), transaction.atomic():
        placement = choose_host(placement_id=placement_id, **chosen, by=by, at=at)
        followed = _read(placement, at)
        transaction.set_rollback(True)
    return followed


def _read(placement: Placement, at: datetime) -> Followed:
    papers = Document.objects.filter(sender_id=placement.authority_id, subject_id=placement.id)
    papers = papers.select_related("recipient").order_by("composed_at", "id")
    duties = Duty.objects.filter(subject_kind="placement", subject_id=placement.id).order_by("due_on", "kind", "id")
    return Followed(
        judged=verdicts.current(placement),
        asked=list(approvals.current(placement).filter(decision="")),
        taken_back=list(papers.filter(recalled_at=at)),
        sent=list(papers.filter(composed_at=at)),
        no_longer_owed=list(duties.filter(closed_at=at, closing__in=[Closing.NOT_OWED, Closing.REPLACED])),
        owed_anew=list(duties.filter(raised_at=at)),
    )
