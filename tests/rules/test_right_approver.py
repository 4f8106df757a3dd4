"""Is an approval by the wrong person, or after the start, found, and a right one left alone?"""

from datetime import date, datetime
from itertools import product

import pytest

from placements.rules.approval import Approver
from placements.rules.right_approver import Appointment, ApprovalDecision, approval_breaches
from placements.rules.written_times import LONDON
from tests.rules.facts import day


def london(*parts):
    return datetime(*parts, tzinfo=LONDON)


DIRECTOR = Approver.DIRECTOR_OF_CHILDRENS_SERVICES
OFFICER = Approver.NOMINATED_OFFICER
BY_TELEPHONE = ApprovalDecision(office=DIRECTOR, decided_at=london(2026, 12, 17, 23, 50))  # story 1


def codes(decision, *, required=DIRECTOR, started_on="2026-12-18", started_at=None):
    breaches = approval_breaches(
        required=required, decision=decision, started_on=day(started_on), started_at=started_at
    )
    return [breach.code for breach in breaches]


def test_approval_by_telephone_before_kayla_arrived_is_in_order():
    assert codes(BY_TELEPHONE, started_at=london(2026, 12, 18, 0, 40)) == []


@pytest.mark.parametrize(
    ("required", "office", "expected"),
    [
        (OFFICER, OFFICER, []),
        (OFFICER, DIRECTOR, []),
        (DIRECTOR, DIRECTOR, []),
        (DIRECTOR, OFFICER, ["approval_wrong_grade"]),
        (OFFICER, Approver.NOBODY, ["approval_wrong_grade"]),
        (DIRECTOR, Approver.CANNOT_TELL, ["approval_wrong_grade"]),
    ],
)
def test_grade_is_never_lower_than_the_law_asks(required, office, expected):
    decision = ApprovalDecision(office=office, decided_at=london(2026, 12, 17, 12, 0))

    assert codes(decision, required=required) == expected


def test_wrong_grade_is_named_with_the_right_one():
    decision = ApprovalDecision(office=OFFICER, decided_at=london(2026, 12, 17, 12, 0))

    (breach,) = approval_breaches(required=DIRECTOR, decision=decision, started_on=day("2026-12-18"))

    assert breach.sentence == ("Approved by the nominated officer; the director of children's services had to approve.")


@pytest.mark.parametrize(
    ("acting", "expected"),
    [
        (None, ["approval_deputy_not_appointed"]),
        (Appointment(from_on=date(2026, 12, 17)), []),
        (Appointment(from_on=date(2026, 12, 1), until=date(2026, 12, 17)), []),
        (Appointment(from_on=date(2026, 12, 1), until=date(2026, 12, 16)), ["approval_deputy_not_appointed"]),
        (Appointment(from_on=date(2026, 12, 18)), ["approval_deputy_not_appointed"]),
    ],
)
def test_deputy_approves_only_under_an_appointment_for_that_day(acting, expected):
    decision = ApprovalDecision(office=DIRECTOR, decided_at=london(2026, 12, 17, 12, 0), is_deputy=True, acting=acting)

    assert codes(decision) == expected


@pytest.mark.parametrize(
    ("decided_at", "started_at", "expected"),
    [
        (london(2026, 12, 18, 0, 39), london(2026, 12, 18, 0, 40), []),
        (london(2026, 12, 18, 0, 40), london(2026, 12, 18, 0, 40), ["approval_after_start"]),
        (london(2026, 12, 18, 9, 0), None, ["approval_say_which_first"]),
        (london(2026, 12, 17, 23, 59), None, []),
        (london(2026, 12, 19, 0, 0), None, ["approval_after_start"]),
    ],
)
def test_decision_comes_before_the_start_to_the_minute_where_it_is_held(decided_at, started_at, expected):
    assert codes(ApprovalDecision(office=DIRECTOR, decided_at=decided_at), started_at=started_at) == expected


def test_summer_evening_is_its_own_day_in_england():
    decision = ApprovalDecision(office=DIRECTOR, decided_at=datetime.fromisoformat("2027-06-14T23:30:00+00:00"))

    assert codes(decision, started_on="2027-06-15") == ["approval_say_which_first"]


@pytest.mark.parametrize("required", [Approver.NOBODY, Approver.CANNOT_TELL])
def test_no_breach_is_asserted_where_nobody_need_approve_or_it_cannot_be_told(required):
    assert codes(None, required=required) == []


def test_start_without_any_approval_is_found():
    assert codes(None) == ["approval_missing"]


def test_each_breach_is_found_whatever_the_others_are():
    offices, deputies = [OFFICER, DIRECTOR], [False, True]
    times = [london(2026, 12, 17, 12, 0), london(2026, 12, 19, 12, 0)]

    for office, is_deputy, decided_at in product(offices, deputies, times):
        decision = ApprovalDecision(office=office, decided_at=decided_at, is_deputy=is_deputy)
        expected = [
            code
            for code, is_wrong in (
                ("approval_wrong_grade", office is OFFICER),
                ("approval_deputy_not_appointed", is_deputy),
                ("approval_after_start", decided_at > london(2026, 12, 18, 0, 0)),
            )
            if is_wrong
        ]
        assert codes(decision) == expected
