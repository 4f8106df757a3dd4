"""Which duties does a placement give rise to? The rules' answers as duties of named kinds, each raised once."""

from dataclasses import replace
from datetime import date, datetime

from accounts.acting import Actor
from accounts.roles import Role
from duties.actions import close_as_not_owed, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from placements import facts
from placements.models import Placement
from placements.rules.approval import Approver, approval_findings, required_approver
from placements.rules.area import AreaAnswer, State
from placements.rules.finding import DueDate
from placements.rules.notice import HostNotice, host_notice
from placements.rules.notice import Owed as NoticeOwed
from placements.rules.working_days import CalendarNotKnown, Holidays
from placements.rules.written_dates import day_in_words

APPROVERS = {
    Approver.NOMINATED_OFFICER: (Role.NOMINATED_OFFICER, "The nominated officer must approve this placement"),
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES: (
        Role.DIRECTOR,
        "The director of children's services must approve this placement",
    ),
}


def of_placement(placement: Placement, area: AreaAnswer, *, holidays: Holidays) -> list[Owed]:
    """What the placement's authority owes because of it: approval, the host's notice, and finding an unknown place.

    Where nobody said whether it was planned, the host's notice is owed by no asserted day: late is never guessed.
    Of a closed address a duty does not name the host: it is read by more people than the address.
    """
    if placement.is_restricted:
        area = replace(area, host_name=None)
    owed = [*_approval(placement, area), *_notice(placement, area, holidays)]
    if area.state is State.CANNOT_TELL:
        owed.append(_owed(placement, "find_the_place", "Say where this child is", Basis.PRACTICE, "Our register"))
    if placement.is_disputed:
        title = "Say which of the overlapping episodes is right"
        owed.append(_owed(placement, "disputed_placement", title, Basis.PRACTICE, "SSDA903 return"))
    return owed


def raise_for(placement: Placement, area: AreaAnswer, *, holidays: Holidays, by: str, at: datetime) -> list[Duty]:
    """Raise what the placement gives rise to and was never raised before."""
    owed = of_placement(placement, area, holidays=holidays)
    return raise_duties(owed, authority_id=placement.authority_id, by=by, at=at)


def close_not_going_ahead(placement: Placement, *, reason: str, by: Actor, at: datetime) -> None:
    """Close the open duties of a plan that does not go ahead: with the plan went what it asked for."""
    for duty in Duty.objects.filter(subject_kind="placement", subject_id=placement.id, closed_at=None):
        close_as_not_owed(duty.id, reason=f"The move does not go ahead: {reason}", by=by.name, at=at)


def notice_to_host(placement: Placement, area: AreaAnswer, *, holidays: Holidays) -> HostNotice | None:
    """The rule's answer about the host's notice; None where the calendar does not reach the placement's dates."""
    try:
        return host_notice(area=area, placement=facts.of_placement(placement), holidays=holidays)
    except CalendarNotKnown:
        return None


def _approval(placement: Placement, area: AreaAnswer) -> list[Owed]:
    placement_facts = facts.of_placement(placement)
    approver = required_approver(area=area, placement=placement_facts)
    if approver not in APPROVERS:
        return []
    role, title = APPROVERS[approver]
    finding = approval_findings(area=area, placement=placement_facts)[0]
    start_on = facts.start_of(placement)
    return [
        _owed(
            placement,
            f"approval_by_{role}",
            title,
            Basis.LAW,
            str(finding.citation),
            due_on=start_on,
            late_from=start_on,
            working=(finding.sentence, f"Before the placement starts on {day_in_words(start_on)}."),
            role=role,
        )
    ]


def _notice(placement: Placement, area: AreaAnswer, holidays: Holidays) -> list[Owed]:
    notice = notice_to_host(placement, area, holidays=holidays)
    if notice is None:
        words = ("The table of bank holidays does not reach the dates of this placement: the day is not determined.",)
        return [_host_notice(placement, area, "Care Planning Regulations 2010, reg. 13(4)", None, words)]
    if notice.owed is not NoticeOwed.OWED:
        return []
    finding = notice.findings[0]
    words = (finding.sentence, *_clock_words(notice))
    return [_host_notice(placement, area, str(finding.citation), notice.due, words)]


def _clock_words(notice: HostNotice) -> list[str]:
    clocks = [clock for clock in (notice.if_planned, notice.if_emergency) if clock]
    if len(clocks) == 1:
        return [clocks[0].sentence, *(step.text for step in clocks[0].working)]
    return [
        f"If planned: {notice.if_planned.sentence}",
        f"If made in an emergency: {notice.if_emergency.sentence}",
        "Say which it was: until then no day is asserted.",
    ]


def _host_notice(placement: Placement, area: AreaAnswer, citation: str, due: DueDate | None, words) -> Owed:
    return _owed(
        placement,
        "notice_to_host",
        f"Give {area.host} complete written notice: our assessment and reasons, and the care plan",
        Basis.LAW,
        citation,
        due_on=due.due_on if due else None,
        late_from=due.late_from if due else None,
        working=tuple(words),
        role=Role.PLACEMENT_OFFICER,
    )


def _owed(
    placement: Placement,
    kind: str,
    title: str,
    basis: Basis,
    citation: str,
    *,
    due_on: date | None = None,
    late_from: date | None = None,
    working: tuple[str, ...] = (),
    role: str = Role.PLACEMENT_OFFICER,
) -> Owed:
    return Owed(
        key=f"{kind}:{placement.id}",
        kind=kind,
        title=title,
        basis=basis,
        citation=citation,
        subject_kind="placement",
        subject_id=placement.id,
        subject_reference=placement.child.reference,
        due_on=due_on,
        late_from=late_from,
        working=working,
        role=role,
    )
