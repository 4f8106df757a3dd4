"""Is a placement with parents approved first, or dated by its two short clocks?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.parents import REQUIREMENTS, assessment_due, decision_due, parents_findings
from tests.rules.facts import HOLIDAYS, day
from tests.rules.naive import nth_working_day_after


def codes(in_care, is_before_assessment=False):
    findings = parents_findings(in_care=in_care, is_before_assessment=is_before_assessment)
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("in_care", "is_before_assessment", "expected"),
    [
        (True, False, ["parents_contact_order", "parents_approved_first"]),
        (True, True, ["parents_contact_order", "parents_before_assessment"]),
        (False, True, ["parents_not_in_care"]),
        (None, False, ["parents_say_whether_in_care", "parents_contact_order", "parents_approved_first"]),
    ],
)
def test_rules_on_parents_are_for_a_child_in_care(in_care, is_before_assessment, expected):
    assert codes(in_care, is_before_assessment) == expected


def test_nominated_officer_must_be_satisfied_of_four_things():
    assert [item.citation.provision for item in REQUIREMENTS] == [
        "reg. 18(2)(a)",
        "reg. 18(2)(b)",
        "reg. 18(2)(c)",
        "reg. 18(2)(d)",
    ]


def test_assessment_and_decision_have_ten_working_days_each():
    assert assessment_due(starts_on=day("2026-12-17"), holidays=HOLIDAYS).due_on == day("2027-01-05")
    # 23, 24, 25 March; Good Friday to Easter Monday skipped; 30, 31 March, 1, 2, 5, 6, 7 April.
    assert decision_due(assessed_on=day("2027-03-22"), holidays=HOLIDAYS).due_on == day("2027-04-07")


@given(on=st.dates(date(2012, 2, 1), date(2028, 11, 1)))
def test_both_clocks_agree_with_a_walk_through_the_calendar(on):
    tenth = nth_working_day_after(on, 10)

    assert assessment_due(starts_on=on, holidays=HOLIDAYS).due_on == tenth
    assert decision_due(assessed_on=on, holidays=HOLIDAYS).due_on == tenth
