"""Must somebody approve a move because it would disrupt a pupil's education?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placements.rules.approval import Approver, Requirement
from placements.rules.finding import Finding
from placements.rules.instruments import care_planning
from placements.rules.placement_facts import Manner

SEPTEMBER = 9
AGE_AT_START_OF_YEAR_10 = 14
SCHOOL_YEARS = 2
APPROVAL = care_planning("reg. 10(1)")
IN_AN_EMERGENCY = care_planning("reg. 10(3)")
OTHER_PUPILS = care_planning("reg. 10(4)")

REQUIREMENTS = (
    Requirement(
        "wishes_and_feelings",
        "The child's wishes and feelings have been ascertained and given due consideration.",
        care_planning("reg. 10(2)(a)"),
    ),
    Requirement(
        "education_at_the_placement",
        "The education provided at the new place will promote the child's achievement and is consistent with the "
        "personal education plan.",
        care_planning("reg. 10(2)(b)"),
    ),
    Requirement(
        "designated_teacher_consulted",
        "The designated teacher at the school has been consulted.",
        care_planning("reg. 10(2)(c)"),
    ),
    Requirement(
        "iro_consulted",
        "The independent reviewing officer has been consulted.",
        care_planning("reg. 10(2)(d)"),
    ),
)


@dataclass(frozen=True, slots=True)
class KeyStageFour:
    """Who must approve under reg. 10, besides anybody under reg. 11, and of what they must be satisfied."""

    approver: Approver
    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "approver": self.approver.value,
            "findings": [finding.as_dict() for finding in self.findings],
            "requirements": [requirement.as_dict() for requirement in self.requirements],
        }


def key_stage_four(
    *, is_pupil_in_key_stage_four: bool | None, disrupts_education: bool | None, manner: Manner
) -> KeyStageFour:
    """The nominated officer, for a registered pupil in key stage 4 whose education the move would disrupt.

    Nobody in an emergency, an ending for immediate risk among them: arrangements follow as soon as reasonably
    practicable. A fact that is not known leaves it to a person: cannot tell, with the question.
    """
    if disrupts_education is False:
        return KeyStageFour(Approver.NOBODY, (NOT_DISRUPTED,))
    if is_pupil_in_key_stage_four is False:
        return KeyStageFour(Approver.NOBODY, (OTHER_ARRANGEMENTS,))
    if manner is Manner.EMERGENCY:
        return KeyStageFour(Approver.NOBODY, (AFTER_AN_EMERGENCY,))
    if is_pupil_in_key_stage_four is None or disrupts_education is None:
        return KeyStageFour(Approver.CANNOT_TELL, (SAY_WHETHER,), REQUIREMENTS)
    return KeyStageFour(Approver.NOMINATED_OFFICER, (NOMINATED_OFFICER_APPROVES,), REQUIREMENTS)


def key_stage_four_years(*, date_of_birth: date) -> tuple[date, date]:
    """From 1 September of year 10 to the 1 September after year 11, for a child in the usual year.

    A prompt to ask, never the answer: a child may be taught in another year. Born 9 May 2011: 1 September 2025
    to 1 September 2027.
    """
    began_school_year = date_of_birth.year + (date_of_birth.month >= SEPTEMBER)
    year = began_school_year + AGE_AT_START_OF_YEAR_10
    return date(year, SEPTEMBER, 1), date(year + SCHOOL_YEARS, SEPTEMBER, 1)


NOMINATED_OFFICER_APPROVES = Finding(
    "key_stage_four_approval",
    "In key stage 4: a change of placement that disrupts the child's education needs the nominated officer's approval "
    "before it is put into effect, with the designated teacher and the independent reviewing officer consulted.",
    APPROVAL,
)
SAY_WHETHER = Finding(
    "key_stage_four_cannot_tell",
    "Say whether the child is a registered pupil in key stage 4 (years 10 and 11) and whether the move disrupts that "
    "education: if both, the nominated officer must approve.",
    APPROVAL,
)
AFTER_AN_EMERGENCY = Finding(
    "key_stage_four_emergency",
    "In an emergency no approval because of school. Appropriate arrangements for the child's education follow as soon "
    "as reasonably practicable.",
    IN_AN_EMERGENCY,
)
OTHER_ARRANGEMENTS = Finding(
    "education_other_arrangements",
    "No approval because of school. Where the move disrupts education or training, other arrangements must be made "
    "that meet the child's needs and are consistent with the personal education plan.",
    OTHER_PUPILS,
)
NOT_DISRUPTED = Finding(
    "education_not_disrupted", "The move does not disrupt the child's education: no approval for that.", APPROVAL
)
