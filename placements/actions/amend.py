"""How do a placement's facts change, and how is a fact put right that was recorded wrongly?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import policy
from accounts.acting import Actor
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis, Closing, Duty
from placements import endings
from placements.actions.choose_host import judged_for
from placements.actions.placements import locked, save
from placements.approving import approvals
from placements.events import write_event
from placements.exceptions import InvalidTransition, KeptClosed, UnreadableField
from placements.models import Amendment, Placement
from placements.overlay import screening
from placements.owed import obligations, owing
from placements.place import amendments, hosts, jurisdiction, places, verdicts
from placements.place.amendments import IN_WORDS, Changes
from placements.place.new_place import tell_of_new_place
from placements.place.places import Place
from placements.place.rejudging import re_judge
from placements.place.verdicts import Judged
from placements.rules.codes import is_restricted as is_closed_by_code
from placements.rules.written_dates import day_in_words

Status = Placement.Status
Kind = Amendment.Kind
CHANGING = (Status.PROPOSED, Status.APPROVED, Status.STARTED)
ONLY_CORRECTED = ("is_emergency", "started_at", "ended_at")
TOLD_TO_THE_HOST = {"place", "place_code", "legal_status", "is_emergency", "started_at"}


@transaction.atomic
def amend(
    *,
    placement_id: UUID,
    changes: Changes,
    reason: str,
    is_move_of_house: bool = False,
    effective_on: date | None = None,
    tell_host: bool = True,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Record that a plan or a current placement is from now on, or from `effective_on`, otherwise than it was.

    Another place is judged anew, and approval of the former one does not carry over. A carer's move of house is the
    same placement in another place: what was approved and told stands, and telling the new area is practice. What the
    facts said before is kept. Raises NotPermitted, PlacementNotFound, StaleVersion, InvalidTransition, KeptClosed,
    UnreadableField.
    """
    policy.require("placements.amend", by.role)
    placement = locked(placement_id, version, by)
    if placement.status not in CHANGING:
        raise InvalidTransition(placement.get_status_display(), "a changed placement", [])
    for name in ONLY_CORRECTED:
        if getattr(changes, name) is not None:
            raise UnreadableField(name, f"{IN_WORDS[name].capitalize()} is history: it can only be corrected.")
    if is_move_of_house and (placement.status != Status.STARTED or changes.place is None):
        raise UnreadableField("kind", "A carer moves house while the child lives there: give the new address.")
    kind = Kind.MOVED_HOUSE if is_move_of_house else Kind.AMENDED
    return _change(
        placement, changes, kind, effective_on=effective_on, reason=reason, tell_host=tell_host, by=by, at=at
    )


@transaction.atomic
def correct(
    *,
    placement_id: UUID,
    changes: Changes,
    reason: str,
    tell_host: bool = True,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Put right what was recorded wrongly, whatever state the placement is in; what was recorded is kept beside it.

    An approval stands where the corrected place lies as the recorded one did: the same place, better written down.
    Raises NotPermitted, PlacementNotFound, StaleVersion, KeptClosed, UnreadableField.
    """
    policy.require("placements.correct", by.role)
    placement = locked(placement_id, version, by)
    return _change(
        placement, changes, Kind.CORRECTED, effective_on=None, reason=reason, tell_host=tell_host, by=by, at=at
    )


def _change(
    placement: Placement,
    changes: Changes,
    kind: Kind,
    *,
    effective_on: date | None,
    reason: str,
    tell_host: bool,
    by: Actor,
    at: datetime,
) -> Placement:
    reason = _checked_reason(reason)
    place, new_place = places.of(placement), changes.place.read() if changes.place else None
    changed = changes.differing(placement, place) | ({"place": new_place} if new_place and new_place != place else {})
    if new_place == place:
        changed.pop("place", None)
    _check(placement, changed, place, at)
    before = verdicts.current(placement)
    about = {"reason": reason, "by": by, "at": at}
    amendments.keep(placement, kind, changed, place, effective_on=effective_on or london_date(at), **about)
    _apply(placement, changed, place, **about)
    if "ended_at" in changed:
        _ask_to_tell_the_right_day(placement, **about)
    said = ", ".join(IN_WORDS[name] for name in changed)
    write_event(placement, f"{kind.label}: {said}", at, by=by, at=at, words=reason)
    is_judged_anew = kind != Kind.MOVED_HOUSE and _needs_approval_anew(placement, changed, kind, before, at)
    if is_judged_anew:
        re_judge(placement, **about)
        save(placement)
    else:
        save(placement)
        judged = verdicts.judge(placement, at=at)
        obligations.redate_for(placement, judged, reason=reason, by=by.name, at=at)
    if kind == Kind.MOVED_HOUSE:
        screening.screen([placement], at=at, purpose="a carer's move of house")
    elif TOLD_TO_THE_HOST & set(changed) and placement.status in CHANGING:
        tell_of_new_place(placement, before, tell_host=tell_host, **about)
    return placement


def _ask_to_tell_the_right_day(placement: Placement, *, reason: str, by: Actor, at: datetime) -> None:
    """Whoever was told that it ended on one day is told the right one: practice, since they were told in time or not."""
    keys = [f"{kind}:{placement.id}" for kind in endings.KINDS]
    if not Duty.objects.filter(authority_id=placement.authority_id, key__in=keys, closing=Closing.MET).exists():
        return
    on = day_in_words(placement.ends_on)
    owed = owing.owed(
        placement,
        "right_day_of_ending",
        f"Tell everybody who was told that this placement ended the right day, {on}",
        Basis.PRACTICE,
        "Whoever was told one date is told the other",
        working=(reason,),
        key=f"right_day_of_ending:{placement.id}:{placement.version}",
    )
    raise_duties([owed], authority_id=placement.authority_id, by=by.name, at=at)


def _checked_reason(reason: str) -> str:
    if not reason.strip():
        raise UnreadableField("reason", "Say why.")
    return reason.strip()


def _check(placement: Placement, changed: dict, place: Place | None, at: datetime) -> None:
    if not changed:
        raise UnreadableField("reason", "Nothing would change: everything that was sent is recorded so already.")
    if "place" in changed and place is None and placement.is_restricted:
        raise KeptClosed
    if is_closed_by_code(placement_code=changed.get("place_code", "")) and not placement.is_restricted:
        raise UnreadableField(
            "place_code", "A placement for adoption is a move of its own, with a closed address: register it as a move."
        )
    if "started_at" in changed:
        _check_start(placement, changed["started_at"], changed.get("ended_at") or placement.ended_at, at)
    if "ended_at" in changed:
        _check_end(placement, changed["ended_at"], changed.get("started_at") or placement.started_at, at)


def _check_start(placement: Placement, started_at: datetime, ended_at: datetime | None, at: datetime) -> None:
    on = london_date(started_at)
    ends_on = london_date(ended_at) if ended_at else placement.ends_on
    if placement.starts_on is None:
        raise UnreadableField("started_at", "It has not started: record the start instead.")
    if started_at > at or (ended_at and started_at > ended_at) or (ends_on and on > ends_on):
        raise UnreadableField("started_at", "A start lies behind us, and before the end.")
    others = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        child_id=placement.child_id,
        status__in=[Status.STARTED, Status.ENDED],
        starts_on__lt=placement.starts_on,
        is_disputed=False,
        superseded_at=None,
    )
    if others.exclude(id=placement.id).exists():
        raise UnreadableField("started_at", "The child was in another placement on that day: correct that one first.")


def _check_end(placement: Placement, ended_at: datetime, started_at: datetime | None, at: datetime) -> None:
    on = london_date(ended_at)
    if placement.status != Status.ENDED:
        raise UnreadableField("ended_at", "It has not ended: record the end instead.")
    if ended_at > at or (started_at and ended_at < started_at) or (not started_at and on < placement.starts_on):
        raise UnreadableField("ended_at", "An end lies behind us, and after the start.")
    later = Placement.objects.filter(
        child_id=placement.child_id,
        status__in=[Status.STARTED, Status.ENDED],
        starts_on__gte=placement.starts_on,
        starts_on__lt=on,
        is_disputed=False,
        superseded_at=None,
    )
    if later.exclude(id=placement.id).exists():
        raise UnreadableField("ended_at", "The child was in another placement by that day: correct that one first.")


def _apply(placement: Placement, changed: dict, place: Place | None, *, reason: str, by: Actor, at: datetime) -> None:
    for name, value in changed.items():
        if name != "place":
            setattr(placement, name, value)
    if "started_at" in changed:
        placement.starts_on = london_date(placement.started_at)
    if "ended_at" in changed:
        placement.ends_on = london_date(placement.ended_at)
    if "place" not in changed:
        return
    places.replace(placement, changed["place"])
    choice = hosts.current(placement)
    if choice is not None and place is not None and changed["place"].postcode != place.postcode:
        hosts.take_back(choice, why=reason, by=by, at=at)


def _needs_approval_anew(placement: Placement, changed: dict, kind: Kind, before: Judged | None, at: datetime) -> bool:
    """Whether it is another place, or the approvals that the law asks for are no longer those that were asked."""
    if "place" in changed and (kind == Kind.AMENDED or not _lies_as_before(placement, before, at)):
        return True
    if before is None:
        return True
    wanted = {(one.under, one.grade) for one in approvals.needed(placement, before)}
    return wanted != set(approvals.current(placement).values_list("under", "grade"))


def _lies_as_before(placement: Placement, before: Judged | None, at: datetime) -> bool:
    place = places.of(placement)
    answer = jurisdiction.verdict(
        authority=placement.authority,
        on=judged_for(placement, at),
        question=jurisdiction.Question(postcode=place.postcode, host_id=hosts.chosen([placement]).get(placement.id)),
    )
    return before is not None and (answer.place.host, answer.area.state) == (before.host, before.area.state)
