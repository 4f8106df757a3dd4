"""By when is a child visited next in this placement, and the case reviewed next? Days only: no case is managed here."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.roles import Role
from db.clock import LONDON, london_date
from duties.actions import close_as_not_owed
from duties.models import Basis, Duty
from duties.owed import Owed
from placements.models import CarePeriod, Child, LegalStatus, Placement, Turn
from placements.overlay.screening import last_birthday_of_an_adult
from placements.owed import calendar, owing, unreadable
from placements.owed.grounds import Grounds
from placements.rules.ages import birthday
from placements.rules.due_dates import Clock
from placements.rules.finding import DueDate
from placements.rules.instruments import care_planning
from placements.rules.periods_of_care import SHORT_BREAK_STATUSES
from placements.rules.placement_facts import PlacementFacts
from placements.rules.reviews import review_clocks
from placements.rules.visits import Living, VisitFacts, visit_clocks
from placements.rules.working_days import Holidays

ADULT = 18
FIRST_VISIT, VISIT, REVIEW = "first_visit", "visit", "review"
INTERIM_CARE_ORDER, CARE_ORDER = "C1", "C2"


def noon_of(on: date, at: datetime) -> datetime:
    """Noon of a day whose hour nobody gave; never later than now."""
    return min(datetime.combine(on, time(12), tzinfo=LONDON), at)


def visits_owed(found: Grounds, known: PlacementFacts, *, holidays: Holidays) -> list[Owed]:
    """The next visit of reg. 28: the first within a week of the start, each later one counted from the last.

    Later ones stop with the placement and at 18; a first visit that was never made stays owed.
    """
    placement, done = found.placement, found.visited_on
    if placement.starts_on is None or (done and placement.status != Placement.Status.STARTED):
        return []
    visit = VisitFacts(
        starts_on=placement.starts_on,
        living=_living(placement, known),
        is_meant_to_last_to_18=placement.care_is_meant_to_last_to_18,
        first_review_on=found.first_review_on,
        visited_on=done,
    )
    clocks = owing.counted(lambda: visit_clocks(facts=visit, holidays=holidays))
    if clocks is None:
        title, citation = "Visit the child for the first time in this placement", str(care_planning("reg. 28"))
        return [owing.owed(placement, FIRST_VISIT, title, Basis.LAW, citation, working=owing.BEYOND_THE_TABLE)]
    return _next_visit(placement, clocks)


def close_at_the_end(placement: Placement, *, by: str, at: datetime) -> None:
    """No later visit is owed from the day on which the child left; one that was late by then stays so."""
    ahead = Duty.objects.filter(subject_id=placement.id, kind=VISIT, closed_at=None, late_from__gt=placement.ends_on)
    for duty in ahead:
        close_as_not_owed(duty.id, reason="The child does not live there any more.", by=by, at=at)


def reviews_owed(
    child: Child, period: CarePeriod, reviewed_on: Sequence[date], *, is_in_short_breaks: bool, holidays: Holidays
) -> list[Owed]:
    """The next review of reg. 33 in this time of being looked after; none in short breaks, nor from 18 on.

    A first review that was due before the child stood in this register is history that nobody told us: the clock then
    runs from the first review that is recorded.
    """
    done = sorted(on for on in reviewed_on if on >= period.starts_on)
    clocks = owing.counted(
        lambda: review_clocks(looked_after_since=period.starts_on, reviewed_on=done, holidays=holidays)
    )
    if clocks is None or is_in_short_breaks:
        return []
    due = clocks[-1].due
    is_history = not done and due.due_on < london_date(child.recorded_at)
    if is_history or _is_adult_by(child, due):
        return []
    return [
        Owed(
            key=f"{REVIEW}:{child.id}:{(done[-1] if done else period.starts_on).isoformat()}",
            kind=REVIEW,
            title="Review the child’s case" + ("" if done else " for the first time"),
            basis=Basis(due.basis.value),
            citation=str(due.citation),
            subject_kind="child",
            subject_id=child.id,
            subject_reference=child.reference,
            due_on=due.due_on,
            late_from=due.late_from,
            working=owing.said(due),
            role=Role.SOCIAL_WORKER,
        )
    ]


def reviews_of(child: Child) -> list[Owed]:
    """The next review of one child; nothing where no time of being looked after runs."""
    return [one for _, work_out in _reviews([child]) for one in work_out()]


def reviews_of_authority(authority_id: UUID, *, at: datetime) -> list[Owed]:
    """The next review of every child who is looked after, a few questions for all.

    A child of whom that cannot be worked out becomes a person's task.
    """
    born_after = last_birthday_of_an_adult(london_date(at))
    running = CarePeriod.objects.filter(child=OuterRef("pk"), ends_on=None)
    children = Child.objects.filter(Exists(running), authority_id=authority_id, born_on__gt=born_after)
    wanted: list[Owed] = []
    for child, work_out in _reviews(list(children)):
        try:
            wanted += work_out()
        except Exception:
            unreadable.ask_about_child(child, doing="working out the next review", at=at)
    return wanted


def _reviews(children: Sequence[Child]) -> Iterator[tuple[Child, Callable[[], list[Owed]]]]:
    """Each child in whose life a time of being looked after runs, with how its next review is worked out."""
    holidays = calendar.holidays()
    periods = CarePeriod.objects.filter(child__in=children, ends_on=None)
    period_of = {period.child_id: period for period in periods}
    done = defaultdict(list)
    reviews = Turn.objects.filter(child__in=children, what=Turn.What.REVIEW, taken_back_at=None)
    for child_id, on in reviews.values_list("child_id", "done_on"):
        done[child_id].append(on)
    breaks = LegalStatus.objects.filter(child__in=children, ends_on=None, code__in=SHORT_BREAK_STATUSES)
    in_breaks = set(breaks.values_list("child_id", flat=True))
    for child in children:
        if child.id in period_of:
            about = {"is_in_short_breaks": child.id in in_breaks, "holidays": holidays}
            yield child, partial(reviews_owed, child, period_of[child.id], done[child.id], **about)


def _next_visit(placement: Placement, clocks: Sequence[Clock]) -> list[Owed]:
    if not clocks:
        return []
    due, last_on = clocks[-1].due, clocks[-2].done_on if len(clocks) > 1 else None
    if last_on is None:
        title = "Visit the child for the first time in this placement"
        return [owing.by_a_day(placement, FIRST_VISIT, title, due)]
    if _is_adult_by(placement.child, due):
        return []
    title, key = "Visit the child again in this placement", f"{VISIT}:{placement.id}:{last_on.isoformat()}"
    return [owing.by_a_day(placement, VISIT, title, due, key=key)]


def _is_adult_by(child: Child, due: DueDate) -> bool:
    return due.due_on is not None and due.due_on >= birthday(date_of_birth=child.born_on, age=ADULT).on


def _living(placement: Placement, known: PlacementFacts) -> Living:
    if not known.is_with_parents:
        return Living.ORDINARY
    at_home = {INTERIM_CARE_ORDER: Living.PARENTS_INTERIM_ORDER, CARE_ORDER: Living.PARENTS_CARE_ORDER}
    return at_home.get(placement.legal_status, Living.ORDINARY)
