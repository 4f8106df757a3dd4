"""Which other arrangements were permitted at that age on that day?"""

import pytest

from placements.rules.other_arrangements import other_arrangements_findings
from tests.rules.facts import day


def codes(born, placed_on):
    findings = other_arrangements_findings(date_of_birth=day(born), placed_on=day(placed_on))
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("born", "placed_on", "code"),
    [
        ("2006-01-01", "2021-09-08", None),
        ("2006-01-01", "2021-09-09", "other_arrangements_under_16"),
        ("2006-01-01", "2021-12-31", "other_arrangements_under_16"),
        ("2006-01-01", "2022-01-01", None),  # 16, before supported accommodation was registered
        ("2006-01-01", "2023-10-27", None),
        ("2006-01-01", "2023-10-28", "other_arrangements_16_or_17"),
        ("2009-05-03", "2026-11-02", "other_arrangements_16_or_17"),  # Shanice at Quay House
        ("2008-02-29", "2024-02-29", "other_arrangements_16_or_17"),
    ],
)
def test_closed_list_below_16_since_2021_and_registration_since_2023(born, placed_on, code):
    expected = ["other_arrangements_suitable", *([code] if code else []), "other_arrangements_review_first"]

    assert codes(born, placed_on) == expected


def test_adult_is_no_longer_placed():
    assert codes("2009-05-03", "2027-05-03") == []
