"""What comes on top where the child is to live outside England and Wales?"""

from placements.rules.area import Country
from placements.rules.finding import Citation, Finding
from placements.rules.instruments import care_planning, children_act

COURT_APPROVES = children_act("Sch. 2 para. 19(1)")
COURT_SATISFIED_OF = children_act("Sch. 2 para. 19(3)")
CHILD_REFUSES = children_act("Sch. 2 para. 19(4); Re C [2019] EWCA Civ 1714")
PARENTS_APPROVE = children_act("Sch. 2 para. 19(2)")
SAME_REQUIREMENTS = care_planning("reg. 12")
SCOTTISH_RECOGNITION = Citation("Cross-border Placements Regulations (SSI 2022/225)", "")
OUTSIDE = frozenset({Country.SCOTLAND, Country.NORTHERN_IRELAND, Country.CROWN_DEPENDENCY, Country.OUTSIDE_THE_UK})


def outside_england_and_wales_findings(*, country: Country, in_care: bool | None) -> tuple[Finding, ...]:
    """Empty in England, in Wales, and where the country is not known.

    A child in care needs the court's approval, another looked-after child that of everybody with parental
    responsibility; both are said where it is not known which. Whether an approval has been given, and the
    law of the other country, are not decided here.
    """
    if country not in OUTSIDE:
        return ()
    findings = []
    if in_care is not False:
        findings += [COURT, CONDITIONS, REFUSAL]
    if in_care is not True:
        findings.append(CONSENT)
    findings.append(REQUIREMENTS)
    if country is Country.SCOTLAND:
        findings.append(DEPRIVATION_OF_LIBERTY)
    return tuple(findings)


COURT = Finding(
    "abroad_court_approves",
    "A child in care may be placed outside England and Wales only with the approval of the court, in an emergency too.",
    COURT_APPROVES,
)
CONDITIONS = Finding(
    "abroad_court_satisfied_of",
    "The court must be satisfied that it is in the child's best interests, that arrangements for reception and "
    "welfare are or will be made, that the child consents, and that everybody with parental responsibility does.",
    COURT_SATISFIED_OF,
)
REFUSAL = Finding(
    "abroad_child_does_not_consent",
    "Without the child's consent the court can approve only where the child lacks the understanding to give it and is "
    "to live with a parent, guardian or other suitable person; a residential home is none. Ask legal services.",
    CHILD_REFUSES,
)
CONSENT = Finding(
    "abroad_parents_approve",
    "A looked-after child who is not in care: everybody with parental responsibility must approve.",
    PARENTS_APPROVE,
)
REQUIREMENTS = Finding(
    "abroad_same_requirements",
    "What would apply in England is to be met as far as reasonably practicable, and the care plan says how.",
    SAME_REQUIREMENTS,
)
DEPRIVATION_OF_LIBERTY = Finding(
    "abroad_scotland_liberty",
    "An English order that deprives a child of liberty has to be recognised in Scotland. Not decided here: ask "
    "legal services.",
    SCOTTISH_RECOGNITION,
)
