"""Who besides the host must be told of a placement, and from whom may it be withheld?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from placements.rules.finding import Basis, Citation
from placements.rules.instruments import care_planning, practice
from placements.rules.placement_facts import PlacementFacts
from placements.rules.readings import DatedReading, reading_on

ADCS = "Association of Directors of Children's Services, notification of placements"
HEALTH_BODIES = (
    DatedReading(
        from_on=date(2011, 4, 1),
        until=date(2013, 4, 1),
        says="the primary care trust",
        citation=care_planning("reg. 13(2)(f) as made"),
    ),
    DatedReading(
        from_on=date(2013, 4, 1),
        until=date(2022, 7, 1),
        says="the clinical commissioning group",
        citation=care_planning("reg. 13(2)(f) as it stood from 2013", reading="ADR 0025"),
    ),
    DatedReading(
        from_on=date(2022, 7, 1),
        says="the integrated care board",
        citation=care_planning("reg. 13(2)(f)", reading="ADR 0025"),
    ),
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A kind of person or body to tell. `may_be_withheld` is reg. 13(3): paragraphs (b) to (e) alone."""

    code: str
    who: str
    citation: Citation
    basis: Basis = Basis.LAW
    may_be_withheld: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "who": self.who,
            "citation": self.citation.as_dict(),
            "basis": self.basis.value,
            "may_be_withheld": self.may_be_withheld,
        }


def people_to_tell(*, placement: PlacementFacts, told_on: date | None = None) -> tuple[Recipient, ...]:
    """The reg. 13(2) list in its order, then practice. In area or out: the rule does not ask.

    `told_on` is the day of the letter: the health body is named as it was then, and as it is now without it.
    Raises NoReading for a day before the regulations.

    Paragraph (c) is for a child in care, (d) for one who is not; both stand where that is not known.
    Empty for a likely reg. 48 short break (reg. 13 does not apply), for a temporary stay, which is not a
    new placement, and for an adoptive one, where a person decides. Reg. 13(3): withheld only if telling
    would put the child at risk of significant harm.
    """
    if placement.is_short_break or placement.is_temporary or placement.is_for_adoption:
        return ()
    reading = HEALTH_BODIES[-1] if told_on is None else reading_on(HEALTH_BODIES, on=told_on)
    return tuple(
        _named(recipient, reading)
        for recipient in RECIPIENTS
        if not (recipient.code == "contact_in_care" and placement.in_care is False)
        and not (recipient.code == "contact_not_in_care" and placement.in_care is True)
    )


def _named(recipient: Recipient, reading: DatedReading[str]) -> Recipient:
    if recipient.code not in ("health_body_now", "health_body_to_be"):
        return recipient
    return replace(recipient, who=f"{reading.says} {recipient.who}", citation=reading.citation)


def _law(code: str, who: str, paragraph: str, *, may_be_withheld: bool = False) -> Recipient:
    return Recipient(code, who, care_planning(f"reg. 13(2)({paragraph})"), Basis.LAW, may_be_withheld)


RECIPIENTS = (
    _law("child", "the child, unless that would not suit age and understanding", "a"),
    _law("parents", "parents and others with parental responsibility", "b", may_be_withheld=True),
    _law(
        "contact_in_care",
        "anyone allowed contact under section 34, or having it by an order under that section",
        "c",
        may_be_withheld=True,
    ),
    _law("contact_not_in_care", "anyone with contact under a section 8 order", "d", may_be_withheld=True),
    _law("previous_carer", "whoever was caring for the child immediately before", "e", may_be_withheld=True),
    _law("health_body_now", "(in Wales the local health board) where the child lives", "f"),
    _law("health_body_to_be", "(in Wales the local health board) for the new place, if different", "f"),
    _law("gp_now", "the child's general practitioner", "g"),
    _law("gp_to_be", "the general practitioner to be, where there will be another", "g"),
    _law("school", "any school or college attended, and anyone providing education or training", "h"),
    _law("iro", "the independent reviewing officer", "i"),
    Recipient("school_to_be", "the school to be", practice("Common practice"), Basis.PRACTICE),
    Recipient(
        "police",
        "the police missing coordinator, where the child's needs call for it",
        practice(ADCS),
        Basis.PRACTICE,
    ),
)
