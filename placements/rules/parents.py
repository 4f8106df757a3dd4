"""What does placing a child in care with a parent ask for, before and after?"""

from datetime import date

from placements.rules.approval import Requirement
from placements.rules.due_dates import within_working_days
from placements.rules.finding import DueDate, Finding
from placements.rules.instruments import care_planning
from placements.rules.working_days import Holidays

WORKING_DAYS_FOR_ASSESSMENT = 10  # reg. 19(b)
WORKING_DAYS_FOR_DECISION = 10  # reg. 19(c)
APPLIES = care_planning("reg. 15(1)")
ASSESSED_AFTERWARDS = care_planning("reg. 19(b)", reading="ADR 0026")
DECIDED_AFTERWARDS = care_planning("reg. 19(c)", reading="ADR 0026")

REQUIREMENTS = (
    Requirement(
        "wishes_and_feelings",
        "The child's wishes and feelings have been ascertained and given due consideration.",
        care_planning("reg. 18(2)(a)"),
    ),
    Requirement(
        "parents_assessed",
        "The parent, the home and every adult in the household have been assessed, and the case reviewed (reg. 17).",
        care_planning("reg. 18(2)(b)"),
    ),
    Requirement(
        "parents_welfare",
        "The placement will safeguard and promote the child's welfare.",
        care_planning("reg. 18(2)(c)"),
    ),
    Requirement(
        "iro_consulted",
        "The independent reviewing officer has been consulted.",
        care_planning("reg. 18(2)(d)"),
    ),
)


def parents_findings(*, in_care: bool | None, is_before_assessment: bool) -> tuple[Finding, ...]:
    """What regs. 15 to 19 ask; for a child not in care only that they do not apply.

    `is_before_assessment` is the immediate placement of reg. 19. Notice to the host is a question of its own
    (reg. 13(4)). Who counts as a parent here, and whether one is suitable, are not decided here; nor is a
    placement that a court directs (Children Act 1989, s. 38(6)).
    """
    if in_care is False:
        return (NOT_IN_CARE,)
    unsure = () if in_care else (SAY_WHETHER_IN_CARE,)
    return (*unsure, NOT_AGAINST_AN_ORDER, BEFORE_ASSESSMENT if is_before_assessment else APPROVED_FIRST)


def assessment_due(*, starts_on: date, holidays: Holidays) -> DueDate:
    """Assessment and review complete within ten working days of a placement made before them (reg. 19(b)).

    Start Thu 17 December 2026: due Tue 5 January 2027. Raises CalendarNotKnown.
    """
    return within_working_days(
        WORKING_DAYS_FOR_ASSESSMENT,
        of=starts_on,
        event="the start",
        citation=ASSESSED_AFTERWARDS,
        holidays=holidays,
    )


def decision_due(*, assessed_on: date, holidays: Holidays) -> DueDate:
    """A decision to confirm or to end it, approved within ten working days of the complete assessment (reg. 19(c)).

    Raises CalendarNotKnown.
    """
    return within_working_days(
        WORKING_DAYS_FOR_DECISION,
        of=assessed_on,
        event="the assessment",
        citation=DECIDED_AFTERWARDS,
        holidays=holidays,
    )


NOT_IN_CARE = Finding(
    "parents_not_in_care",
    "The rules on placing a child with parents are for a child in care. A child who is not in care and goes home is "
    "no longer accommodated by us: see reg. 39.",
    APPLIES,
)
SAY_WHETHER_IN_CARE = Finding(
    "parents_say_whether_in_care", "Say whether the child is in care: these rules apply only then.", APPLIES
)
NOT_AGAINST_AN_ORDER = Finding(
    "parents_contact_order",
    "Not where it would be incompatible with an order of the court about contact (section 34).",
    care_planning("reg. 16"),
)
APPROVED_FIRST = Finding(
    "parents_approved_first",
    "The nominated officer approves, and a placement plan is prepared, before the child is placed with a parent, "
    "wherever the parent lives.",
    care_planning("reg. 18(1)"),
)
BEFORE_ASSESSMENT = Finding(
    "parents_before_assessment",
    "Before the assessment only where the nominated officer thinks it necessary and consistent with the child's "
    "welfare, and the parent has been interviewed. Assessment and review within ten working days of the start; a "
    "decision approved within ten working days after that, to confirm the placement or to end it.",
    care_planning("reg. 19", reading="ADR 0026"),
)
