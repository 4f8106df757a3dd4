"""Is the nominated officer asked where a move disrupts key stage 4, and nobody in an emergency?"""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.approval import Approver
from placements.rules.key_stage_four import key_stage_four, key_stage_four_years
from placements.rules.placement_facts import Manner
from tests.rules.facts import day


def answer(is_pupil=True, disrupts=True, manner=Manner.PLANNED):
    return key_stage_four(is_pupil_in_key_stage_four=is_pupil, disrupts_education=disrupts, manner=manner)


def test_dean_of_story_2_needs_the_nominated_officer_who_is_satisfied_of_four_things():
    dean = answer()

    assert dean.approver is Approver.NOMINATED_OFFICER
    assert [(item.code, item.citation.provision) for item in dean.requirements] == [
        ("wishes_and_feelings", "reg. 10(2)(a)"),
        ("education_at_the_placement", "reg. 10(2)(b)"),
        ("designated_teacher_consulted", "reg. 10(2)(c)"),
        ("iro_consulted", "reg. 10(2)(d)"),
    ]


def test_emergency_needs_no_approval_for_school_and_owes_arrangements():
    emergency = answer(manner=Manner.EMERGENCY)

    assert (emergency.approver, emergency.requirements) == (Approver.NOBODY, ())
    assert emergency.findings[0].citation.provision == "reg. 10(3)"
    assert "as soon as reasonably practicable" in emergency.findings[0].sentence


def test_other_pupils_need_other_arrangements_and_no_approval():
    assert answer(is_pupil=False).findings[0].citation.provision == "reg. 10(4)"


@pytest.mark.parametrize("facts", list(product([True, False, None], [True, False, None], list(Manner))))
def test_officer_is_named_only_where_both_facts_are_known_to_be_so(facts):
    is_pupil, disrupts, manner = facts

    approver = answer(is_pupil, disrupts, manner).approver

    assert (approver is Approver.NOMINATED_OFFICER) == (is_pupil is disrupts is True and manner is not Manner.EMERGENCY)
    if approver is Approver.CANNOT_TELL:
        assert None in (is_pupil, disrupts)
        assert False not in (is_pupil, disrupts)


@pytest.mark.parametrize(
    ("born", "begins", "ends"),
    [
        ("2011-05-09", "2025-09-01", "2027-09-01"),  # Dean, in year 11 in January 2027
        ("2011-08-31", "2025-09-01", "2027-09-01"),
        ("2011-09-01", "2026-09-01", "2028-09-01"),
        ("2012-02-29", "2026-09-01", "2028-09-01"),
    ],
)
def test_years_10_and_11_follow_the_date_of_birth(born, begins, ends):
    assert key_stage_four_years(date_of_birth=day(born)) == (day(begins), day(ends))


@given(born=st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_a_pupil_turns_15_in_year_10_and_16_in_year_11(born):
    begins, ends = key_stage_four_years(date_of_birth=born)

    assert begins.replace(year=begins.year - 15) <= born < begins.replace(year=begins.year - 14)
    assert ends.replace(year=ends.year - 17) <= born < ends.replace(year=ends.year - 16)
