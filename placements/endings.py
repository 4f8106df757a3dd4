"""When does a placement end, how, and whom does that oblige us to tell? Every move is an ending too (reg. 14)."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.acting import Actor
from accounts.roles import Role
from duties.actions import ask_anew, redate
from duties.models import Basis
from duties.owed import Owed
from notifications import documents
from notifications.models import Document
from placements.models import Ending, Placement
from placements.owed import calendar, grounds, owing
from placements.owed.grounds import Grounds
from placements.place.verdicts import current as current_verdict
from placements.rules.ending import EndingNotice, HowEnded, ending_notice
from placements.rules.not_practicable import NotPracticable
from placements.rules.working_days import Holidays

Status = Placement.Status
TO_HOST, TO_PEOPLE = "ending_notice_to_host", "ending_notice_to_people"
KINDS = (TO_HOST, TO_PEOPLE)


@dataclass(frozen=True)
class Expected:
    """An ending that is planned or has happened, as far as it is known."""

    on: date
    how: HowEnded
    not_practicable: NotPracticable | None = None


@dataclass(frozen=True)
class Told:
    """When the host was told of an ending: of the intention before it, and of the fact after it."""

    before_at: datetime | None = None
    after_at: datetime | None = None


def known(placement: Placement) -> Ending | None:
    """What was last recorded of how the placement ends."""
    return Ending.objects.filter(placement=placement, superseded_at=None).first()


def expected(placement: Placement) -> Expected | None:
    """The ending to tell people of: the recorded one, the planned one, or the one that the child's next move brings.

    None where none is in sight, and for an ending that only a return tells of. A move in an emergency is an ending once
    the child is there; before, nobody could be told.
    """
    return expected_on(grounds.of(placement, None))


def expected_on(found: Grounds) -> Expected | None:
    """The same, of a placement whose facts are read already."""
    placement, recorded = found.placement, found.ending
    if placement.status == Status.ENDED:
        if recorded is None and placement.source == Placement.Source.RETURN:
            return None
        return _expected(placement.ends_on, recorded, HowEnded.NOT_KNOWN)
    if placement.status != Status.STARTED:
        return None
    days = [recorded.planned_on] if recorded and recorded.planned_on else []
    days += (on for on in found.moves_planned_on if on >= placement.starts_on)
    return _expected(min(days), recorded, HowEnded.BY_US) if days else None


def owed(found: Grounds, *, holidays: Holidays) -> list[Owed]:
    """The two notices of an ending: to the host where the place is out of area, and to everybody else who was told."""
    placement, area, ending = found.placement, found.area, expected_on(found)
    if ending is None:
        return []
    answer = owing.counted(
        lambda: ending_notice(
            how=ending.how, ends_on=ending.on, holidays=holidays, not_practicable=ending.not_practicable
        )
    )
    to_people = _notice(placement, TO_PEOPLE, "those who were told of this placement, and the carer,", ending, answer)
    if area is None or not area.is_out_of_area:
        return [to_people]
    return [_notice(placement, TO_HOST, area.host, ending, answer), to_people]


def record(
    placement: Placement,
    *,
    how: str,
    planned_on: date | None = None,
    not_practicable: NotPracticable | None = None,
    by: Actor,
    at: datetime,
) -> Ending:
    """What is known of how a placement ends, from now on; what was known before is superseded."""
    Ending.objects.filter(placement=placement, superseded_at=None).update(superseded_at=at)
    return Ending.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        how=Ending.How(how),
        planned_on=planned_on,
        why_not_before=not_practicable.reason if not_practicable else "",
        decided_by=not_practicable.decided_by if not_practicable else "",
        decided_on=not_practicable.decided_on if not_practicable else None,
        recorded_at=at,
        recorded_by=by.name,
    )


def bring_up_to_date(placement: Placement, *, reason: str, by: Actor, at: datetime) -> None:
    """Make the duties of a placement's ending what its facts ask for now, the old ones replaced with the reason.

    Where nothing ends any more, nothing is owed, and what the host was told of it is taken back.
    """
    judged = current_verdict(placement)
    found = grounds.of(placement, judged.area if judged else None)
    wanted = owed(found, holidays=calendar.holidays())
    redate(wanted, authority_id=placement.authority_id, reason=reason, by=by.name, at=at)
    if not wanted:
        # Asked, or told, of one ending says nothing of the next.
        keys = [f"{kind}:{placement.id}" for kind in KINDS]
        ask_anew(keys, wanted=(), authority_id=placement.authority_id, reason=reason, by=by.name, at=at)
        for document in Document.objects.filter(
            sender_id=placement.authority_id,
            subject_id=placement.id,
            kind=Document.Kind.ENDING_NOTICE,
            recalled_at=None,
        ):
            documents.recall(document.id, sender_id=placement.authority_id, at=at)


def of_the_child_now(placement: Placement) -> Placement | None:
    """The placement in which the child of a planned one lives now."""
    return (
        Placement.objects.filter(
            child_id=placement.child_id, status=Status.STARTED, is_disputed=False, superseded_at=None
        )
        .exclude(id=placement.id)
        .select_related("child", "authority")
        .first()
    )


def told(placement: Placement) -> Told:
    """The two dates on which the host was told; an intention is told before the ending, the fact after it."""
    given = Document.objects.filter(
        sender_id=placement.authority_id, subject_id=placement.id, kind=Document.Kind.ENDING_NOTICE, recalled_at=None
    ).order_by("composed_at")
    before = next((one.composed_at for one in given if one.body["is_intention"]), None)
    after = next((one.composed_at for one in given if not one.body["is_intention"]), None)
    return Told(before, after)


def _expected(on: date, recorded: Ending | None, otherwise: HowEnded) -> Expected:
    if recorded is None:
        return Expected(on, otherwise)
    why_not = None
    if recorded.why_not_before:
        why_not = NotPracticable(
            reason=recorded.why_not_before, decided_by=recorded.decided_by, decided_on=recorded.decided_on
        )
    return Expected(on, HowEnded(recorded.how), why_not)


def _notice(placement: Placement, kind: str, whom: str, ending: Expected, answer: EndingNotice | None) -> Owed:
    title = f"Tell {whom} in writing that this placement ends"
    if answer is None:
        citation = "Care Planning Regulations 2010, reg. 14"
        return owing.by_no_day(placement, kind, title, citation, owing.BEYOND_THE_TABLE, role=Role.PLACEMENT_OFFICER)
    due = answer.due_for(not_practicable=ending.not_practicable)
    if due is None:
        finding = answer.findings[0]
        return owing.owed(placement, kind, title, Basis.PRACTICE, str(finding.citation), working=(finding.sentence,))
    words = [finding.sentence for finding in answer.findings if finding.due is not None and finding.due is not due]
    reason = [ending.not_practicable.sentence] if ending.not_practicable else []
    return owing.owed(
        placement,
        kind,
        title,
        Basis(due.basis.value),
        str(due.citation),
        due_on=due.due_on,
        late_from=due.late_from,
        working=(*owing.said(due), *reason, *([] if ending.not_practicable else words)),
    )
