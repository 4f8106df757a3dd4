"""Must the host be told of a placement, by when and with what?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from placements.rules.area import AreaAnswer, State
from placements.rules.due_dates import before_day, within_working_days
from placements.rules.finding import Basis, Citation, DueDate, Finding
from placements.rules.instruments import ADOPTION_AGENCIES_REGULATIONS, care_planning, practice
from placements.rules.placement_facts import Carer, Manner, PlacementFacts
from placements.rules.readings import DatedReading, NoReading, reading_on
from placements.rules.working_days import Holidays


class Owed(StrEnum):
    """Whether written notice to the host is owed. `NOT_OWED_CONFIRM` asks a person to confirm why not."""

    OWED = "owed"
    NOT_OWED = "not_owed"
    NOT_OWED_CONFIRM = "not_owed_confirm"
    CANNOT_TELL = "cannot_tell"


WORKING_DAYS_AFTER_EMERGENCY_START = 5  # reg. 13(1), 13(4)(a)
HOST_NOTICE = care_planning("reg. 13(4)(a)", reading="ADR 0010")
PEOPLE_NOTICE = care_planning("reg. 13(1)", reading="ADR 0010")
TELLING_THE_HOST = (
    DatedReading(
        from_on=date(2011, 4, 1),
        until=date(2014, 1, 27),
        says=Owed.NOT_OWED,
        citation=care_planning("reg. 13 as made", reading="ADR 0025"),
    ),
    DatedReading(from_on=date(2014, 1, 27), says=Owed.OWED, citation=HOST_NOTICE),
)
SHORT_BREAKS = care_planning("reg. 48(3)(b)", reading="ADR 0018")


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One thing that the notice to the host must include."""

    code: str
    sentence: str
    citation: Citation

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "sentence": self.sentence, "citation": self.citation.as_dict()}


@dataclass(frozen=True, slots=True)
class HostNotice:
    """The answer: owed or not and why, both clocks as far as they can be counted, and the contents.

    `if_planned` and `if_emergency` are None where that clock does not apply or the start is not known;
    both are given where it is not known which it is.
    """

    owed: Owed
    findings: tuple[Finding, ...]
    if_planned: DueDate | None = None
    if_emergency: DueDate | None = None
    contents: tuple[ContentItem, ...] = ()

    @property
    def due(self) -> DueDate | None:
        """The one due date; None while it is not known whether the placement is planned."""
        return None if self.if_planned and self.if_emergency else self.if_planned or self.if_emergency

    def as_dict(self) -> dict[str, Any]:
        return {
            "owed": self.owed.value,
            "findings": [finding.as_dict() for finding in self.findings],
            "if_planned": self.if_planned.as_dict() if self.if_planned else None,
            "if_emergency": self.if_emergency.as_dict() if self.if_emergency else None,
            "contents": [item.as_dict() for item in self.contents],
        }


def host_notice(*, area: AreaAnswer, placement: PlacementFacts, holidays: Holidays) -> HostNotice:
    """Whether the area authority must be told in writing, and by when (reg. 13(4)).

    Owed for every placement out of area, also with a connected person or a foster carer of our own, whom
    reg. 11(4) frees from approval only. Raises CalendarNotKnown.
    """
    owed, finding = _owed(area, placement)
    if owed is not Owed.OWED:
        return HostNotice(owed, (finding,))
    if_planned = if_emergency = None
    if placement.starts_on is not None:
        clocks = notice_clocks(
            manner=placement.manner, starts_on=placement.starts_on, citation=HOST_NOTICE, holidays=holidays
        )
        if_planned, if_emergency = clocks
    return HostNotice(owed, (finding,), if_planned, if_emergency, must_contain(area=area))


def must_contain(*, area: AreaAnswer, is_care_plan_already_provided: bool = False) -> tuple[ContentItem, ...]:
    """What the notice must include (reg. 13(4)(b)).

    The care plan need not go twice, but only where it went with the consultation on a distant placement:
    the words of the bracket in (b)(ii) were not all read, and this is the narrow reading (ADR 0017).
    """
    assessment = ContentItem(
        "assessment_and_reasons",
        "Our assessment of the child's needs, and why this placement is the most suitable to meet them.",
        care_planning("reg. 13(4)(b)(i)"),
    )
    care_plan = ContentItem(
        "care_plan",
        "A copy of the child's care plan.",
        care_planning("reg. 13(4)(b)(ii)", reading="ADR 0017"),
    )
    if is_care_plan_already_provided and area.state is State.OUT_OF_AREA_DISTANT:
        return (assessment,)
    return (assessment, care_plan)


def notice_clocks(
    *, manner: Manner, starts_on: date, citation: Citation = PEOPLE_NOTICE, holidays: Holidays
) -> tuple[DueDate | None, DueDate | None]:
    """The clocks (if planned, if made in an emergency) of reg. 13(1) and 13(4)(a); both where not known."""
    if_planned = if_emergency = None
    if manner is not Manner.EMERGENCY:
        if_planned = planned_notice_due(starts_on=starts_on, citation=citation, holidays=holidays)
    if manner is not Manner.PLANNED:
        if_emergency = emergency_notice_due(starts_on=starts_on, citation=citation, holidays=holidays)
    return if_planned, if_emergency


def planned_notice_due(*, starts_on: date, citation: Citation = PEOPLE_NOTICE, holidays: Holidays) -> DueDate:
    """Before the placement is made: late from the start day on. The last working day before is shown.

    Start Tue 30 March 2027: last working day before, Thu 25 March 2027.
    """
    return before_day(on=starts_on, owed="To be given", citation=citation, holidays=holidays)


def emergency_notice_due(*, starts_on: date, citation: Citation = PEOPLE_NOTICE, holidays: Holidays) -> DueDate:
    """The fifth working day after the start; the start is not counted (ADR 0010).

    Start Fri 18 December 2026: due Tue 29 December 2026, skipping Christmas Day and the substitute
    Boxing Day.
    """
    return within_working_days(
        WORKING_DAYS_AFTER_EMERGENCY_START, of=starts_on, event="the start", citation=citation, holidays=holidays
    )


def _owed(area: AreaAnswer, placement: PlacementFacts) -> tuple[Owed, Finding]:
    if area.state is State.IN_AREA:
        return Owed.NOT_OWED, Finding(
            "notice_not_owed_in_area", "In our own area: there is no other authority to tell.", HOST_NOTICE
        )
    if placement.is_short_break:
        return Owed.NOT_OWED_CONFIRM, Finding(
            "notice_not_owed_short_break",
            "No notice owed: a series of short breaks, likely reg. 48. Confirm that it is one.",
            SHORT_BREAKS,
        )
    if placement.is_for_adoption:
        return Owed.NOT_OWED_CONFIRM, Finding(
            "notice_adoption",
            "Placed for adoption: the adoption regulations govern whom to tell, and the address is closed. "
            "A person decides; nothing is prepared.",
            Citation(ADOPTION_AGENCIES_REGULATIONS, "Parts 5 and 6", "ADR 0018"),
        )
    if placement.is_temporary:
        return Owed.NOT_OWED, Finding(
            "notice_not_owed_temporary",
            "A temporary stay inside a placement that goes on: no fresh notice. Tell the host if it ought to know.",
            practice("Temporary placements T0 to T4 of the SSDA903 return"),
            Basis.PRACTICE,
        )
    if area.state is State.CANNOT_TELL:
        return Owed.CANNOT_TELL, Finding(
            "notice_cannot_tell",
            "Whether another authority must be told cannot be known until the place is. Nothing is sent.",
            HOST_NOTICE,
        )
    return _owed_since(area, placement)


def _owed_since(area: AreaAnswer, placement: PlacementFacts) -> tuple[Owed, Finding]:
    """By the reading that held on the day of the start, and today's where no day is known."""
    try:
        reading = reading_on(TELLING_THE_HOST, on=placement.starts_on) if placement.starts_on else TELLING_THE_HOST[-1]
    except NoReading as none_held:
        return Owed.NOT_OWED_CONFIRM, Finding("notice_other_rules_then", str(none_held), HOST_NOTICE)
    if reading.says is Owed.OWED:
        return Owed.OWED, Finding("notice_owed", _owed_sentence(area, placement), reading.citation)
    return reading.says, Finding(
        "notice_not_owed_before_2014",
        "When this placement began, before 27 January 2014, no notice to the host was owed by reg. 13; the host was "
        "notified before approval. If it was never told, telling it now is good practice.",
        reading.citation,
    )


def _owed_sentence(area: AreaAnswer, placement: PlacementFacts) -> str:
    sentence = f"Written notice to {area.host}"
    match placement.manner:
        case Manner.PLANNED:
            sentence += " before the placement is made."
        case Manner.EMERGENCY:
            sentence += " within five working days of the start."
        case Manner.NOT_KNOWN:
            sentence += " before the placement is made, or in an emergency within five working days of the start."
    if placement.carer in (Carer.CONNECTED_PERSON, Carer.OWN_FOSTER_CARER):
        sentence += " Freed from approval, this carer is not freed from notice."
    return sentence
