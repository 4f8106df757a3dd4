"""How is a move registered, and how do its start, its end and its not going ahead become recorded facts?"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts import policy
from accounts.acting import Actor, opening_closed_addresses
from audit import log
from db.clock import london_date
from placements import endings, go_live, states
from placements.approving import approvals
from placements.events import write_event
from placements.exceptions import (
    ChildNotFound,
    PlacementNotFound,
    RequirementsNotMet,
    StaleVersion,
    UnreadableField,
)
from placements.models import AddressGrant, Child, Ending, Placement
from placements.overlay import screening
from placements.owed import calendar, facts, judgements_owed, obligations, turns
from placements.place import hosts, places, verdicts
from placements.place.places import Place
from placements.place.verdicts import Judged
from placements.rules.area import State
from placements.rules.codes import is_restricted as is_closed_by_code
from placements.rules.written_dates import day_in_words
from placements.rules.written_times import moment_in_words
from placements.telling import completeness, not_going_ahead, notices

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
    is_emergency: bool = False,
    why_not_wait: str = "",
    is_in_key_stage_four: bool = False,
    reason_for_distance: str = "",
    host_id: UUID | None = None,
    tell_host: bool | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Register a move that is about to be made: verdict, approvals asked for, duties, screening, the host's notice.

    An emergency travels the same road: the same approver, a shorter list, the rest owed by a date. A start that lies
    in the past is recordable (a move registered late): its duties are then late, as a fact. One before go-live raises
    none and tells nobody: it is answered on the list "Before we began". `host_id` says in whose area a place lies whose
    postcode lies in several. Unless `tell_host` says otherwise, the host is told at once, save of a planned move at a
    distance that somebody approves: about that it is asked first, with the care plan (ADR 0066). Raises NotPermitted,
    ChildNotFound, UnreadableField.
    """
    policy.require("placements.propose", by.role)
    if is_emergency and not why_not_wait.strip():
        raise UnreadableField("why_not_wait", "Say in a line why it cannot wait.")
    placement = _new(child_id, place_code, provider_code, legal_status, is_restricted, by=by, at=at)
    placement.planned_start_on = planned_start_on
    placement.is_emergency = is_emergency
    placement.why_not_wait = why_not_wait.strip()
    placement.is_in_key_stage_four = is_in_key_stage_four
    placement.reason_for_distance = reason_for_distance.strip()
    what = "Registered as an emergency move" if is_emergency else "Registered as a planned move"
    # In an emergency the host is told when the child is there: before, it is asked by telephone.
    tell_host = False if is_emergency else tell_host
    return _register(placement, place, what, host_id=host_id, tell_host=tell_host, by=by, at=at)


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
    why_not_wait: str = "",
    host_id: UUID | None = None,
    tell_host: bool = True,
    by: Actor,
    at: datetime,
) -> Placement:
    """Record that a child was placed in an emergency. The fact stands whatever is still owed; the host is told at once.

    Ends the child's current placement at the same moment: every move is an ending too. An approval that the law asked
    for and that is not recorded makes it a breach, until one decided before the start is recorded. Raises
    NotPermitted, ChildNotFound, UnreadableField (a start that lies ahead, or before the current placement began).
    """
    policy.require("placements.start", by.role)
    placement = _new(child_id, place_code, provider_code, legal_status, is_restricted, by=by, at=at)
    placement.is_emergency = True
    placement.why_not_wait = why_not_wait.strip()
    _begin(placement, started_at, by=by, at=at)
    what = "Recorded as an emergency start"
    return _register(placement, place, what, host_id=host_id, tell_host=tell_host, by=by, at=at)


@transaction.atomic
def start(
    *,
    placement_id: UUID,
    started_at: datetime,
    breach_reason: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Record that a placement started. What was owed before the start and is not done stays owed, and late.

    Without an approval that the law asks for, or with one decided after the start, it is recorded all the same, as a
    breach with its reason; without a reason it raises RequirementsNotMet, with a finding for each.
    """
    policy.require("placements.start", by.role)
    placement = locked(placement_id, version, by)
    states.move(placement, Status.STARTED)
    if breaches := approvals.breaches(placement, started_at=started_at):
        if not breach_reason.strip():
            raise RequirementsNotMet(*breaches)
        placement.breach_reason = breach_reason.strip()
    _begin(placement, started_at, by=by, at=at)
    save(placement)
    write_event(placement, "Started", started_at, by=by, at=at, words=placement.breach_reason)
    _note_lateness(placement, by=by, at=at)
    judged = verdicts.current(placement)
    if judged is not None:
        reason = f"The placement started on {day_in_words(placement.starts_on)}."
        obligations.redate_for(placement, judged, reason=reason, by=by.name, at=at)
    if placement.is_emergency:
        notices.tell_host(placement, by=by, at=at)
        completeness.catch_up(placement, by=by, at=at)
    return placement


@transaction.atomic
def end(
    *, placement_id: UUID, ended_at: datetime, how: str = "", version: int | None = None, by: Actor, at: datetime
) -> Placement:
    """Record that a placement ended, and how where that is known. Raises UnreadableField for a moment ahead, or too early."""
    policy.require("placements.end", by.role)
    placement = locked(placement_id, version, by)
    _finish(placement, ended_at, how=how, by=by, at=at)
    return placement


@transaction.atomic
def withdraw(*, placement_id: UUID, reason: str, version: int | None = None, by: Actor, at: datetime) -> Placement:
    """Record that a planned move does not go ahead: the host's sight of its notice closes, what was owed is not owed."""
    policy.require("placements.withdraw", by.role)
    if not reason.strip():
        raise UnreadableField("reason", "Say why the move does not go ahead.")
    placement = locked(placement_id, version, by)
    states.move(placement, Status.WITHDRAWN)
    save(placement)
    write_event(placement, "Did not go ahead", at, by=by, at=at, words=reason.strip())
    with opening_closed_addresses():
        not_going_ahead.follow(placement, reason=reason.strip(), by=by, at=at)
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


def _register(
    placement: Placement,
    place: Place,
    what: str,
    *,
    host_id: UUID | None,
    tell_host: bool | None,
    by: Actor,
    at: datetime,
) -> Placement:
    place = place.read()
    if not placement.is_restricted:
        placement.urn = place.urn
    placement.save(force_insert=True)
    if placement.is_restricted and by.person_id:
        _grant_to_whoever_registered(placement, by=by, at=at)
    places.keep(placement, place)
    if host_id is not None:
        hosts.choose(placement, place.postcode, host_id, on=facts.start_of(placement), by=by, at=at)
    log.record(
        operation="placements.register", subject_kind="placement", subject_ids=[placement.id, placement.child_id]
    )
    write_event(placement, what, placement.started_at or at, by=by, at=at)
    _note_lateness(placement, by=by, at=at)
    with opening_closed_addresses():
        _judge_and_tell(placement, tell_host=tell_host, by=by, at=at)
    return placement


def _judge_and_tell(placement: Placement, *, tell_host: bool | None, by: Actor, at: datetime) -> None:
    judged = verdicts.judge(placement, at=at)
    is_counted = not go_live.began_before(placement)
    asked = approvals.request(placement, judged, by=by.name, at=at) if is_counted else []
    if placement.starts_on and asked:
        placement.breach_reason = f"Started in an emergency before an approval was recorded. {placement.why_not_wait}"
    placement.save()
    if is_counted:
        obligations.raise_for(placement, judged, holidays=calendar.holidays(), by=by.name, at=at)
        _tell_of_endings(placement, "A move is planned.", by=by, at=at)
        if not _is_asked_first(placement, judged) if tell_host is None else tell_host:
            notices.tell_host(placement, by=by, at=at)
    screening.screen([placement], at=at, purpose="registering a move")


def _is_asked_first(placement: Placement, judged: Judged) -> bool:
    """Whether the host is asked about a plan, with the care plan, before it is told of it."""
    is_distant = judged.area.state is State.OUT_OF_AREA_DISTANT
    return is_distant and placement.starts_on is None and bool(placement.approver_needed)


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
        # A planned move is an ending of ours; how an emergency ended the last place is somebody's to say.
        how = "" if placement.is_emergency or endings.known(current) else Ending.How.BY_US
        _finish(current, started_at, how=how, by=by, at=at)
    _check_nothing_ended_since(placement, started_at)
    placement.status = Status.STARTED
    placement.started_at = started_at
    placement.starts_on = london_date(started_at)


def _check_nothing_ended_since(placement: Placement, started_at: datetime) -> None:
    """Refuse a start before the child's last placement had ended: the database sees days, and this the hours within one."""
    ended_since = Q(ended_at__gt=started_at) | Q(ended_at=None, ends_on__gt=london_date(started_at))
    last = (
        Placement.objects.filter(
            ended_since, child=placement.child, status=Status.ENDED, is_disputed=False, superseded_at=None
        )
        .order_by("ends_on", "ended_at")
        .last()
    )
    if last is not None:
        when = moment_in_words(last.ended_at) if last.ended_at else day_in_words(last.ends_on)
        raise UnreadableField(
            "started_at",
            f"The child's last placement ended on {when}: this one cannot have started before. Give that time or a later "
            "one, or look at that placement's dates.",
        )


def _note_lateness(placement: Placement, *, by: Actor, at: datetime) -> None:
    """Say plainly that a start was recorded a day or more after it happened: what was owed by then is late, as a fact."""
    if placement.started_at is None or at - placement.started_at < timedelta(days=1):
        return
    words = f"It started on {day_in_words(placement.starts_on)} and was recorded on {day_in_words(london_date(at))}."
    write_event(placement, "Recorded late", at, by=by, at=at, words=words)


def _finish(placement: Placement, ended_at: datetime, *, how: str, by: Actor, at: datetime) -> None:
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
    if how:
        endings.record(placement, how=how, by=by, at=at)
    save(placement)
    write_event(placement, "Ended", ended_at, by=by, at=at)
    judgements_owed.close_at_the_end(placement, by=by.name, at=at)
    turns.close_at_the_end(placement, by=by.name, at=at)
    endings.bring_up_to_date(placement, reason=f"The placement ended on {day_in_words(ends_on)}.", by=by, at=at)


def _tell_of_endings(placement: Placement, reason: str, *, by: Actor, at: datetime) -> None:
    """Every move is an ending too: what a plan, or its going, means for the placement in which the child lives now."""
    present = endings.of_the_child_now(placement)
    if present is not None:
        endings.bring_up_to_date(present, reason=reason, by=by, at=at)


def locked(placement_id: UUID, version: int | None, by: Actor) -> Placement:
    """The placement, locked until the transaction ends. Raises PlacementNotFound, StaleVersion."""
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


def save(placement: Placement) -> None:
    """Store a changed placement as its next version."""
    placement.version = F("version") + 1
    placement.save()
    placement.refresh_from_db(fields=["version"])


def _grant_to_whoever_registered(placement: Placement, *, by: Actor, at: datetime) -> None:
    AddressGrant.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        person_id=by.person_id,
        starts_at=at,
        reason="Registered the placement and so knows the address",
        given_by=by.name,
    )
