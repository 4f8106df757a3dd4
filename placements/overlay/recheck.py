"""What does a change of an owner's areas mean for everybody's placements? Found set-based, answered register by register.

An owner's changes are rows that wait (hotspots/changes.py). One question, asked as the owner in the worker, finds whose
open placements lie near the old shapes or the new ones; each register is then checked within its own authority, a batch
a transaction, with those farther off of whom the owner now says something else (placements/overlay/silence.py). What
comes of it is measured against the check before, so a second run finds nothing new and tells nobody. Most places read as
they did: those are found out and marked many at once (placements/overlay/checked_again.py).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from accounts.acting import acting_for, service
from audit import log
from db.clock import london_date
from duties.actions import raise_duties
from hotspots import changes
from hotspots.models import Change
from hotspots.overlay.overlay import Place
from hotspots.sharing import passing_on, recall
from placements import policy
from placements.models import Placement, Recheck, Screening
from placements.overlay import checked_again, comparing, host_alerts, new_lines, recalls, screening, shadow, silence
from placements.overlay.comparing import Difference, Result
from placements.overlay.screening import last_birthday_of_an_adult
from placements.owed import calendar, judgements_owed, sweeps
from placements.states import OPEN

BATCH = 1_000
# A file of areas is answered in one run: each run checks every place near what it answers.
CHANGES_AT_ONCE = 20_000
PURPOSE = "re-check after a change of a shared area"


@dataclass
class Near:
    """One authority's open placements that a change may touch; of closed addresses it is not known yet."""

    open: list[UUID] = field(default_factory=list)
    closed: list[UUID] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """The placements of one register that are to be checked; those at closed addresses apart, since nothing tells of them."""

    open: Sequence[UUID]
    closed: Sequence[UUID]


@dataclass(frozen=True)
class Begun:
    """Changes of one owner's that are being answered: which places lie near, and who may be told otherwise elsewhere."""

    changes: Sequence[Change]
    near: Mapping[UUID, Near]
    listening: Set[UUID]


def answer_changes(owner_id: UUID, *, at: datetime, time_passes: bool = True) -> int:
    """Check every register anew for what changed about one owner's areas, and close those changes; how many.

    Time that has passed counts as a change, save where the sweep is left to find it: what expired, and agreements that
    ended or began. What the owner took back is told first, so that nobody reads of it as something that has merely gone
    away.
    """
    with acting_for(service(owner_id), PURPOSE) as by:
        if time_passes:
            changes.let_time_pass(by=by, at=at)
        passing_on.raise_waiting(owner_id, at=at)
        is_taken_back = bool(recall.waiting(owner_id))
        begun = None if is_taken_back else _begin(owner_id, at=at)
    if is_taken_back:
        recalls.carry_out(owner_id, at=at)
        with acting_for(service(owner_id), PURPOSE):
            begun = _begin(owner_id, at=at)
    if begun is None:
        return 0
    for reader_id in sorted(begun.listening.union(begun.near)):
        near = begun.near.get(reader_id, Near())
        _check_register(reader_id, near, begun.changes, is_told_of=reader_id in begun.listening, at=at)
    with acting_for(service(owner_id), PURPOSE):
        changes.answer(begun.changes, at=at)
    return len(begun.changes)


def check_all(authority_id: UUID, *, at: datetime) -> int:
    """Check one authority's whole register anew (a new directory of postcodes, a doubt); how many places were checked."""
    return _check_what(lambda: _of_register(at), authority_id, authority_id, at=at)


def check_after_shadow(authority_id: UUID, *, at: datetime) -> int:
    """Check anew, once shadow mode has ended, the places of which something was shown before; how many.

    What came near meanwhile is told now. A run that stops halfway begins anew, and tells nobody twice.
    """
    with acting_for(service(authority_id), PURPOSE):
        if not shadow.is_to_be_followed(authority_id):
            return 0
    checked = _check_what(lambda: _of_register(at, is_shown=True), authority_id, authority_id, at=at)
    with acting_for(service(authority_id), PURPOSE):
        shadow.follow(authority_id, at=at)
    return checked


def _of_register(at: datetime, *, is_shown: bool = False) -> Found:
    """The open placements of the register acted for; with `is_shown` those of which a check was shown before now."""
    rows = Placement.objects.filter(status__in=OPEN, superseded_at=None, screening_wanted=True)
    if is_shown:
        rows = rows.filter(Exists(Screening.objects.filter(placement=OuterRef("pk"), at__lt=at)))
    closed = dict(_minors(rows, at).values_list("id", "is_restricted"))
    return Found([one for one in closed if not closed[one]], [one for one in closed if closed[one]])


def _begin(owner_id: UUID, *, at: datetime) -> Begun | None:
    """What waits of the owner's, acted for, and whom it may touch; None where nothing waits."""
    waiting = changes.unanswered(owner_id, most=CHANGES_AT_ONCE)
    if not waiting:
        return None
    changes.begin(waiting, at=at)
    near = _near(waiting)
    listening = _listening(owner_id, waiting) if changes.may_say_otherwise(waiting, at=at) else set()
    return Begun(waiting, near, listening)


def _near(waiting: Sequence[Change]) -> dict[UUID, Near]:
    found: dict[UUID, Near] = defaultdict(Near)
    with connection.cursor() as cursor:
        cursor.execute(
            "select authority_id, placement_id, is_restricted from placements_near(%s::uuid[], %s)",
            [[change.id for change in waiting], policy.RADIUS_METRES],
        )
        for authority_id, placement_id, is_restricted in cursor.fetchall():
            of_authority = found[authority_id]
            (of_authority.closed if is_restricted else of_authority.open).append(placement_id)
    return found


def _listening(owner_id: UUID, waiting: Sequence[Change]) -> set[UUID]:
    """The authorities to which the owner may say something else now, with a place of which it was told of before."""
    told = changes.readers(waiting)
    if changes.is_what_the_owner_says(waiting):
        told.update(sweeps.responsible_authorities())
    return set(silence.registers_told_of(owner_id, told))


def _check_register(reader_id: UUID, near: Near, waiting: Sequence[Change], *, is_told_of: bool, at: datetime) -> None:
    owner_id = waiting[0].authority_id

    def found() -> Found:
        reached = _reached(_ids(near.closed, at), waiting)
        opened, closed = silence.outdated(owner_id, reader_id=reader_id, at=at) if is_told_of else ([], [])
        return Found(
            _ids({*near.open, *opened}, at),
            sorted({*reached, *_ids(closed, at)}),
        )

    _check_what(found, reader_id, owner_id, at=at)


def _minors(rows: QuerySet[Placement], at: datetime) -> QuerySet[Placement]:
    """Adults are not checked: what is shared about places is shared to protect children."""
    return rows.filter(child__born_on__gt=last_birthday_of_an_adult(london_date(at))).order_by("id")


def _ids(placement_ids: Collection[UUID], at: datetime) -> list[UUID]:
    return list(_minors(Placement.objects.filter(id__in=placement_ids), at).values_list("id", flat=True))


def _reached(closed: Sequence[UUID], waiting: Sequence[Change]) -> list[UUID]:
    """Those closed addresses that lie near a change; their points are opened here, and told to nobody."""
    if not closed:
        return []
    points = screening.points_of(list(Placement.objects.filter(id__in=closed)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select place from changes_reach(%s::uuid[], %s::float8[], %s::float8[], %s)",
            [
                [change.id for change in waiting],
                [easting for easting, _ in points.values()],
                [northing for _, northing in points.values()],
                policy.RADIUS_METRES,
            ],
        )
        ids = [placement.id for placement in points]
        return [ids[place - 1] for (place,) in cursor.fetchall()]


def _check_what(find: Callable[[], Found], reader_id: UUID, owner_id: UUID, *, at: datetime) -> int:
    """Check what is found in a register, a batch a transaction, the first in that which found it; how many places.

    The last batch ends the run. Of closed addresses alone there is no run: nothing tells that they were checked.
    """
    checked = 0
    with acting_for(service(reader_id), PURPOSE):
        found = find()
        ids = [*found.open, *found.closed]
        run = Recheck(authority_id=reader_id, owner_id=owner_id, began_at=at, places=len(found.open))
        if len(ids) <= BATCH:
            run.ended_at = at
        if ids:
            checked += _check(ids[:BATCH], run, at=at)
    for start in range(BATCH, len(ids), BATCH):
        with acting_for(service(reader_id), PURPOSE):
            if start + BATCH >= len(ids):
                run.ended_at = at
            checked += _check(ids[start : start + BATCH], run, at=at)
    return checked


def _check(ids: Sequence[UUID], run: Recheck, *, at: datetime) -> int:
    """Check some placements again: mark those that read the same, store what is read of the others, tell what is new."""
    looked = checked_again.look(ids, authority_id=run.authority_id, at=at, purpose=PURPOSE)
    others = [one for one in ids if one not in looked.same]
    found = _check_anew(others, looked.places, at=at) if others else {}
    if run.places:
        _count(run, len(looked.same), found)
    return len(looked.same) + len(found)


def _check_anew(
    ids: Sequence[UUID], places: Mapping[tuple[UUID, int], Place], *, at: datetime
) -> dict[Screening, list[Difference]]:
    """Ask anew, compare with what was told before, tell what is new; each check with what it brought."""
    rows = Placement.objects.filter(id__in=ids, status__in=OPEN, superseded_at=None).order_by("id")
    locked = list(rows.select_related("child", "authority").select_for_update(of=("self",)))
    before = _read_before(locked)
    checks = screening.check(locked, at=at, purpose=PURPOSE, known=places)
    found = {check: comparing.differences(before.get(check.placement_id), check.answer) for check in checks}
    found = _not_recalled(found, before)
    new = {check: differences for check, differences in found.items() if differences}
    _owe_judgements([check for check in new if comparing.result(new[check]) is Result.ENTERED], at=at)
    new_lines.tell(new, at=at)
    host_alerts.tell(new, at=at)
    return found


def _not_recalled(
    found: dict[Screening, list[Difference]], before: Mapping[UUID, dict]
) -> dict[Screening, list[Difference]]:
    """Without what has left because its owner took it back: of that its readers were told in other words."""
    left = {check: {one.owner_id for one in new if one.result is Result.LEFT} for check, new in found.items()}
    if not any(left.values()):
        return found
    taken_back = recalls.recalled_versions(next(iter(found)).authority_id)
    recalled = {
        (check, one["authority_id"])
        for check, owners in left.items()
        if owners
        for one in before[check.placement_id]["authorities"]
        if one["authority_id"] in owners and taken_back.intersection(area["version_id"] for area in one["areas"])
    }
    return {
        check: [one for one in new if one.result is not Result.LEFT or (check, one.owner_id) not in recalled]
        for check, new in found.items()
    }


def _read_before(placements: Sequence[Placement]) -> dict[UUID, dict]:
    """The last stored answer about each placement."""
    last = Screening.objects.filter(placement__in=placements).order_by("placement_id", "-at", "-id")
    return dict(last.distinct("placement_id").values_list("placement_id", "answer"))


def _owe_judgements(entered: Sequence[Screening], *, at: datetime) -> None:
    """A judgement within five working days, by our own rule. Of a closed address no duty tells that it was checked."""
    entered = [check for check in entered if not check.is_restricted]
    if entered:
        holidays = calendar.holidays()
        wanted = [
            one
            for check in entered
            for one in judgements_owed.after_a_recheck(check.placement, check, holidays=holidays)
        ]
        raise_duties(wanted, authority_id=entered[0].authority_id, by="Placewatch", at=at)


def _count(run: Recheck, same: int, found: Mapping[Screening, list[Difference]]) -> None:
    told = {check: differences for check, differences in found.items() if not check.is_restricted}
    results = Counter(comparing.result(differences) for differences in told.values() if differences)
    checked = same + len(told)
    run.checked += checked
    run.entered += results[Result.ENTERED]
    run.left += results[Result.LEFT]
    run.other_words += results[Result.OTHER_WORDS]
    run.save()
    log.record(
        operation="rechecks.run",
        subject_kind="recheck",
        subject_ids=[run.id],
        detail={"checked": checked, "same": same, **{result.value: results[result] for result in results}},
    )
