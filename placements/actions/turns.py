"""How is a visit or a review recorded, in one short answer, and taken back where it was a mistake?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import ask_anew, close_as_met, raise_duties
from duties.models import Duty
from duties.owed import Owed
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import ChildNotFound, TurnNotFound, UnreadableField
from placements.models import CarePeriod, Child, Placement, Turn
from placements.owed import calendar, facts, grounds, turns
from placements.rules.written_dates import day_in_words

VISITED = (Placement.Status.STARTED, Placement.Status.ENDED)


@transaction.atomic
def record_visit(*, placement_id: UUID, visited_on: date, visited_by: str, by: Actor, at: datetime) -> Turn:
    """Record on which day, and by whom, a child was visited where it lives: it meets what was owed, and the next follows.

    A visit recorded after a later one changes no clock. Raises NotPermitted, PlacementNotFound, UnreadableField.
    """
    policy.require("visits.record", by.role)
    placement = locked(placement_id, None, by)
    if placement.status not in VISITED:
        raise UnreadableField("visited_on", "The child does not live there yet: record the start first.")
    if visited_on < placement.starts_on or (placement.ends_on and visited_on > placement.ends_on):
        lived = f"from {day_in_words(placement.starts_on)}"
        lived += f" to {day_in_words(placement.ends_on)}" if placement.ends_on else ""
        raise UnreadableField("visited_on", f"The child lived there {lived}: give a day of that time.")
    earlier = grounds.of(placement, None).visited_on
    made = _make(placement.child, Turn.What.VISIT, visited_on, visited_by, placement=placement, by=by, at=at)
    if not earlier or visited_on > earlier[-1]:
        _meet(placement.id, (turns.FIRST_VISIT, turns.VISIT), made, by=by, at=at)
    _raise(_visits_owed(placement), by=by, at=at)
    write_event(placement, f"Visited by {made.done_by}", turns.noon_of(visited_on, at), by=by, at=at)
    return made


@transaction.atomic
def record_review(*, child_id: UUID, reviewed_on: date, reviewed_by: str, by: Actor, at: datetime) -> Turn:
    """Record on which day a child's case was reviewed, and by whom. Raises NotPermitted, ChildNotFound, UnreadableField."""
    policy.require("reviews.record", by.role)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    if not CarePeriod.objects.filter(child=child, starts_on__lte=reviewed_on).exclude(ends_on__lt=reviewed_on).exists():
        raise UnreadableField("reviewed_on", "No time of being looked after is recorded in which this day lies.")
    before = Turn.objects.filter(child=child, what=Turn.What.REVIEW, taken_back_at=None, done_on__gte=reviewed_on)
    is_latest = not before.exists()
    made = _make(child, Turn.What.REVIEW, reviewed_on, reviewed_by, by=by, at=at)
    if is_latest:
        _meet(child.id, (turns.REVIEW,), made, by=by, at=at)
    _raise(turns.reviews_of(child), by=by, at=at)
    return made


@transaction.atomic
def take_back(*, turn_id: UUID, reason: str, by: Actor, at: datetime) -> Turn:
    """Take back a visit or a review that was recorded by mistake: what it met is owed again, on the day it was owed.

    Raises NotPermitted, TurnNotFound, UnreadableField.
    """
    policy.require("turns.take_back", by.role)
    found = (
        Turn.objects.select_for_update(of=("self",))
        .select_related("child", "placement__child")
        .filter(authority_id=by.authority_id, id=turn_id, taken_back_at=None)
        .first()
    )
    if found is None:
        raise TurnNotFound
    if not reason.strip():
        raise UnreadableField("reason", "Say why it is taken back.")
    found.taken_back_at, found.taken_back_by, found.taken_back_why = at, by.name, reason.strip()
    found.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    log.record(operation="turns.take_back", subject_kind="child", subject_ids=[found.child_id, found.id])
    if found.placement:
        write_event(found.placement, "A visit was taken back", at, by=by, at=at, words=found.taken_back_why)
        wanted, subject, kinds = _visits_owed(found.placement), found.placement_id, (turns.FIRST_VISIT, turns.VISIT)
    else:
        wanted, subject, kinds = turns.reviews_of(found.child), found.child_id, (turns.REVIEW,)
    _ask_again(wanted, subject, kinds, f"Taken back: {found.taken_back_why}", by=by, at=at)
    return found


def _make(
    child: Child,
    what: Turn.What,
    done_on: date,
    done_by: str,
    *,
    placement: Placement | None = None,
    by: Actor,
    at: datetime,
) -> Turn:
    field = "visited" if what == Turn.What.VISIT else "reviewed"
    if done_on > london_date(at):
        raise UnreadableField(f"{field}_on", "A day that lies ahead cannot be recorded yet.")
    if not done_by.strip():
        raise UnreadableField(f"{field}_by", "Say by whom.")
    if Turn.objects.filter(child=child, what=what, done_on=done_on, taken_back_at=None).exists():
        raise UnreadableField(f"{field}_on", f"A {what} on {day_in_words(done_on)} is recorded already.")
    made = Turn.objects.create(
        authority_id=by.authority_id,
        child=child,
        placement=placement,
        what=what,
        done_on=done_on,
        done_by=done_by.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation=f"{what}s.record", subject_kind="child", subject_ids=[child.id, made.id])
    return made


def _visits_owed(placement: Placement) -> list[Owed]:
    found = grounds.of(placement, None)
    return turns.visits_owed(found, facts.of_placement(placement), holidays=calendar.holidays())


def _meet(subject_id: UUID, kinds: tuple[str, ...], done: Turn, *, by: Actor, at: datetime) -> None:
    evidence = f"{done.get_what_display()} on {day_in_words(done.done_on)}, by {done.done_by}."
    for duty in Duty.objects.filter(subject_id=subject_id, kind__in=kinds, closed_at=None):
        close_as_met(duty.id, evidence=evidence, by=by.name, at=at, done_at=turns.noon_of(done.done_on, at))


def _raise(wanted: list[Owed], *, by: Actor, at: datetime) -> None:
    raise_duties(wanted, authority_id=by.authority_id, by=by.name, at=at)


def _ask_again(
    wanted: list[Owed], subject_id: UUID, kinds: tuple[str, ...], reason: str, *, by: Actor, at: datetime
) -> None:
    """What is owed now is owed openly, whatever was met by what was taken back; what followed from that is not owed."""
    keys = {one.key for one in wanted}
    about = Duty.objects.filter(subject_id=subject_id, kind__in=kinds)
    stale = set(about.filter(closed_at=None).exclude(key__in=keys).values_list("key", flat=True))
    met = set(about.filter(closed_at__isnull=False, key__in=keys).values_list("key", flat=True))
    ask_anew(stale | met, wanted=(), authority_id=by.authority_id, reason=reason, by=by.name, at=at)
    _raise(wanted, by=by, at=at)
