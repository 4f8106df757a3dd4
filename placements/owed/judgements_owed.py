"""Of which placements is a written judgement owed, since when, and by when? Never a condition of a start or an approval."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_not_owed, meet, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from placements import policy
from placements.models import Judgement, Placement, Screening, Verdict
from placements.owed import calendar, facts, grounds
from placements.owed.grounds import Grounds
from placements.owed.owing import BEYOND_THE_TABLE, counted, owed, said
from placements.rules.ages import birthday
from placements.rules.due_dates import before_day
from placements.rules.finding import DueDate
from placements.rules.judgement_due import Occasion, judgement_due
from placements.rules.working_days import Holidays

ADULT = 18
JUDGEMENT, CONVERSATION, LOOK_AGAIN = "judgement", "judgement_conversation", "judgement_look_again"
# Words that tell nobody what lies near: people read duties who do not read checks.
TITLES = {
    JUDGEMENT: "Write the judgement about this place",
    CONVERSATION: "Talk the judgement about this place through with who wrote it",
    LOOK_AGAIN: "Look again at the judgement about this place",
}
ROLES = {JUDGEMENT: Role.SOCIAL_WORKER, CONVERSATION: Role.SUPERVISOR, LOOK_AGAIN: Role.SOCIAL_WORKER}
HOLDS_NOTHING_UP = "Our own rule. It holds up no approval and no move."


class Said(StrEnum):
    """What a check of a place said, all authorities around it together."""

    SOMETHING = "something shared lies near, or is past its review date"
    NOTHING_NEAR = "somebody shares, and nothing of it lies near"
    NOTHING_SHARED = "nobody around shares"


def said_of(screening: Screening | None) -> Said:
    """What a check said; a place never checked, or without a point, is one of which nothing is shared."""
    states = {entry["state"] for entry in _entries(screening)}
    if states & {"near", "stale"}:
        return Said.SOMETHING
    return Said.NOTHING_NEAR if "nothing_near" in states else Said.NOTHING_SHARED


def asks_whom(placement: Placement, screening: Screening | None) -> bool:
    """Whether a judgement says who was asked about the place: it lies elsewhere, and its authority shares nothing."""
    verdict = Verdict.objects.filter(placement=placement, superseded_at=None).first()
    return _is_unshared(placement, screening, verdict.host_id if verdict else None)


def raise_for(placements: Iterable[Placement], *, by: str, at: datetime) -> list[Duty]:
    """Raise what placements of one authority owe and was never raised: the worker's judgement, the supervisor's conversation.

    Owed by the first check that finds something shared near or past its review date, or an authority elsewhere that
    shares nothing: before the start of a planned move, five working days after an emergency start (ADR 0036). After a
    judgement, and where the placement began before go-live, by a later check that finds something new. About a closed
    address always and in the same words, so that the duty tells nobody what was found.
    """
    placements = list(placements)
    if not placements:
        return []
    holidays = calendar.holidays()
    wanted = [one for found in grounds.read(placements) for one in of_grounds(found, holidays=holidays)]
    return raise_duties(wanted, authority_id=placements[0].authority_id, by=by, at=at)


def of_grounds(found: Grounds, *, holidays: Holidays) -> list[Owed]:
    """What one placement owes: the worker's judgement, the supervisor's conversation."""
    placement, checks, judgement = found.placement, found.checks, found.judgement
    is_old = found.live_on is not None and placement.starts_on is not None and placement.starts_on < found.live_on
    if judgement is None and not is_old:
        first = checks[0] if checks else None
        if _is_closed_minor(placement) or _found(first) or (first and _is_unshared(placement, first, found.host_id)):
            return _at_the_start(placement, first, holidays)
        before, later = frozenset(), checks[1:]
    elif judgement is None:
        before, later = _found(checks[0] if checks else None), checks[1:]
    else:
        since = judgement.screening.at if judgement.screening else judgement.recorded_at
        before, later = _found(judgement.screening), [one for one in checks if one.at > since]
    new = next((one for one in later if _found(one) - before), None)
    return _after_a_check(placement, new, holidays) if new else []


def after_a_recheck(placement: Placement, check: Screening, *, holidays: Holidays) -> list[Owed]:
    """What a re-check that found something new asks for, whatever was thought of the place before."""
    return _after_a_check(placement, check, holidays)


def look_again(judgement: Judgement) -> Owed:
    """The day that the worker chose for looking again, as a duty of that day."""
    on = judgement.look_again_on
    due = DueDate(due_on=on, late_from=on + timedelta(days=1), sentence="", citation=policy.JUDGEMENT.citation)
    words = ("The day was chosen when the judgement was written.",)
    return _owed(judgement.placement, LOOK_AGAIN, f"{LOOK_AGAIN}:{judgement.id}", due, words)


def meet_by_writing(placement: Placement, *, by: str, at: datetime) -> None:
    """A judgement meets whatever asked for one, and the day chosen earlier for looking again."""
    for key in _open_keys(placement, JUDGEMENT, LOOK_AGAIN):
        meet(key, authority_id=placement.authority_id, evidence=f"Written by {by}.", by=by, at=at)


def meet_by_talking(placement: Placement, *, by: str, held_at: datetime, at: datetime) -> None:
    """A conversation meets what asked a supervisor for one."""
    evidence = f"Talked through with {by}."
    for key in _open_keys(placement, CONVERSATION):
        meet(key, authority_id=placement.authority_id, evidence=evidence, by=by, at=at, done_at=held_at)


def close_at_the_end(placement: Placement, *, by: str, at: datetime) -> None:
    """Nobody looks again at a place that the child has left; a judgement that was owed before stays owed."""
    for duty in _open_duties(placement, LOOK_AGAIN):
        close_as_not_owed(duty.id, reason="The child does not live there any more.", by=by, at=at)


def _is_closed_minor(placement: Placement) -> bool:
    start_on = facts.start_of(placement)
    return placement.is_restricted and start_on < birthday(date_of_birth=placement.child.born_on, age=ADULT).on


def _at_the_start(placement: Placement, first: Screening | None, holidays: Holidays) -> list[Owed]:
    """An emergency's judgement is owed once the child is there; where nobody said which, from the check."""
    if placement.is_emergency is False:
        due = _before_the_start(facts.start_of(placement), holidays)
        return _pair(placement, f"{placement.id}", due)
    if placement.is_emergency and placement.starts_on is None:
        return []
    if placement.is_emergency:
        due = _after(Occasion.EMERGENCY_START, placement.starts_on, holidays)
    else:
        checked_on = london_date(first.at if first else placement.recorded_at)
        due = _after(Occasion.RE_CHECK, checked_on, holidays)
    return _pair(placement, f"{placement.id}", due)


def _after_a_check(placement: Placement, check: Screening, holidays: Holidays) -> list[Owed]:
    due = _after(Occasion.RE_CHECK, london_date(check.at), holidays)
    of = f"{placement.id}:{check.id}"
    if placement.is_restricted:
        return [_owed(placement, LOOK_AGAIN, f"{JUDGEMENT}:{of}", due, (HOLDS_NOTHING_UP,))]
    return _pair(placement, of, due)


def _pair(placement: Placement, of: str, due: DueDate | None) -> list[Owed]:
    """The two lines of one thing: who writes, and who talks it through."""
    words = (HOLDS_NOTHING_UP, *(said(due) if due else BEYOND_THE_TABLE))
    return [_owed(placement, kind, f"{kind}:{of}", due, words) for kind in (JUDGEMENT, CONVERSATION)]


def _owed(placement: Placement, kind: str, key: str, due: DueDate | None, working: tuple[str, ...]) -> Owed:
    return owed(
        placement,
        kind,
        TITLES[kind],
        Basis.LOCAL_RULE,
        str(policy.JUDGEMENT.citation),
        key=key,
        due_on=due.due_on if due else None,
        late_from=due.late_from if due else None,
        working=working,
        role=ROLES[kind],
    )


def _before_the_start(on: date, holidays: Holidays) -> DueDate | None:
    written = {"owed": "To be written", "citation": policy.JUDGEMENT.citation}
    return counted(lambda: before_day(on=on, **written, holidays=holidays))


def _after(occasion: Occasion, on: date, holidays: Holidays) -> DueDate | None:
    return counted(lambda: judgement_due(occasion=occasion, on=on, rule=policy.JUDGEMENT, holidays=holidays))


def _entries(screening: Screening | None) -> list[dict]:
    return screening.answer["authorities"] if screening else []


def _found(screening: Screening | None) -> frozenset[tuple[str, str]]:
    """What calls for a judgement: whose information, near or stale. What was near and grew stale is nothing new."""
    found = {(one["authority_id"], one["state"]) for one in _entries(screening) if one["state"] in ("near", "stale")}
    return frozenset(found | {(owner, "stale") for owner, state in found if state == "near"})


def _is_unshared(placement: Placement, screening: Screening | None, host: UUID | None) -> bool:
    if host is None or host == placement.authority_id or said_of(screening) is Said.SOMETHING:
        return False
    of_host = [one["state"] for one in _entries(screening) if one["authority_id"] == str(host)]
    return of_host in ([], ["shares_nothing"])


def _open_duties(placement: Placement, *kinds: str) -> list[Duty]:
    return list(
        Duty.objects.filter(
            authority_id=placement.authority_id,
            subject_kind="placement",
            subject_id=placement.id,
            kind__in=kinds,
            closed_at=None,
        )
    )


def _open_keys(placement: Placement, *kinds: str) -> list[str]:
    return [duty.key for duty in _open_duties(placement, *kinds)]
