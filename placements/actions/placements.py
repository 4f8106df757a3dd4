"""How is a move registered, and how do its start, its end and its not going ahead become recorded facts?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import policy
from accounts.acting import Actor, opening_closed_addresses
from audit import log
from db.clock import london_date
from placements import calendar, go_live, notices, obligations, places, screening, states, verdicts
from placements.exceptions import ChildNotFound, PlacementNotFound, StaleVersion, UnreadableField
from placements.models import AddressGrant, Child, Placement, PlacementEvent
from placements.places import Place
from placements.rules.codes import is_restricted as is_closed_by_code

Status = Placement.Status


@transaction.atomic
def propose(
    *,
    child_id: UUID,
    planned_start_on: date,
    place: Place,
    place_code: str = "",
    provider_code: str = "",
    legal_status: str = "",
    is_restricted: bool = False,
    tell_host: bool = True,
    by: Actor,
    at: datetime,
) -> Placement:
    """Register a planned move: verdict, duties, screening and, unless told not to, the notice to the host.

    A start that lies in the past is recordable (a move registered late): its duties are then late, as a fact. One
    before go-live raises none and tells nobody: it is answered on the list "Before we began".
    Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    policy.require("placements.propose", by.role)
    placement = _new(child_id, place_code, provider_code, legal_status, is_restricted, by=by, at=at)
    placement.planned_start_on = planned_start_on
    placement.is_emergency = False
    return _register(placement, place, "Registered as a planned move", tell_host=tell_host, by=by, at=at)


@transaction.atomic
def record_emergency_start(
    *,
    child_id: UUID,
    started_at: datetime,
    place: Place,
    place_code: str = "",
    provider_code: str = "",
    legal_status: str = "",
    is_restricted: bool = False,
    tell_host: bool = True,
    by: Actor,
    at: datetime,
) -> Placement:
    """Record that a child was placed in an emergency. The fact stands whatever is still owed; the host is told at once.

    Ends the child's current placement at the same moment: every move is an ending too. Raises NotPermitted,
    ChildNotFound, UnreadableField (a start that lies ahead, or before the current placement began).
    """
    policy.require("placements.start", by.role)
    placement = _new(child_id, place_code, provider_code, legal_status, is_restricted, by=by, at=at)
    placement.is_emergency = True
    _begin(placement, started_at, by=by, at=at)
    return _register(placement, place, "Recorded as an emergency start", tell_host=tell_host, by=by, at=at)


@transaction.atomic
def start(
    *, placement_id: UUID, started_at: datetime, version: int | None = None, by: Actor, at: datetime
) -> Placement:
    """Record that a proposed placement started. What was owed before the start and is not done stays owed, and late."""
    policy.require("placements.start", by.role)
    placement = _locked(placement_id, version, by)
    states.move(placement, Status.STARTED)
    _begin(placement, started_at, by=by, at=at)
    _save(placement)
    _write_event(placement, "Started", started_at, by=by, at=at)
    return placement


@transaction.atomic
def end(*, placement_id: UUID, ended_at: datetime, version: int | None = None, by: Actor, at: datetime) -> Placement:
    """Record that a placement ended. Raises UnreadableField where that lies ahead, or before the start."""
    policy.require("placements.end", by.role)
    placement = _locked(placement_id, version, by)
    _finish(placement, ended_at, by=by, at=at)
    return placement


@transaction.atomic
def withdraw(*, placement_id: UUID, reason: str, version: int | None = None, by: Actor, at: datetime) -> Placement:
    """Record that a planned move does not go ahead: the host's sight of its notice closes, what was owed is not owed."""
    policy.require("placements.withdraw", by.role)
    if not reason.strip():
        raise UnreadableField("reason", "Say why the move does not go ahead.")
    placement = _locked(placement_id, version, by)
    states.move(placement, Status.WITHDRAWN)
    _save(placement)
    _write_event(placement, "Did not go ahead", at, by=by, at=at, words=reason.strip())
    with opening_closed_addresses():
        notices.recall_for(placement, at=at)
    obligations.close_not_going_ahead(placement, reason=reason.strip(), by=by, at=at)
    return placement


def _new(
    child_id: UUID, place_code: str, provider_code: str, legal_status: str, is_restricted: bool, *, by: Actor, at
) -> Placement:
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    return Placement(
        authority_id=by.authority_id,
        child=child,
        place_code=place_code,
        provider_code=provider_code,
        legal_status=legal_status or _current_legal_status(child, london_date(at)),
        is_restricted=is_restricted or is_closed_by_code(placement_code=place_code),
        recorded_at=at,
        recorded_by=by.name,
    )


def _current_legal_status(child: Child, on: date) -> str:
    running = child.legal_statuses.filter(starts_on__lte=on).order_by("-starts_on").first()
    return running.code if running and (running.ends_on is None or on < running.ends_on) else ""


def _register(placement: Placement, place: Place, what: str, *, tell_host: bool, by: Actor, at: datetime) -> Placement:
    place = place.read()
    if not placement.is_restricted:
        placement.urn = place.urn
    placement.save(force_insert=True)
    if placement.is_restricted and by.person_id:
        _grant_to_whoever_registered(placement, by=by, at=at)
    places.keep(placement, place)
    log.record(
        operation="placements.register", subject_kind="placement", subject_ids=[placement.id, placement.child_id]
    )
    _write_event(placement, what, placement.started_at or at, by=by, at=at)
    with opening_closed_addresses():
        _judge_and_tell(placement, tell_host=tell_host, by=by, at=at)
    return placement


def _judge_and_tell(placement: Placement, *, tell_host: bool, by: Actor, at: datetime) -> None:
    judged = verdicts.judge(placement, at=at)
    if not go_live.began_before(placement):
        obligations.raise_for(placement, judged.area, holidays=calendar.holidays(), by=by.name, at=at)
        if tell_host:
            notices.tell_host(placement, by=by, at=at)
    screening.screen([placement], at=at, purpose="registering a move")


def _begin(placement: Placement, started_at: datetime, *, by: Actor, at: datetime) -> None:
    if started_at > at:
        raise UnreadableField("started_at", "A start that lies ahead is a plan: register a planned move instead.")
    # Of two starts for one child at once the second waits here, and then ends what the first began.
    Child.objects.select_for_update().get(id=placement.child_id)
    current = (
        Placement.objects.select_for_update()
        .filter(child=placement.child, status=Status.STARTED, is_disputed=False, superseded_at=None)
        .first()
    )
    if current is not None:
        _finish(current, started_at, by=by, at=at)
    placement.status = Status.STARTED
    placement.started_at = started_at
    placement.starts_on = london_date(started_at)
    _require_nowhere_else(placement)


def _finish(placement: Placement, ended_at: datetime, *, by: Actor, at: datetime) -> None:
    states.move(placement, Status.ENDED)
    ends_on = london_date(ended_at)
    if ended_at > at:
        raise UnreadableField("ended_at", "An ending that lies ahead cannot be recorded as a fact yet.")
    if ends_on < placement.starts_on or (placement.started_at and ended_at < placement.started_at):
        raise UnreadableField(
            "ended_at", f"The child's present placement began on {placement.starts_on:%-d %B %Y}: it cannot end before."
        )
    placement.ends_on, placement.ended_at = ends_on, ended_at
    if placement.started_at is None and ends_on == placement.starts_on:
        placement.started_at = ended_at
    _save(placement)
    _write_event(placement, "Ended", ended_at, by=by, at=at)


def _locked(placement_id: UUID, version: int | None, by: Actor) -> Placement:
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("child")
        .filter(authority_id=by.authority_id, id=placement_id, superseded_at=None)
        .first()
    )
    if placement is None:
        raise PlacementNotFound
    if version is not None and version != placement.version:
        raise StaleVersion(placement.version)
    return placement


def _save(placement: Placement) -> None:
    placement.version = F("version") + 1
    placement.save()
    placement.refresh_from_db(fields=["version"])


def _write_event(
    placement: Placement, what: str, happened_at: datetime, *, by: Actor, at: datetime, words: str = ""
) -> None:
    PlacementEvent.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        what=what,
        happened_at=happened_at,
        recorded_at=at,
        recorded_by=by.name,
        words=words,
    )
    log.record(operation=f"placements.{placement.status}", subject_kind="placement", subject_ids=[placement.id])


def _grant_to_whoever_registered(placement: Placement, *, by: Actor, at: datetime) -> None:
    AddressGrant.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        person_id=by.person_id,
        starts_at=at,
        reason="Registered the placement and so knows the address",
        given_by=by.name,
    )


def _require_nowhere_else(placement: Placement) -> None:
    """Refuse a start within, or before, a stay that has ended: a child is in one place at a time."""
    ended = Placement.objects.filter(
        child=placement.child, status=Status.ENDED, is_disputed=False, superseded_at=None, starts_on__lt=F("ends_on")
    )
    stay = ended.filter(ends_on__gt=placement.starts_on).order_by("-ends_on").first()
    if stay is not None:
        raise UnreadableField(
            "started_at",
            f"The child was at another place from {stay.starts_on:%-d %B %Y} to {stay.ends_on:%-d %B %Y}, and is in one "
            "place at a time: give a start on the day of that ending or later, or look at that placement's dates.",
        )
