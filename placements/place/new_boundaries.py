"""Whose area do open placements lie in, now that boundaries were switched? Judged again, a register and a batch at a time.

The instant of the switch stands with the edition; a register whose run of that instant has not ended is taken up by the
next sweep. What is judged as it was stays as it is. Where the law now makes something else of a place, the new verdict
stands beside the old one, the timeline says so, and somebody looks at it: Placewatch tells and asks nobody by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.acting import Actor, acting_for, service
from accounts.roles import Role
from audit import log
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from geo.importers.boundaries import last_switched_at
from geo.models import Authority
from placements import policy
from placements.events import write_event
from placements.models import Placement, Rejudging
from placements.models import Verdict as StoredVerdict
from placements.owed import calendar
from placements.owed.owing import BEYOND_THE_TABLE, counted, owed, said
from placements.place import rejudging, verdicts
from placements.place.jurisdiction import Verdict
from placements.rules import finding
from placements.rules.area import State
from placements.rules.due_dates import within_working_days
from placements.rules.working_days import Holidays
from placements.states import OPEN

BATCH = 1_000
PURPOSE = "judging again after boundaries were switched"
KIND = "area_judged_again"
TITLE = "Look at whose area this place lies in: it is judged otherwise since boundaries changed"
WHAT_TO_DO = (
    "If the host is another one now, see who has to be told, and who has to approve or be asked.",
    "If it is not certain, choose the area: the page of the placement says what speaks for which.",
)
WORDS = {
    State.IN_AREA: "in our own area",
    State.OUT_OF_AREA_ADJOINING: "out of area, in an adjoining one",
    State.OUT_OF_AREA_DISTANT: "out of area, at a distance",
    State.CANNOT_TELL: "not certain whose area it is",
}
PLANNED = (Placement.Status.PROPOSED, Placement.Status.APPROVED)


def judge_again(authority_id: UUID, *, at: datetime) -> int:
    """Judge one register again, if boundaries were switched since it last was; how many places are judged otherwise.

    A run that stops halfway begins anew, and finds nothing new where it has been.
    """
    switched_at = last_switched_at()
    if switched_at is None:
        return 0
    with acting_for(service(authority_id), PURPOSE):
        if Rejudging.objects.filter(switched_at=switched_at, ended_at__isnull=False).exists():
            return 0
        rows = Placement.objects.filter(status__in=OPEN, superseded_at=None)
        ids = list(rows.order_by("id").values_list("id", flat=True))
        if not ids:
            return 0
        run, _ = Rejudging.objects.update_or_create(
            authority_id=authority_id,
            switched_at=switched_at,
            defaults={"places": rows.filter(is_restricted=False).count(), "judged": 0},
            create_defaults={"places": rows.filter(is_restricted=False).count(), "began_at": at},
        )
    changed = 0
    for first in range(0, len(ids), BATCH):
        with acting_for(service(authority_id), PURPOSE) as by:
            changed += _judge(ids[first : first + BATCH], run, by=by, at=at)
    with acting_for(service(authority_id), PURPOSE):
        Rejudging.objects.filter(id=run.id).update(ended_at=at)
    return changed


@transaction.atomic
def _judge(ids: Sequence[UUID], run: Rejudging, *, by: Actor, at: datetime) -> int:
    rows = Placement.objects.filter(id__in=ids, status__in=OPEN, superseded_at=None).order_by("id")
    locked = list(rows.select_related("child", "authority").select_for_update(of=("self",)))
    held = StoredVerdict.objects.filter(placement__in=locked, superseded_at=None).select_related("host")
    before = {row.placement_id: row for row in held.defer("detail")}
    # A place never judged waits for its first verdict, which the sweep of the register gives it.
    other = {
        placement: answer
        for placement, answer in verdicts.answers_now(locked, at=at).items()
        if placement.id in before and verdicts.is_another(before[placement.id], answer)
    }
    holidays = calendar.holidays()
    wanted = [_judged_otherwise(one, before[one.id], answer, holidays, by=by, at=at) for one, answer in other.items()]
    raise_duties(wanted, authority_id=run.authority_id, by=by.name, at=at)
    _count(run, [one for one in locked if not one.is_restricted], other)
    return len(other)


def _judged_otherwise(
    placement: Placement, before: StoredVerdict, answer: Verdict, holidays: Holidays, *, by: Actor, at: datetime
) -> Owed:
    """The new verdict, its line of the timeline, and the task of looking at it. A plan asks for its approvals anew."""
    words = _words(placement, State(before.state), before.host, answer)
    write_event(placement, "Judged again, since boundaries changed", at, by=by, at=at, words=words)
    if placement.status in PLANNED:
        rejudging.re_judge(placement, reason="Boundaries changed.", by=by, at=at)
        Placement.objects.filter(id=placement.id).update(version=F("version") + 1)
    else:
        verdicts.judge(placement, at=at)
    due = counted(
        lambda: within_working_days(
            policy.JUDGED_AGAIN.working_days,
            of=london_date(at),
            event="the judging",
            citation=policy.JUDGED_AGAIN.citation,
            basis=finding.Basis.LOCAL_RULE,
            holidays=holidays,
        )
    )
    return owed(
        placement,
        KIND,
        TITLE,
        Basis.LOCAL_RULE,
        str(policy.JUDGED_AGAIN.citation),
        key=f"{KIND}:{placement.id}:{at:%Y%m%dT%H%M%S}",
        due_on=due.due_on if due else None,
        late_from=due.late_from if due else None,
        working=(words, *WHAT_TO_DO, *(said(due) if due else BEYOND_THE_TABLE)),
        role=Role.PLACEMENT_OFFICER,
    )


def _words(placement: Placement, state: State, host: Authority | None, answer: Verdict) -> str:
    """From what to what. Everybody of ours reads it: of a closed address neither says where it is."""
    if placement.is_restricted:
        return "It is kept with the closed address."
    earlier, now = _in_words(state, host), _in_words(answer.area.state, answer.place.host)
    possible = ", ".join(f"{one.authority.name} ({one.evidence})" for one in answer.place.candidates)
    return f"Until now: {earlier}. Now: {now}." + (f" Possible: {possible}." if possible else "")


def _in_words(state: State, host: Authority | None) -> str:
    if host:
        return f"{WORDS[state]} ({host.name})"
    return WORDS[state] if state is State.CANNOT_TELL else f"{WORDS[state]}, and not certain in whose"


def _count(run: Rejudging, judged: Sequence[Placement], other: dict[Placement, Verdict]) -> None:
    told = [answer for placement, answer in other.items() if not placement.is_restricted]
    counted_ = {
        "judged": len(judged),
        "changed": len(told),
        "uncertain": sum(answer.place.host is None for answer in told),
    }
    Rejudging.objects.filter(id=run.id).update(**{name: F(name) + number for name, number in counted_.items()})
    log.record(operation="rejudgings.run", subject_kind="rejudging", subject_ids=[run.id], detail=counted_)
