"""Which duties does a placement give rise to? The rules' answers as duties of named kinds, each raised once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from accounts.acting import Actor
from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_not_owed, raise_duties, redate
from duties.models import Basis, Duty
from duties.owed import Owed
from placements import endings
from placements.models import Approval, Placement
from placements.owed import calendar, facts, found_again, grounds, judgements_owed, obligations_of_start
from placements.owed.grounds import Grounds
from placements.owed.owing import BEYOND_THE_TABLE, owed, said
from placements.place.verdicts import Judged
from placements.rules.approval import EMERGENCY, OwedWhen, Requirement, requirements
from placements.rules.area import AreaAnswer, State
from placements.rules.finding import DueDate
from placements.rules.instruments import CARE_PLANNING_REGULATIONS
from placements.rules.notice import HostNotice, host_notice
from placements.rules.notice import Owed as NoticeOwed
from placements.rules.working_days import CalendarNotKnown, Holidays
from placements.rules.written_dates import day_in_words

APPROVE = {
    Approval.Under.REG_11: "approve this placement out of area",
    Approval.Under.REG_10: "approve this change in key stage 4",
    Approval.Under.REG_18: "approve this placement with parents",
}
AFTER_EMERGENCY_APPROVAL = "after_emergency_approval"
AREA_AUTHORITY = "area_authority"
WHOEVER_APPROVES = "Have it decided by whoever the law names, let read the closed address first"
TOLD_OR_ASKED = "The area authority has been told, or asked with the care plan, as the law says for this place."
# Done or owed about one place, they say nothing of another.
TURNING_ON_THE_PLACE = (
    "notice_to_host",
    "find_the_place",
    "iro_told",
    f"{AFTER_EMERGENCY_APPROVAL}:area_authority_consulted",
    f"{AFTER_EMERGENCY_APPROVAL}:area_authority_notified",
    f"{AFTER_EMERGENCY_APPROVAL}:area_authority",
    f"{AFTER_EMERGENCY_APPROVAL}:relatives_consulted",
    f"{AFTER_EMERGENCY_APPROVAL}:iro_told",
)
PROVISION = {
    Approval.Under.REG_11: "reg. 11(1)",
    Approval.Under.REG_10: "reg. 10(1)",
    Approval.Under.REG_18: "reg. 18(1)",
}


def of_placement(placement: Placement, area: AreaAnswer, *, holidays: Holidays) -> list[Owed]:
    """What the placement's authority owes because of it, its place judged by whoever asks."""
    return of_grounds(grounds.of(placement, area), holidays=holidays)


def of_grounds(found: Grounds, *, holidays: Holidays) -> list[Owed]:
    """What an authority owes because of a placement that has a verdict: approvals, notices, the start, judgements.

    Where nobody said whether it was planned, the host's notice is owed by no asserted day: late is never guessed.
    Of a closed address a duty does not name the host: it is read by more people than the address.
    """
    placement, area = found.placement, found.area
    if placement.is_restricted:
        area = replace(area, host_name=None)
        found = replace(found, area=area)
    wanted = [
        *(_approval(placement, one) for one in found.approvals if not one.decision),
        *_notice(found, area, holidays),
        *_after_emergency_approval(found, area, holidays),
        *obligations_of_start.of_grounds(found, holidays=holidays),
        *endings.owed(found, holidays=holidays),
        *judgements_owed.of_grounds(found, holidays=holidays),
    ]
    if area.state is State.CANNOT_TELL:
        wanted.append(owed(placement, "find_the_place", "Say where this child is", Basis.PRACTICE, "Our register"))
    if placement.is_disputed:
        title = "Say which of the overlapping episodes is right"
        wanted.append(owed(placement, "disputed_placement", title, Basis.PRACTICE, "SSDA903 return"))
    return wanted


def raise_for(placement: Placement, judged: Judged, *, holidays: Holidays, by: str, at: datetime) -> list[Duty]:
    """Raise what the placement gives rise to and was never raised before."""
    wanted = of_placement(placement, judged.area, holidays=holidays)
    return raise_duties(wanted, authority_id=placement.authority_id, by=by, at=at)


def redate_for(placement: Placement, judged: Judged, *, reason: str, by: str, at: datetime) -> list[Duty]:
    """Raise what is missing, and replace the open duties whose days a new date has changed, with the reason."""
    wanted = of_placement(placement, judged.area, holidays=calendar.holidays())
    return redate(wanted, authority_id=placement.authority_id, reason=reason, by=by, at=at)


def close_not_going_ahead(placement: Placement, *, reason: str, by: Actor, at: datetime) -> None:
    """Close the open duties of a plan that does not go ahead: with the plan went what it asked for.

    A decision that was recorded for somebody is theirs to confirm all the same.
    """
    owed_still = Duty.objects.filter(subject_kind="placement", subject_id=placement.id, closed_at=None)
    for duty in owed_still.exclude(kind=found_again.CONFIRM):
        close_as_not_owed(duty.id, reason=f"The move does not go ahead: {reason}", by=by.name, at=at)


def notice_to_host(placement: Placement, area: AreaAnswer, *, holidays: Holidays) -> HostNotice | None:
    """The rule's answer about the host's notice; None where the calendar does not reach the placement's dates."""
    try:
        return host_notice(area=area, placement=facts.of_placement(placement), holidays=holidays)
    except CalendarNotKnown:
        return None


def _approval(placement: Placement, approval: Approval) -> Owed:
    """Which grade decides says how far away a place lies: of a closed address a manager is asked to have it decided."""
    start_on, closed = facts.start_of(placement), placement.is_restricted
    return owed(
        placement,
        "approval" if closed else f"approval_by_{approval.grade}",
        f"{WHOEVER_APPROVES if closed else approval.get_grade_display()}: {APPROVE[approval.under]}",
        Basis.LAW,
        f"{CARE_PLANNING_REGULATIONS}, {PROVISION[approval.under]}",
        key=f"approval:{approval.id}",
        due_on=start_on,
        late_from=start_on + timedelta(days=1),
        working=(f"Before the placement starts on {day_in_words(start_on)}, in an emergency too.",),
        role=Role.MANAGER if closed else Role(approval.grade),
    )


def _after_emergency_approval(found: Grounds, area: AreaAnswer, holidays: Holidays) -> list[Owed]:
    """What reg. 11(3) leaves for the five working days after an emergency's approval, the earlier clock first."""
    placement = found.placement
    approved = (Approval.Under.REG_11, Approval.Decision.APPROVED)
    approval = next((one for one in found.approvals if (one.under, one.decision) == approved), None)
    if approval is None or not placement.is_emergency:
        return []
    return after_emergency_approval(placement, area, holidays=holidays, approved_on=london_date(approval.decided_at))


def after_emergency_approval(
    placement: Placement, area: AreaAnswer, *, holidays: Holidays, approved_on: date
) -> list[Owed]:
    """What an emergency's approval on a day leaves owed."""
    listed = requirements(
        area=area,
        placement=facts.of_placement(placement),
        is_emergency=True,
        holidays=holidays,
        approved_on=approved_on,
    )
    return [
        owed(
            placement,
            *_said_of_requirement(placement, one),
            key=f"{AFTER_EMERGENCY_APPROVAL}:{one.code}:{placement.id}",
            due_on=one.due.due_on if one.due else None,
            late_from=one.due.late_from if one.due else None,
            working=tuple(line for clock in one.clocks for line in said(clock)),
        )
        for one in listed
        if one.owed is OwedWhen.AFTER_APPROVAL
    ]


def _said_of_requirement(placement: Placement, one: Requirement) -> tuple[str, str, Basis, str]:
    """Kind, words, basis and law. Whether an authority is told or asked says how far away a closed address lies."""
    if placement.is_restricted and one.code.startswith(AREA_AUTHORITY):
        return f"{AFTER_EMERGENCY_APPROVAL}:{AREA_AUTHORITY}", TOLD_OR_ASKED, Basis.LAW, str(EMERGENCY)
    return f"{AFTER_EMERGENCY_APPROVAL}:{one.code}", one.sentence, Basis.LAW, str(one.citation)


def _notice(found: Grounds, area: AreaAnswer, holidays: Holidays) -> list[Owed]:
    placement = found.placement
    if placement.is_emergency and placement.starts_on is None:
        return []  # its days count from the start, when the host is told
    if found.is_carers_move:
        return []  # the same placement in another area: telling it is practice (domain facts, trap 16)
    notice = notice_to_host(placement, area, holidays=holidays)
    if notice is None:
        citation = "Care Planning Regulations 2010, reg. 13(4)"
        return [_host_notice(placement, area, citation, None, BEYOND_THE_TABLE)]
    if notice.owed is not NoticeOwed.OWED:
        return []
    finding = notice.findings[0]
    words = (finding.sentence, *_clock_words(notice))
    return [_host_notice(placement, area, str(finding.citation), notice.due, words)]


def _clock_words(notice: HostNotice) -> list[str]:
    clocks = [clock for clock in (notice.if_planned, notice.if_emergency) if clock]
    if len(clocks) == 1:
        return list(said(clocks[0]))
    return [
        f"If planned: {notice.if_planned.sentence}",
        f"If made in an emergency: {notice.if_emergency.sentence}",
        "Say which it was: until then no day is asserted.",
    ]


def _host_notice(placement: Placement, area: AreaAnswer, citation: str, due: DueDate | None, words) -> Owed:
    return owed(
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
