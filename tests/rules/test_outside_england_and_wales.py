"""Is the court, or everybody with parental responsibility, asked before a child leaves England and Wales?"""

import pytest

from placements.rules.area import Country
from placements.rules.outside_england_and_wales import outside_england_and_wales_findings

OUTSIDE = [Country.SCOTLAND, Country.NORTHERN_IRELAND, Country.CROWN_DEPENDENCY, Country.OUTSIDE_THE_UK]
COURT = "abroad_court_approves"
PARENTS = "abroad_parents_approve"


def codes(country, in_care):
    return [finding.code for finding in outside_england_and_wales_findings(country=country, in_care=in_care)]


@pytest.mark.parametrize("country", [Country.ENGLAND, Country.WALES, Country.UNKNOWN])
@pytest.mark.parametrize("in_care", [True, False, None])
def test_nothing_comes_on_top_in_england_and_wales(country, in_care):
    assert codes(country, in_care) == []


@pytest.mark.parametrize("country", OUTSIDE)
@pytest.mark.parametrize(("in_care", "asked", "not_asked"), [(True, COURT, PARENTS), (False, PARENTS, COURT)])
def test_court_is_asked_for_a_child_in_care_and_those_with_parental_responsibility_for_another(
    country, in_care, asked, not_asked
):
    assert asked in codes(country, in_care)
    assert not_asked not in codes(country, in_care)


@pytest.mark.parametrize("country", OUTSIDE)
def test_both_are_said_while_it_is_not_known_whether_the_child_is_in_care(country):
    assert {COURT, PARENTS} < set(codes(country, None))


def test_scotland_alone_asks_about_recognition_of_an_order():
    assert [country for country in Country if "abroad_scotland_liberty" in codes(country, True)] == [Country.SCOTLAND]
