"""Is a series of short breaks one only where each of five conditions is confirmed?"""

import pytest

from placements.rules.short_breaks import ShortBreakFacts, short_break_findings

ALL_MET = {
    "in_care": False,
    "is_series_in_one_place": True,
    "longest_intended_days": 17,
    "goes_home_after_each": True,
    "most_days_in_twelve_months": 75,
}


def codes(**facts):
    return [finding.code for finding in short_break_findings(facts=ShortBreakFacts(**(ALL_MET | facts)))]


def test_five_conditions_at_their_limits_make_short_breaks_without_notice():
    assert codes() == ["short_breaks", "short_breaks_visits"]


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"in_care": True}, "short_breaks_not_in_care"),
        ({"is_series_in_one_place": False}, "short_breaks_not_series"),
        ({"longest_intended_days": 18}, "short_breaks_not_longest"),
        ({"goes_home_after_each": False}, "short_breaks_not_home"),
        ({"most_days_in_twelve_months": 76}, "short_breaks_not_total"),
        ({"in_care": None}, "short_breaks_confirm_in_care"),
        ({"is_series_in_one_place": None}, "short_breaks_confirm_series"),
        ({"longest_intended_days": None}, "short_breaks_confirm_longest"),
        ({"goes_home_after_each": None}, "short_breaks_confirm_home"),
        ({"most_days_in_twelve_months": None}, "short_breaks_confirm_total"),
    ],
)
def test_condition_that_fails_or_is_not_known_stands_alone(fact, code):
    assert codes(**fact) == [code]
