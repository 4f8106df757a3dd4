"""Which placements lay out of area in a period, as the register knew them at an instant?

A start and an end that a person recorded count from when they were recorded. What a return told is dated as the
return: its rows keep no history of their own, so a later return that ends a placement is read in an earlier question
too (docs/adr/0050).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from uuid import UUID

from django.db.models import Q, QuerySet

from db.clock import london_date
from geo.models import Authority
from placements.models import Amendment, Child, Placement, PlacementEvent, ToldBefore, Verdict
from placements.owed import facts
from placements.pack.question import Question
from placements.pack.table import Cell, Row
from placements.place import amendments, places
from placements.place.places import Place
from placements.rules.area import State

OUT_OF_AREA = frozenset({State.OUT_OF_AREA_ADJOINING, State.OUT_OF_AREA_DISTANT})
STARTED, STARTED_IN_AN_EMERGENCY, ENDED = "Started", "Recorded as an emergency start", "Ended"
ABOUT = "child placement began_on"
MOVES = (STARTED, STARTED_IN_AN_EMERGENCY, ENDED)


class Group(Enum):
    """On which list of the pack a placement stands; none of them says anything of a child."""

    OUT_OF_AREA = auto()
    SHORT_BREAK = auto()
    CANNOT_TELL = auto()
    IN_AREA = auto()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A placement as it was known at an instant. `host` is None for a closed address: that is never told."""

    placement: Placement
    starts_on: date | None
    started_at: datetime | None
    ends_on: date | None
    ended_at: datetime | None
    group: Group
    verdict: Verdict | None
    told_before: ToldBefore | None

    @property
    def child(self) -> Child:
        return self.placement.child

    @property
    def is_closed(self) -> bool:
        """Whether address, distance and host stay out of every file."""
        return self.placement.is_restricted

    @property
    def host(self) -> Authority | None:
        return self.verdict.host if self.verdict and not self.is_closed else None

    def row(self, *cells: Cell) -> Row:
        """A row about this placement: under the columns of ABOUT, then the given ones."""
        return Row(self.child.id, (self.child.reference, self.placement.id, self.starts_on, *cells), self.placement.id)

    def was_open_in(self, question: Question) -> bool:
        """Whether the child lived there on a day of the period; the day of an ending counts."""
        has_begun = self.starts_on is not None and self.starts_on <= question.ends_on
        return has_begun and (self.ends_on is None or self.ends_on >= question.starts_on)


def recorded_by(as_at: datetime) -> Q:
    """What was recorded up to an instant and not superseded by then."""
    return Q(recorded_at__lte=as_at) & (Q(superseded_at=None) | Q(superseded_at__gt=as_at))


def of_period(question: Question) -> list[Entry]:
    """The placements that were open in the period, by the child's reference and the day on which they began."""
    rows = Placement.objects.filter(
        Q(starts_on__lte=question.ends_on) | Q(amendments__recorded_at__gt=question.as_at),
        authority_id=question.authority.id,
    ).distinct()
    return [one for one in _entries(rows, question.as_at) if one.was_open_in(question)]


def of_children(children: Collection[Child], *, as_at: datetime) -> list[Entry]:
    """All placements of some children, planned ones too, each child's in the order in which they began or were to."""
    return _entries(Placement.objects.filter(child__in=children), as_at)


def _entries(rows: QuerySet[Placement], as_at: datetime) -> list[Entry]:
    known = list(rows.filter(recorded_by(as_at)).select_related("child", "authority"))
    _undo_later_changes(known, as_at)
    verdicts = {
        one.placement_id: one
        for one in Verdict.objects.filter(recorded_by(as_at), placement__in=known).select_related("host")
    }
    told = {one.placement_id: one for one in ToldBefore.objects.filter(placement__in=known, stated_at__lte=as_at)}
    moved = _moves(known, as_at)
    entries = [_entry(one, moved.get(one.id, set()), verdicts.get(one.id), told.get(one.id)) for one in known]
    return sorted(entries, key=_order)


def places_of(placements: Sequence[Placement], *, as_at: datetime) -> dict[UUID, Place | None]:
    """The addresses of placements that are not closed, as they stood at an instant."""
    found = {placement.id: place for placement, place in places.of_all(placements).items()}
    for one in _later_changes(placements, as_at):
        if one.earlier_place is not None:
            found[one.placement_id] = amendments.earlier_place(one)
    return found


def _later_changes(placements: Sequence[Placement], as_at: datetime) -> QuerySet[Amendment]:
    """What was changed after an instant, the latest first: undone in this order, the facts stand as they did then."""
    return Amendment.objects.filter(placement__in=placements, recorded_at__gt=as_at).order_by(
        "-recorded_at", "-version"
    )


def _undo_later_changes(placements: Sequence[Placement], as_at: datetime) -> None:
    """Set the facts to what they said. Only the copies in memory are changed."""
    by_id = {one.id: one for one in placements}
    for change in _later_changes(placements, as_at):
        placement = by_id[change.placement_id]
        for name, value in change.earlier.items():
            setattr(placement, name, value)
        if change.earlier.get("started_at"):
            placement.started_at = datetime.fromisoformat(change.earlier["started_at"])
            placement.starts_on = london_date(placement.started_at)


def _entry(placement: Placement, moved: set[str], verdict: Verdict | None, told: ToldBefore | None) -> Entry:
    is_of_return = placement.source == Placement.Source.RETURN
    has_started = is_of_return or bool(moved & {STARTED, STARTED_IN_AN_EMERGENCY})
    # A person's ending has its time and its line; one without a time came with a return.
    has_ended = ENDED in moved or (is_of_return and placement.ended_at is None)
    return Entry(
        placement=placement,
        starts_on=placement.starts_on if has_started else None,
        started_at=placement.started_at if has_started else None,
        ends_on=placement.ends_on if has_ended else None,
        ended_at=placement.ended_at if has_ended else None,
        group=_group(placement, verdict),
        verdict=verdict,
        told_before=told,
    )


def _group(placement: Placement, verdict: Verdict | None) -> Group:
    if verdict is None or verdict.state == State.CANNOT_TELL:
        return Group.CANNOT_TELL
    if verdict.state not in OUT_OF_AREA:
        return Group.IN_AREA
    return Group.SHORT_BREAK if facts.of_placement(placement).is_short_break else Group.OUT_OF_AREA


def _moves(placements: Iterable[Placement], as_at: datetime) -> dict:
    found: dict = {}
    rows = PlacementEvent.objects.filter(placement__in=placements, recorded_at__lte=as_at, what__in=MOVES)
    for placement_id, what in rows.values_list("placement_id", "what"):
        found.setdefault(placement_id, set()).add(what)
    return found


def _order(entry: Entry) -> tuple:
    begins_on = entry.starts_on or entry.placement.planned_start_on or date.max
    return entry.child.reference, begins_on, str(entry.placement.id)
