"""Does the API answer whose area a place lies in, by the names of the CSV?"""

import pytest

from placements.place.jurisdiction import COLUMNS
from tests.api.test_requests import problem


def test_a_verdict_holds_the_columns_of_the_csv_and_what_stands_behind_them(rotherham):
    asked = {"authority": "E08000018", "on": "2026-03-31", "postcode": "ls1 8ed", "home_postcode": "S65 1SB"}

    told = rotherham.post("jurisdiction/", asked).json()

    assert set(COLUMNS) <= set(told)
    assert told["postcode"] == "LS1 8ED"
    assert told["state"] == "out_of_area_distant"
    assert told["relation"] == "not_adjoining"
    assert told["country"] == "england"
    assert told["host_gss"] == "E08000035"
    assert told["pl_la"] == "383"
    assert told["pl_location"] == "OUT"
    assert told["over_20_miles"] is True
    assert told["host"]["name"] == "Leeds"
    assert told["meaning"]


def test_a_place_that_cannot_be_told_is_an_answer_with_its_reason(rotherham):
    asked = {"authority": "372", "on": "2026-03-31", "postcode": "ZZ99 9ZZ"}

    told = rotherham.post("jurisdiction/", asked).json()

    assert told["state"] == "cannot_tell"
    assert told["reason"]


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"easting": 443000},
        {"postcode": "LS1 8ED", "easting": 443000, "northing": 392000},
        {"easting": 443000, "northing": "392000"},
        {"easting": 443000, "northing": 9_999_999},
    ],
)
def test_a_place_is_a_postcode_or_else_a_point(rotherham, place):
    problem(rotherham.post("jurisdiction/", {"authority": "372", "on": "2026-03-31"} | place), 400, "invalid")


def test_a_code_that_nobody_bears_is_named(rotherham):
    asked = {"authority": "E99999999", "on": "2026-03-31", "postcode": "LS1 8ED"}

    assert "E99999999" in problem(rotherham.post("jurisdiction/", asked), 422, "authority_not_found")["detail"]
