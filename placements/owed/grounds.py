"""On which facts do the duties of placements rest? Read for many at once: working them out then asks nothing more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from placements import go_live
from placements.models import Amendment, Approval, Ending, Judgement, Placement, Screening, Turn, Verdict
from placements.place import verdicts
from placements.rules.area import AreaAnswer


@dataclass(frozen=True)
class Grounds:
    """What the register holds of one placement, as far as its duties turn on it.

    `area` and `host_id` are None without a verdict, and for a closed address to which the reader holds no grant.
    `approvals` are those about the present place; `checks` are in the order in which they were made;
    `moves_planned_on` are the days of the child's planned moves, other than in an emergency.
    """

    placement: Placement
    area: AreaAnswer | None = None
    host_id: UUID | None = None
    live_on: date | None = None
    approvals: tuple[Approval, ...] = ()
    is_carers_move: bool = False
    ending: Ending | None = None
    moves_planned_on: tuple[date, ...] = ()
    checks: tuple[Screening, ...] = ()
    judgement: Judgement | None = None
    visited_on: tuple[date, ...] = ()
    first_review_on: date | None = None


def of(placement: Placement, area: AreaAnswer | None) -> Grounds:
    """The grounds of one placement whose place was judged by whoever asks."""
    return replace(read([placement])[0], area=area)


def read(placements: Sequence[Placement]) -> list[Grounds]:
    """The grounds of many placements of one authority, in their order: one query for each kind of fact."""
    if not placements:
        return []
    live_on = go_live.day_of(placements[0].authority_id)
    judged = {row.placement_id: row for row in _verdicts(placements)}
    approvals = _by_placement(Approval.objects.filter(placement__in=placements, superseded_at=None))
    moves = Amendment.objects.filter(placement__in=placements, earlier_place__isnull=False).order_by("version")
    how_moved = dict(moves.values_list("placement_id", "kind"))
    endings = Ending.objects.filter(placement__in=placements, superseded_at=None)
    ending_of = {row.placement_id: row for row in endings}
    planned = _planned_moves(placements)
    checks = _by_placement(Screening.objects.filter(placement__in=placements).defer("versions").order_by("at"))
    judgements = Judgement.objects.filter(placement__in=placements, superseded_at=None).select_related("screening")
    judgement_of = {row.placement_id: row for row in judgements}
    visits, first_reviews = _turns(placements)
    return [
        Grounds(
            placement=one,
            area=verdicts.area_of(judged[one.id]) if one.id in judged else None,
            host_id=judged[one.id].host_id if one.id in judged else None,
            live_on=live_on,
            approvals=tuple(approvals[one.id]),
            is_carers_move=how_moved.get(one.id) == Amendment.Kind.MOVED_HOUSE,
            ending=ending_of.get(one.id),
            moves_planned_on=tuple(planned[one.child_id]),
            checks=tuple(checks[one.id]),
            judgement=judgement_of.get(one.id),
            visited_on=tuple(sorted(visits[one.id])),
            first_review_on=first_reviews.get(one.child_id),
        )
        for one in placements
    ]


def _verdicts(placements: Sequence[Placement]):
    rows = Verdict.objects.filter(placement__in=placements, superseded_at=None)
    return rows.select_related("host").defer("detail")


def _planned_moves(placements: Sequence[Placement]) -> dict[UUID, list[date]]:
    rows = Placement.objects.filter(
        child__in={one.child_id for one in placements},
        status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED],
        superseded_at=None,
    ).exclude(is_emergency=True)
    found = defaultdict(list)
    for child_id, on in rows.values_list("child_id", "planned_start_on"):
        found[child_id].append(on)
    return found


def _turns(placements: Sequence[Placement]) -> tuple[dict[UUID, list[date]], dict[UUID, date]]:
    """The days of the visits of each placement, and that of each child's first review."""
    visits = defaultdict(list)
    first_reviews: dict[UUID, date] = {}
    rows = Turn.objects.filter(child__in={one.child_id for one in placements}, taken_back_at=None).order_by("-done_on")
    for child_id, placement_id, on in rows.values_list("child_id", "placement_id", "done_on"):
        if placement_id is None:
            first_reviews[child_id] = on
        else:
            visits[placement_id].append(on)
    return visits, first_reviews


def _by_placement(rows) -> dict[UUID, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.placement_id].append(row)
    return found
