"""What does a place mean in law: who approves, who is told or asked, and by when?"""

from datetime import date

from placements.rules.approval import Approver, approval_findings, required_approver, requirements
from placements.rules.area import AreaAnswer, State
from placements.rules.finding import DueDate, Finding
from placements.rules.notice import PEOPLE_NOTICE, Owed, host_notice, notice_clocks
from placements.rules.outside_england_and_wales import outside_england_and_wales_findings
from placements.rules.people_to_tell import people_to_tell
from placements.rules.placement_facts import Manner, PlacementFacts
from placements.rules.working_days import Holidays

HOST_ITEMS = frozenset({"area_authority_notified", "area_authority_consulted"})


def meaning(
    *, area: AreaAnswer, placement: PlacementFacts, holidays: Holidays, approved_on: date | None = None
) -> tuple[Finding, ...]:
    """The whole meaning of a place as findings in the order in which people act.

    Where it is not known whether the placement is planned, both clocks are given, each in its own finding.
    Without a start, the rules are said and nothing is dated. Raises CalendarNotKnown.
    """
    return (
        *area.findings,
        *outside_england_and_wales_findings(country=area.country, in_care=placement.in_care),
        *approval_findings(area=area, placement=placement),
        *_asking_the_host(area, placement, holidays, approved_on),
        *_telling_the_host(area, placement, holidays),
        *_telling_the_others(placement, holidays),
    )


def _asking_the_host(
    area: AreaAnswer, placement: PlacementFacts, holidays: Holidays, approved_on: date | None
) -> list[Finding]:
    if required_approver(area=area, placement=placement) in (Approver.NOBODY, Approver.CANNOT_TELL):
        return []
    findings = []
    if placement.manner is not Manner.EMERGENCY:
        findings += [
            Finding(f"{item.code}_before_approval", f"Before approval: {_to_do(area)}.", item.citation)
            for item in requirements(area=area, placement=placement, is_emergency=False)
            if item.code in HOST_ITEMS
        ]
    if placement.manner is not Manner.PLANNED:
        items = requirements(
            area=area, placement=placement, is_emergency=True, holidays=holidays, approved_on=approved_on
        )
        findings += [
            Finding(
                f"{item.code}_after_emergency",
                f"In an emergency, within five working days of approval: {_to_do(area)}.",
                item.citation,
                due=item.due,
            )
            for item in items
            if item.code in HOST_ITEMS
        ]
    return findings


def _to_do(area: AreaAnswer) -> str:
    if area.state is State.OUT_OF_AREA_DISTANT:
        return f"ask {area.host} and give it the care plan"
    return f"notify {area.host}"


def _telling_the_host(area: AreaAnswer, placement: PlacementFacts, holidays: Holidays) -> list[Finding]:
    notice = host_notice(area=area, placement=placement, holidays=holidays)
    findings = list(notice.findings)
    if notice.owed is Owed.OWED:
        findings += _clock_findings("host_notice", notice.if_planned, notice.if_emergency)
    return findings


def _telling_the_others(placement: PlacementFacts, holidays: Holidays) -> list[Finding]:
    if not people_to_tell(placement=placement):
        return []
    sentence = (
        "Written notice to the people of reg. 13(2), among them the parents, the health body, the general "
        "practitioner, the school and the independent reviewing officer, by the same clock."
    )
    findings = [Finding("people_notice", sentence, PEOPLE_NOTICE)]
    if placement.starts_on is not None:
        clocks = notice_clocks(manner=placement.manner, starts_on=placement.starts_on, holidays=holidays)
        findings += _clock_findings("people_notice", *clocks)
    return findings


def _clock_findings(code: str, if_planned: DueDate | None, if_emergency: DueDate | None) -> list[Finding]:
    findings = []
    if if_planned:
        condition = "If planned: " if if_emergency else ""
        sentence = f"{condition}{if_planned.sentence}"
        findings.append(Finding(f"{code}_if_planned", sentence, if_planned.citation, due=if_planned))
    if if_emergency:
        condition = "If made in an emergency: " if if_planned else ""
        sentence = f"{condition}{if_emergency.sentence}"
        findings.append(Finding(f"{code}_if_emergency", sentence, if_emergency.citation, due=if_emergency))
    return findings
