"""How do milestones become duties, and what closes them? Level-triggered: each run sets right whatever is not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import LONDON, london_date
from duties import standing
from duties.actions import ask_anew, close_as_met, redate
from duties.exceptions import DutyIsClosed
from duties.models import Basis, Duty
from duties.owed import Owed
from duties.standing import Standing
from leaving_care import facts
from leaving_care.facts import Known
from leaving_care.reading import FROM_THE_RECORD, among
from leaving_care.rules.entitlement import Entitlement, entitlement
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.milestones import milestones, standing_milestones
from leaving_care.rules.over import OLDEST_AGE
from notifications import new_lines
from placements.models import Child
from placements.owed import calendar
from placements.rules.ages import birthday
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
    "plan_ahead_25",
    "settle_status",
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
        in_view = _in_view(on).filter(authority_id=authority_id)
        # Who has the same birthday shares most days: in this order, what was counted once is found again.
        ids = list(in_view.order_by("born_on").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        with acting_for(service(authority_id), purpose=PURPOSE):
            children = list(_asked_for(ids[start : start + BATCH]))
            found = _keep(children, authority_id=authority_id, by="Placewatch", at=at, reason=CHANGED)
            _count_on(found, authority_id, at)
            raised += len(found)
    return raised


@transaction.atomic
def keep(children: Sequence[Child], *, authority_id: UUID, by: str, at: datetime, reason: str = CHANGED) -> int:
    """Raise what stands and is open, close what was met, and close with a reason what no longer stands; how many raised.

    Only what differs from the duties that stand is written; on most days that is next to nothing. Past the 25th
    birthday nothing is raised, and nothing is closed by it.
    """
    return len(_keep(children, authority_id=authority_id, by=by, at=at, reason=reason))


def _keep(children: Sequence[Child], *, authority_id: UUID, by: str, at: datetime, reason: str) -> list[Duty]:
    on, holidays = london_date(at), calendar.holidays()
    born_by = add_months(from_on=on, months=-OLDEST_AGE * 12)
    kept = standing.about(
        [child.id for child in children], authority_id=authority_id, subject_kind="child", kinds=KINDS
    )
    is_left = {key: duty for key, duty in kept.items() if duty.is_open}
    owed: list[Owed] = []
    met: list[tuple[UUID, date]] = []
    known_of = facts.of_children(children, on=on)
    for known in known_of.values():
        # What is open when the duties end stays as it stood on the eve, until somebody does it or says why not.
        asked_on = _eve_of_the_end(known.child) if known.child.born_on <= born_by else on
        for one in standing_milestones(
            circumstances=known.circumstances, recorded=known.recorded, on=asked_on, holidays=holidays
        ):
            key = duty_key(one, known.child)
            duty = kept.get(key)
            is_left.pop(key, None)
            if one.met_on is None:
                if asked_on == on and (duty is None or (duty.is_open and not _says(duty, one))):
                    owed.append(_owed(one, known))
            elif duty is not None and duty.is_open:
                met.append((duty.id, one.met_on))
    for duty_id, met_on in met:
        # Somebody may have closed it while this was worked out.
        with suppress(DutyIsClosed):
            _close_as_met(duty_id, met_on, by=by, at=at)
    for duty in is_left.values():
        known = known_of[duty.subject_id]
        why = entitlement(circumstances=known.circumstances, on=on).findings[0].sentence
        ask_anew([duty.key], wanted=(), authority_id=authority_id, reason=f"{reason} {why}", by=by, at=at)
    return redate(owed, authority_id=authority_id, reason=reason, by=by, at=at)


def _count_on(found: Sequence[Duty], authority_id: UUID, at: datetime) -> None:
    """What nobody was there to see arise is counted for its owner's next e-mail: a number, no name."""
    counts = Counter(duty.owner_id for duty in found if duty.owner_id)
    new_lines.count_on(counts, authority_id=authority_id, at=at)


def milestones_of(known: Known, *, on: date, holidays: Holidays) -> tuple[Entitlement, tuple[Milestone, ...]]:
    """The entitlement of a day, and every milestone that stands on it."""
    return milestones(circumstances=known.circumstances, recorded=known.recorded, on=on, holidays=holidays)


def duty_key(milestone: Milestone, child: Child) -> str:
    """The name of the milestone's duty within the authority."""
    return f"{milestone.key}:{child.id}"


def open_duties(children: Iterable[Child]) -> QuerySet[Duty]:
    """The open leaving-care duties about these young people."""
    return Duty.objects.filter(
        subject_kind="child", subject_id__in=[child.id for child in children], kind__in=KINDS, closed_at=None
    )


def ask_again(child: Child, kinds: Iterable[str], *, done_on: date, reason: str, by: str, at: datetime) -> None:
    """Free the duties that a row had met, once that row is taken back: what they asked for is owed again."""
    evidence = f"{FROM_THE_RECORD} {day_in_words(done_on)}."
    met = Duty.objects.filter(subject_kind="child", subject_id=child.id, kind__in=list(kinds), evidence=evidence)
    keys = list(met.values_list("key", flat=True))
    ask_anew(keys, wanted=keys, authority_id=child.authority_id, reason=reason, by=by, at=at)


def _eve_of_the_end(child: Child) -> date:
    """The day before the 25th birthday."""
    return birthday(date_of_birth=child.born_on, age=OLDEST_AGE).on - timedelta(days=1)


def _says(duty: Standing, milestone: Milestone) -> bool:
    due = milestone.due
    return duty.says(due_on=due.due_on, late_from=due.late_from, working=_working(milestone))


def _close_as_met(duty_id: UUID, met_on: date, *, by: str, at: datetime) -> None:
    done_at = min(at, datetime.combine(met_on, time(12), tzinfo=LONDON))
    close_as_met(duty_id, evidence=f"{FROM_THE_RECORD} {day_in_words(met_on)}.", by=by, at=at, done_at=done_at)


def _working(milestone: Milestone) -> tuple[str, ...]:
    return milestone.due.sentence, *(step.text for step in milestone.due.working)


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
        working=_working(milestone),
        role=Role.LEAVING_CARE_ADVISER,
        owner_id=known.adviser_id,
    )


def _asked_for(ids: Sequence[UUID]) -> QuerySet[Child]:
    children = Child.objects.filter(id__in=among(ids)).order_by("born_on")
    return children.only("authority_id", "reference", "born_on", "is_born_on_estimated")


def _in_view(on: date) -> QuerySet[Child]:
    return Child.objects.filter(
        born_on__gt=add_months(from_on=on, months=-OLDEST_MONTHS),
        born_on__lte=add_months(from_on=on, months=-YOUNGEST_MONTHS),
    )
