"""Which duties does a placement give rise to? The rules' answers as duties of named kinds, each raised once."""

from datetime import date, datetime, timedelta

from accounts.acting import Actor
from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_not_owed, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from placements import calendar, facts
from placements.models import Approval, Placement
from placements.rules.approval import OwedWhen, requirements
from placements.rules.area import AreaAnswer, State
from placements.rules.finding import DueDate
from placements.rules.instruments import CARE_PLANNING_REGULATIONS
from placements.rules.notice import HostNotice, host_notice
from placements.rules.notice import Owed as NoticeOwed
from placements.rules.working_days import CalendarNotKnown, Holidays
from placements.rules.written_dates import day_in_words
from placements.verdicts import Judged

APPROVE = {
    Approval.Under.REG_11: "approve this placement out of area",
    Approval.Under.REG_10: "approve this change in key stage 4",
    Approval.Under.REG_18: "approve this placement with parents",
}
PROVISION = {
    Approval.Under.REG_11: "reg. 11(1)",
    Approval.Under.REG_10: "reg. 10(1)",
    Approval.Under.REG_18: "reg. 18(1)",
}


def of_placement(placement: Placement, area: AreaAnswer, *, holidays: Holidays) -> list[Owed]:
    """What the placement's authority owes because of it: approvals, the host's notice, and finding an unknown place.

    Where nobody said whether it was planned, the host's notice is owed by no asserted day: late is never guessed.
    """
    open_approvals = Approval.objects.filter(placement=placement, superseded_at=None, decision="")
    owed = [*(_approval(placement, one) for one in open_approvals), *_notice(placement, area, holidays)]
    if area.state is State.CANNOT_TELL:
        owed.append(_owed(placement, "find_the_place", "Say where this child is", Basis.PRACTICE, "Our register"))
    if placement.is_disputed:
        title = "Say which of the overlapping episodes is right"
        owed.append(_owed(placement, "disputed_placement", title, Basis.PRACTICE, "SSDA903 return"))
    return owed


def raise_for(placement: Placement, judged: Judged, *, holidays: Holidays, by: str, at: datetime) -> list[Duty]:
    """Raise what the placement gives rise to and was never raised before."""
    owed = of_placement(placement, judged.area, holidays=holidays)
    return raise_duties(owed, authority_id=placement.authority_id, by=by, at=at)


def raise_after_emergency_approval(
    placement: Placement, judged: Judged, approval: Approval, *, by: str, at: datetime
) -> list[Duty]:
    """Raise what reg. 11(3) leaves for the five working days after an emergency's approval, the earlier clock first."""
    listed = requirements(
        area=judged.area,
        placement=facts.of_placement(placement),
        is_emergency=True,
        holidays=calendar.holidays(),
        approved_on=london_date(approval.decided_at),
    )
    owed = [
        _owed(
            placement,
            f"after_emergency_approval:{one.code}",
            one.sentence,
            Basis.LAW,
            str(one.citation),
            due_on=one.due.due_on if one.due else None,
            late_from=one.due.late_from if one.due else None,
            working=tuple(line for clock in one.clocks for line in (clock.sentence, *_steps(clock))),
        )
        for one in listed
        if one.owed is OwedWhen.AFTER_APPROVAL
    ]
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


def _approval(placement: Placement, approval: Approval) -> Owed:
    start_on = facts.start_of(placement)
    return _owed(
        placement,
        f"approval_by_{approval.grade}",
        f"{approval.get_grade_display()}: {APPROVE[approval.under]}",
        Basis.LAW,
        f"{CARE_PLANNING_REGULATIONS}, {PROVISION[approval.under]}",
        key=f"approval:{approval.id}",
        due_on=start_on,
        late_from=start_on + timedelta(days=1),
        working=(f"Before the placement starts on {day_in_words(start_on)}, in an emergency too.",),
        role=Role(approval.grade),
    )


def _steps(clock: DueDate) -> list[str]:
    return [step.text for step in clock.working]


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
    key: str = "",
) -> Owed:
    return Owed(
        key=key or f"{kind}:{placement.id}",
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
