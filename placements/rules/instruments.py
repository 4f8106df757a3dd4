"""Which Act, regulations or guidance does a rule cite?"""

from placements.rules.finding import Citation

CARE_PLANNING_REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959)"
CARE_LEAVERS_REGULATIONS = "Care Leavers (England) Regulations 2010 (SI 2010/2571)"
ADOPTION_AGENCIES_REGULATIONS = "Adoption Agencies Regulations 2005 (SI 2005/389)"
CHILDREN_ACT = "Children Act 1989"
MISSING_GUIDANCE = (
    "Statutory guidance on children who run away or go missing from home or care (January 2014), "
    "under section 7 of the Local Authority Social Services Act 1970"
)
REMANDS = "Legal Aid, Sentencing and Punishment of Offenders Act 2012"
STATISTICAL_RETURN = "Department for Education, guide to the SSDA903 return"


def care_planning(provision: str, *, reading: str | None = None) -> Citation:
    return Citation(CARE_PLANNING_REGULATIONS, provision, reading)


def children_act(provision: str, *, reading: str | None = None) -> Citation:
    return Citation(CHILDREN_ACT, provision, reading)


def practice(source: str) -> Citation:
    """Not law: names who asks for it."""
    return Citation(source, "")
