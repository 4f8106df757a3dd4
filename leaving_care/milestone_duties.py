"""How do milestones become duties, and what closes them? Level-triggered: each run sets right whatever is not."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import LONDON, london_date
from duties.actions import ask_anew, close_as_met, redate
from duties.models import Basis, Duty
from duties.owed import Owed
from leaving_care import facts
from leaving_care.facts import Known
from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.milestones import milestones
from placements import calendar
from placements.models import Child
from placements.rules.calendar_months import add_months
from placements.rules.working_days import Holidays
from placements.rules.written_dates import day_in_words

BATCH = 1_000
PURPOSE = "sweep of leaving care"
OLDEST_MONTHS = 26 * 12
YOUNGEST_MONTHS = 15 * 12
KINDS = (
    "plan_ahead_16",
    "thirteen_weeks_watch",
    "personal_adviser",
    "needs_assessment",
    "pathway_plan",
    "relevant_assessment",
    "pathway_review",
    "plan_ahead_18",
    "staying_put",
    "who_provides",
    "return_contact",
    "offer_of_support",
    "tell_authority",
    "tell_left",
    "home_visit",
    "home_review",
)
CHANGED = "What it was counted from has changed."


def keep_all(authority_id: UUID, *, at: datetime) -> int:
    """Bring the leaving-care duties of one authority's young people up to date; returns how many were raised.

    Whatever happened while nothing ran is caught up, once each: a duty's key is its name for good.
    """
    on = london_date(at)
    raised = 0
    with acting_for(service(authority_id), purpose=PURPOSE):
        ids = list(_in_view(on).filter(authority_id=authority_id).values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        with acting_for(service(authority_id), purpose=PURPOSE):
            children = list(Child.objects.filter(id__in=ids[start : start + BATCH]))
            raised += keep(children, authority_id=authority_id, by="Placewatch", at=at)
    return raised


@transaction.atomic
def keep(children: Sequence[Child], *, authority_id: UUID, by: str, at: datetime, reason: str = CHANGED) -> int:
    """Raise what stands and is open, close what was met, and close with a reason what no longer stands."""
    on, holidays = london_date(at), calendar.holidays()
    standing: dict[str, Milestone] = {}
    owed: list[Owed] = []
    why_gone: dict[UUID, str] = {}
    for known in facts.of_children(children, on=on).values():
        answer, found = milestones_of(known, on=on, holidays=holidays)
        why_gone[known.child.id] = f"{reason} {answer.findings[0].sentence}"
        for one in found:
            key = duty_key(one, known.child)
            standing[key] = one
            if one.met_on is None:
                owed.append(_owed(one, known))
    _close(children, standing, why_gone, by=by, at=at)
    return len(redate(owed, authority_id=authority_id, reason=reason, by=by, at=at))


def milestones_of(known: Known, *, on: date, holidays: Holidays) -> tuple[Entitlement, tuple[Milestone, ...]]:
    """The entitlement of a day, and every milestone that stands on it."""
    return milestones(circumstances=known.circumstances, recorded=known.recorded, on=on, holidays=holidays)


def duty_key(milestone: Milestone, child: Child) -> str:
    """The name of the milestone's duty within the authority."""
    return f"{milestone.key}:{child.id}"


def open_duties(children: Iterable[Child]):
    """The open leaving-care duties about these young people."""
    return Duty.objects.filter(
        subject_kind="child", subject_id__in=[child.id for child in children], kind__in=KINDS, closed_at=None
    )


def ask_again(child: Child, kinds: Iterable[str], *, done_on: date, reason: str, by: str, at: datetime) -> None:
    """Free the duties that a row had met, once that row is taken back: what they asked for is owed again."""
    evidence = f"{facts.FROM_THE_RECORD} {day_in_words(done_on)}."
    met = Duty.objects.filter(subject_kind="child", subject_id=child.id, kind__in=list(kinds), evidence=evidence)
    keys = list(met.values_list("key", flat=True))
    ask_anew(keys, wanted=keys, authority_id=child.authority_id, reason=reason, by=by, at=at)


def _close(
    children: Sequence[Child],
    standing: dict[str, Milestone],
    why_gone: dict[UUID, str],
    *,
    by: str,
    at: datetime,
) -> None:
    for duty in open_duties(children):
        milestone = standing.get(duty.key)
        if milestone is None:
            ask_anew(
                [duty.key],
                wanted=(),
                authority_id=duty.authority_id,
                reason=why_gone[duty.subject_id],
                by=by,
                at=at,
            )
        elif milestone.met_on is not None:
            done_at = min(at, datetime.combine(milestone.met_on, time(12), tzinfo=LONDON))
            evidence = f"{facts.FROM_THE_RECORD} {day_in_words(milestone.met_on)}."
            close_as_met(duty.id, evidence=evidence, by=by, at=at, done_at=done_at)


def _owed(milestone: Milestone, known: Known) -> Owed:
    due = milestone.due
    return Owed(
        key=duty_key(milestone, known.child),
        kind=milestone.kind,
        title=milestone.title,
        basis=Basis(due.basis.value),
        citation=str(due.citation),
        subject_kind="child",
        subject_id=known.child.id,
        subject_reference=known.child.reference,
        due_on=due.due_on,
        late_from=due.late_from,
        working=(due.sentence, *(step.text for step in due.working)),
        role=Role.LEAVING_CARE_ADVISER,
        owner_id=known.adviser_id,
    )


def _in_view(on: date):
    return Child.objects.filter(
        born_on__gt=add_months(from_on=on, months=-OLDEST_MONTHS),
        born_on__lte=add_months(from_on=on, months=-YOUNGEST_MONTHS),
    )
