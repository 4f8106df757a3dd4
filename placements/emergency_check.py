"""What would follow from an emergency move? The real actions, done and taken back, for an arrival on each day in question."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from accounts.acting import Actor
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Duty
from notifications.models import Document
from placements import endings, queries
from placements.actions.emergencies import FiveAnswers, register_emergency
from placements.actions.placements import start
from placements.models import Placement, Verdict
from placements.overlay import trying_out
from placements.owed import calendar, obligations
from placements.place import verdicts
from placements.rules.finding import Finding

REHEARSED = "Tried out before anything is saved."


@dataclass(frozen=True)
class Followed:
    """What the move would store if the child arrived at an instant: verdict, meaning, duties, what the host is told.

    `shared` is what the authorities around share about the place; None where nobody was asked.
    """

    placement: Placement
    verdict: Verdict
    meaning: tuple[Finding, ...]
    duties: list[Duty]
    notices: list[Document]
    shared: list[dict] | None


def rehearse(answers: FiveAnswers, *, arrives_at: datetime, by: Actor, at: datetime) -> Followed:
    """Register the move, approve and start it within a savepoint, read what came of it, and take all of it back.

    Refuses as the action does. What reg. 11(3) leaves is counted from an approval given now. To be called within
    `trying_out`: what is shared about the place is asked as for any place where no child is placed.
    """
    with transaction.atomic():
        placement = register_emergency(answers, by=by, at=at)
        judged = verdicts.current(placement)
        if answers.arrived_at is None:
            placement = start(
                placement_id=placement.id, started_at=arrives_at, breach_reason=REHEARSED, by=by, at=arrives_at
            )
        if placement.approver_needed:
            left = obligations.after_emergency_approval(
                placement, judged.area, holidays=calendar.holidays(), approved_on=london_date(at)
            )
            raise_duties(left, authority_id=by.authority_id, by=by.name, at=at)
        followed = Followed(
            placement=placement,
            verdict=placement.verdicts.filter(superseded_at=None).select_related("host").get(),
            meaning=verdicts.meaning(placement, judged),
            duties=_duties(placement),
            notices=list(queries.notices_about(placement, may_know=True)),
            shared=trying_out.shared_about(placement),
        )
        transaction.set_rollback(True)
    return followed


def _duties(placement: Placement) -> list[Duty]:
    """What would be owed because of the move, and because every move is an ending too; the soonest first."""
    others = Placement.objects.filter(child_id=placement.child_id).exclude(id=placement.id).values("id")
    of_the_move = Q(subject_id=placement.id) | Q(subject_id__in=others, kind__in=endings.KINDS)
    found = Duty.objects.filter(of_the_move, subject_kind="placement", closed_at=None)
    return sorted(found, key=lambda one: (one.due_on or date.max, one.title))
