"""Who must approve the decision that a child ceases to be looked after?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placements.rules.ages import age_on
from placements.rules.approval import Approver, Requirement
from placements.rules.finding import Finding
from placements.rules.instruments import care_planning, children_act
from placements.rules.working_days import Holidays, add_working_days
from placements.rules.written_dates import day_in_words

WORKING_DAYS_LOOKED_AFTER = 20  # reg. 39(4)
DIRECTOR_AGES = (16, 17)  # reg. 39(5)
ADULT_AGE = 18
NOMINATED_OFFICER = care_planning("reg. 39(4)", reading="ADR 0027")
DIRECTOR = care_planning("reg. 39(5)")
BEFORE_DECIDING = (
    Requirement(
        "arrangements_assessed",
        "The arrangements for the child's accommodation and maintenance afterwards have been assessed as suitable.",
        care_planning("reg. 39(2)(a)"),
    ),
    Requirement(
        "support_assessed",
        "The services and support that the child, and the parent where it applies, might need have been assessed.",
        care_planning("reg. 39(2)(b)"),
    ),
    Requirement(
        "wishes_and_feelings",
        "The child's wishes and feelings have been ascertained and given due consideration.",
        care_planning("reg. 39(2)(c)"),
    ),
    Requirement(
        "ceasing_welfare",
        "Ceasing to look after the child will safeguard and promote the child's welfare.",
        care_planning("reg. 39(2)(d)"),
    ),
    Requirement(
        "support_in_care_plan",
        "The care plan says what advice, assistance and support the child will have afterwards.",
        care_planning("reg. 39(3)"),
    ),
)


@dataclass(frozen=True, slots=True)
class Ceasing:
    """Who approves, why, and what is to be done before deciding."""

    approver: Approver
    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "approver": self.approver.value,
            "findings": [finding.as_dict() for finding in self.findings],
            "requirements": [requirement.as_dict() for requirement in self.requirements],
        }


def ceasing(
    *, date_of_birth: date, looked_after_since: date, ceases_on: date, in_care: bool | None, holidays: Holidays
) -> Ceasing:
    """The director at 16 and 17 not in care, however short the stay; else the nominated officer from 20 working days.

    The first day of being looked after is counted among the twenty, which asks for approval a day sooner (ADR 0027).
    A child ceases to be looked after at 18 without anybody deciding it: nobody approves. Where it is not known
    whether a child of 16 or 17 is in care, the answer is that it cannot be told. Raises CalendarNotKnown.
    """
    age = age_on(date_of_birth=date_of_birth, on=ceases_on)
    if age >= ADULT_AGE:
        return Ceasing(Approver.NOBODY, (AT_18,), ())
    if age in DIRECTOR_AGES and in_care is not True:
        return _by_director(in_care)
    return _by_length(looked_after_since, ceases_on, holidays)


def _by_director(in_care: bool | None) -> Ceasing:
    if in_care is None:
        sentence = "Say whether the child is in care: at 16 or 17 and not in care, the director must approve."
        finding = Finding("ceasing_say_whether_in_care", sentence, DIRECTOR)
        return Ceasing(Approver.CANNOT_TELL, (finding,), BEFORE_DECIDING)
    sentence = (
        "Aged 16 or 17 and not in care: the director of children's services must approve before it is put into "
        "effect, however short the time of being looked after."
    )
    finding = Finding("ceasing_director_approves", sentence, DIRECTOR)
    return Ceasing(Approver.DIRECTOR_OF_CHILDRENS_SERVICES, (finding,), BEFORE_DECIDING)


def _by_length(looked_after_since: date, ceases_on: date, holidays: Holidays) -> Ceasing:
    day_before = looked_after_since - timedelta(days=1)
    twentieth_on = add_working_days(after=day_before, days=WORKING_DAYS_LOOKED_AFTER, holidays=holidays).ends_on
    if ceases_on < twentieth_on:
        sentence = (
            f"Looked after for fewer than 20 working days (the twentieth, the first counted, is "
            f"{day_in_words(twentieth_on)}): no approval under reg. 39."
        )
        return Ceasing(Approver.NOBODY, (Finding("ceasing_no_approval", sentence, NOMINATED_OFFICER),), BEFORE_DECIDING)
    sentence = (
        f"Looked after for at least 20 working days (the twentieth, the first counted, was "
        f"{day_in_words(twentieth_on)}): the nominated officer must approve before it is put into effect."
    )
    finding = Finding("ceasing_nominated_officer_approves", sentence, NOMINATED_OFFICER)
    return Ceasing(Approver.NOMINATED_OFFICER, (finding,), BEFORE_DECIDING)


AT_18 = Finding(
    "ceasing_at_18",
    "At 18 being looked after ends by itself: nobody decides it and nobody approves.",
    children_act("ss. 22(1), 105(1)"),
)
