"""Who must approve a placement before it is put into effect, and of what must they be satisfied?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from placements.rules.area import AreaAnswer, State
from placements.rules.finding import Citation, DueDate, Finding
from placements.rules.instruments import care_planning
from placements.rules.placement_facts import Carer, PlacementFacts
from placements.rules.readings import DatedReading, NoReading, reading_on
from placements.rules.remand import remand_findings
from placements.rules.working_days import Holidays, add_working_days
from placements.rules.written_dates import day_in_words

WORKING_DAYS_AFTER_EMERGENCY_APPROVAL = 5  # reg. 11(3)
NOMINATED_OFFICER_APPROVES = care_planning("reg. 11(1)(a)")
EMERGENCY = care_planning("reg. 11(3)", reading="ADR 0011")
EXEMPT_CARER = {
    Carer.CONNECTED_PERSON: care_planning("reg. 11(4)(a)", reading="ADR 0014"),
    Carer.OWN_FOSTER_CARER: care_planning("reg. 11(4)(b)", reading="ADR 0014"),
}


class Approver(StrEnum):
    """Whose approval reg. 11 demands. A deputy acts only under a recorded acting appointment (reg. 2)."""

    NOBODY = "nobody"
    NOMINATED_OFFICER = "nominated_officer"
    DIRECTOR_OF_CHILDRENS_SERVICES = "director_of_childrens_services"
    CANNOT_TELL = "cannot_tell"


# Who approves a place at a distance. Until 2014 distance made no difference (SI 2013/3239, reg. 18).
AT_A_DISTANCE_APPROVES = (
    DatedReading(
        from_on=date(2011, 4, 1),
        until=date(2014, 1, 27),
        says=Approver.NOMINATED_OFFICER,
        citation=care_planning("reg. 11(1) as made", reading="ADR 0025"),
    ),
    DatedReading(
        from_on=date(2014, 1, 27),
        says=Approver.DIRECTOR_OF_CHILDRENS_SERVICES,
        citation=care_planning("reg. 11(1)(b)"),
    ),
)


class OwedWhen(StrEnum):
    BEFORE_APPROVAL = "before_approval"
    AFTER_APPROVAL = "after_approval"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the approver must be satisfied of. `clocks` are its due dates, the earlier first."""

    code: str
    sentence: str
    citation: Citation
    owed: OwedWhen = OwedWhen.BEFORE_APPROVAL
    clocks: tuple[DueDate, ...] = ()

    @property
    def due(self) -> DueDate | None:
        return self.clocks[0] if self.clocks else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "sentence": self.sentence,
            "citation": self.citation.as_dict(),
            "owed": self.owed.value,
            "clocks": [clock.as_dict() for clock in self.clocks],
        }


def required_approver(*, area: AreaAnswer, placement: PlacementFacts) -> Approver:
    """Nobody, the nominated officer, or at a distance the director (reg. 11(1), (4), (5)).

    The same person in an emergency: that shortens the list (reg. 11(3)), never the grade. By the reading that
    held on the day of the start; for a start before the regulations of 2010 it cannot be told.
    """
    if area.state is State.IN_AREA or placement.carer in EXEMPT_CARER:
        return Approver.NOBODY
    try:
        at_a_distance = _reading(placement).says
    except NoReading:
        return Approver.CANNOT_TELL
    match area.state:
        case State.OUT_OF_AREA_ADJOINING:
            return Approver.NOMINATED_OFFICER
        case State.OUT_OF_AREA_DISTANT:
            return at_a_distance
        case State.CANNOT_TELL:
            return Approver.CANNOT_TELL


def approval_findings(*, area: AreaAnswer, placement: PlacementFacts) -> tuple[Finding, ...]:
    """Who must approve, and why, in sentences."""
    findings = [_approver_finding(area, placement)]
    if placement.is_with_parents:
        findings.append(
            Finding(
                "parents_reg_18",
                "A child in care placed with parents: the nominated officer approves under reg. 18 "
                "wherever the parents live.",
                care_planning("reg. 18(1)"),
            )
        )
    return (*findings, *remand_findings(placement=placement))


def requirements(
    *,
    area: AreaAnswer,
    placement: PlacementFacts,
    is_emergency: bool,
    holidays: Holidays | None = None,
    approved_on: date | None = None,
) -> tuple[Requirement, ...]:
    """What the approver must be satisfied of, item by item (reg. 11(2)); empty where nobody approves.

    In an emergency two items come before approval and the rest within five working days of it (reg. 11(3)).
    Both clocks are shown, from approval and from the start, where `approved_on`, the start and the
    holidays are given; nothing is dated otherwise. Raises CalendarNotKnown.
    """
    approver = required_approver(area=area, placement=placement)
    if approver in (Approver.NOBODY, Approver.CANNOT_TELL):
        return ()
    before = (WISHES, MOST_APPROPRIATE)
    if not is_emergency:
        return (*before, RELATIVES, _area_authority(area, approver, "reg. 11(2)(d)"), IRO_CONSULTED)
    clocks = _emergency_clocks(approved_on, placement.starts_on, holidays) if holidays else ()
    after = (RELATIVES, _area_authority(area, approver, "reg. 11(3), (2)(d)"), IRO_TOLD)
    return (
        *before,
        *(Requirement(item.code, item.sentence, item.citation, OwedWhen.AFTER_APPROVAL, clocks) for item in after),
    )


WISHES = Requirement(
    "wishes_and_feelings",
    "The child's wishes and feelings have been ascertained and given due consideration.",
    care_planning("reg. 11(2)(a)"),
)
MOST_APPROPRIATE = Requirement(
    "most_appropriate",
    "The placement is the most appropriate one available and consistent with the care plan.",
    care_planning("reg. 11(2)(b)"),
)
RELATIVES = Requirement(
    "relatives_consulted",
    "The child's relatives have been consulted, where appropriate.",
    care_planning("reg. 11(2)(c)"),
)
IRO_CONSULTED = Requirement(
    "iro_consulted",
    "The independent reviewing officer has been consulted.",
    care_planning("reg. 11(2)(e)"),
)
IRO_TOLD = Requirement(
    "iro_told",
    "The independent reviewing officer has been told (consult her as well).",
    EMERGENCY,
)


def _approver_finding(area: AreaAnswer, placement: PlacementFacts) -> Finding:
    if area.state is State.IN_AREA:
        return Finding("approval_not_owed", "In our own area: no approval under reg. 11.", care_planning("reg. 11(1)"))
    if placement.carer in EXEMPT_CARER:
        return Finding(
            "approval_exempt",
            "No approval under reg. 11 for this carer. That is no exemption from telling the area authority.",
            EXEMPT_CARER[placement.carer],
        )
    try:
        reading = _reading(placement)
    except NoReading as none_held:
        return Finding("approver_other_rules_then", str(none_held), care_planning("reg. 11(1)"))
    unsure = _unsure_of_exemption(placement.carer)
    match required_approver(area=area, placement=placement):
        case Approver.NOMINATED_OFFICER:
            sentence = "The nominated officer must approve before the child is placed, in an emergency too."
            citation = reading.citation if area.state is State.OUT_OF_AREA_DISTANT else NOMINATED_OFFICER_APPROVES
            return Finding("nominated_officer_approves", sentence + unsure, citation)
        case Approver.DIRECTOR_OF_CHILDRENS_SERVICES:
            sentence = (
                "The director of children's services must approve before the child is placed, in an emergency too."
            )
            return Finding("director_approves", sentence + unsure, reading.citation)
        case _:
            sentence = (
                "Who must approve cannot be told until the place is known: the nominated officer if it adjoins "
                "us, the director of children's services if it is at a distance, nobody if it is in our own area."
            )
            return Finding("approver_cannot_be_told", sentence, care_planning("reg. 11(1)"))


def _unsure_of_exemption(carer: Carer) -> str:
    match carer:
        case Carer.NOT_KNOWN:
            return (
                " Nobody need approve if the carer is a foster carer whom we approved, or a connected person "
                "approved by us: say which."
            )
        case Carer.CONNECTED_PERSON_APPROVED_ELSEWHERE:
            return " A connected person approved by another service is not plainly exempt."
        case _:
            return ""


def _reading(placement: PlacementFacts) -> DatedReading[Approver]:
    if placement.starts_on is None:
        return AT_A_DISTANCE_APPROVES[-1]
    return reading_on(AT_A_DISTANCE_APPROVES, on=placement.starts_on)


def _area_authority(area: AreaAnswer, approver: Approver, provision: str) -> Requirement:
    if approver is Approver.DIRECTOR_OF_CHILDRENS_SERVICES:
        return Requirement(
            "area_authority_consulted",
            f"{_capital(area.host)} has been consulted and given a copy of the care plan.",
            care_planning(f"{provision}(ii)"),
        )
    return Requirement(
        "area_authority_notified",
        f"{_capital(area.host)} has been notified.",
        care_planning(f"{provision}(i)"),
    )


def _emergency_clocks(approved_on: date | None, starts_on: date | None, holidays: Holidays) -> tuple[DueDate, ...]:
    origins = (("approval", approved_on), ("the start", starts_on))
    clocks = [_emergency_clock(name, on, holidays) for name, on in origins if on is not None]
    return tuple(sorted(clocks, key=lambda clock: clock.late_from or date.max))


def _emergency_clock(name: str, after: date, holidays: Holidays) -> DueDate:
    count = add_working_days(after=after, days=WORKING_DAYS_AFTER_EMERGENCY_APPROVAL, holidays=holidays)
    return DueDate(
        due_on=count.ends_on,
        late_from=count.late_from,
        sentence=f"By {day_in_words(count.ends_on)}, five working days of {name} on {day_in_words(after)}.",
        citation=EMERGENCY,
        working=count.steps,
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
