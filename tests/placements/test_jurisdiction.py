"""Is the verdict right on real postcodes, and does it refuse to guess where it cannot know?"""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from geo.areas import authority_by_code
from placements.place.jurisdiction import COLUMNS, NotAnEnglishAuthority, Question, meaning_of, verdict, verdicts
from placements.rules.placement_facts import Manner, PlacementFacts
from tests.geo.sampled import sampled, sampled_rows

__all__ = ["sampled", "sampled_rows"]

pytestmark = pytest.mark.usefixtures("sampled")
MARCH_2026 = date(2026, 3, 31)
RETURNS = [
    "212_wandsworth",
    "344_wirral",
    "372_rotherham",
    "373_sheffield",
    "879_plymouth",
    "886_kent",
    "942_cumberland",
]


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asked(postcode, *, authority="372", on=MARCH_2026, **rest):
    return verdict(authority=authority_by_code(authority), on=on, question=Question(postcode=postcode, **rest))


def by_command(tmp_path, rows, *, authority="372", on="2026-03-31", heading=("postcode", "home_postcode")):
    path = tmp_path / "asked.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    said = StringIO()
    call_command("jurisdiction", str(path), "--authority", authority, "--on", on, stdout=said)
    return list(csv.DictReader(StringIO(said.getvalue())))


def state_of(row):
    if not row["out_of_area"]:
        return ""
    if row["out_of_area"] == "False":
        return "in_area"
    return "out_of_area_distant" if row["distant_not_adjoining"] == "True" else "out_of_area_adjoining"


@pytest.mark.parametrize("folder", RETURNS)
def test_every_episode_of_the_returns_has_the_expected_verdict(shared_data, tmp_path, folder):
    expected = rows_of(shared_data / "ssda903" / "synthetic_2025_26" / folder / "expected_episode_results.csv")

    answers = by_command(
        tmp_path, [(row["PL_POST"], row["HOME_POST"]) for row in expected], authority=folder.partition("_")[0]
    )

    assert len(answers) == len(expected)
    for row, answer in zip(expected, answers, strict=True):
        assert {name: answer[name] for name in COLUMNS[1:3] + COLUMNS[4:9]} == {
            "state": state_of(row),
            "relation": row["relation"],
            "host_gss": row["host_gss"],
            "pl_la": row["PL_LA"],
            "pl_location": row["PL_LOCATION"],
            "pl_distance": row["PL_DISTANCE"],
            "over_20_miles": row["over_20_miles"],
        }, row["PL_POST"]


def test_miles_and_twenty_miles_are_those_of_the_pairs(shared_data):
    pairs = rows_of(shared_data / "postcodes" / "distance_pairs.csv")
    questions = [Question(postcode=pair["pl_post"], home_postcode=pair["home_post"]) for pair in pairs]

    answers = verdicts(authority=authority_by_code("372"), on=MARCH_2026, questions=questions)

    for pair, answer in zip(pairs, answers, strict=True):
        assert answer.distance.miles == float(pair["pl_distance_miles"])
        assert answer.distance.over_20_miles == (pair["over_20_miles"] == "True")
        assert answer.geodesic_metres == pytest.approx(float(pair["geodesic_metres"]), abs=2)


@pytest.mark.parametrize(
    ("postcode", "authority", "state", "country", "pl_la", "pl_location"),
    [
        ("S60 1AA", "372", "in_area", "england", "372", "IN"),
        ("S70 1AA", "372", "out_of_area_adjoining", "england", "370", "OUT"),
        ("CF5 1EW", "801", "out_of_area_adjoining", "wales", "WAL", "OUT"),  # Cardiff adjoins Bristol by water
        ("CF5 1EW", "372", "out_of_area_distant", "wales", "WAL", "OUT"),
        ("EH12 1DQ", "372", "out_of_area_distant", "scotland", "SCO", "OUT"),
        ("BT48 6QA", "372", "out_of_area_distant", "northern_ireland", "NIR", "OUT"),
        ("BT1 9UX", "372", "out_of_area_distant", "northern_ireland", "NIR", "OUT"),
        ("JE4 0RT", "372", "out_of_area_distant", "crown_dependency", "NUK", "OUT"),
        ("BS5 5ZR", "372", "cannot_tell", "unknown", "", ""),
        ("M14 9QQ", "372", "cannot_tell", "unknown", "", ""),
        ("S6O 1AA", "372", "cannot_tell", "unknown", "", ""),
    ],
)
def test_each_country_and_each_gap_has_its_state(postcode, authority, state, country, pl_la, pl_location):
    answer = asked(postcode, authority=authority)

    assert answer.area.state == state
    assert answer.area.country == country
    assert (answer.pl_la, answer.pl_location) == (pl_la, pl_location)
    assert (answer.reason == "") == (answer.place.host is not None)


def test_distance_to_northern_ireland_is_not_given_and_the_reason_is(tmp_path):
    (answer,) = by_command(tmp_path, [("BT48 6QA", "S60 1AA")])

    assert (answer["pl_distance"], answer["over_20_miles"]) == ("", "")
    assert answer["reason"] == "Distance not given: the place has no British grid reference."


def test_a_missing_postcode_is_answered_with_blanks_and_the_reason(tmp_path):
    (answer,) = by_command(tmp_path, [("", "S60 1AA")])

    assert {name for name, value in answer.items() if value} == {"reason"}


def test_the_verdict_is_that_of_the_day():
    assert asked("CA1 1AA", authority="909", on=date(2023, 3, 31)).place.host_gss == "E10000006"
    assert asked("CA1 1AA", authority="942", on=date(2023, 4, 1)).place.host_gss == "E06000063"


def test_before_a_reorganisation_the_authority_is_the_one_it_succeeded():
    """A placement of 2020 in Carlisle, in Cumberland's register: then Cumbria's child in Cumbria's own area."""
    answer = asked("CA1 1AA", authority="942", on=date(2020, 6, 1))

    assert (answer.area.state, answer.area.relation) == ("in_area", "same")


def test_where_authorities_are_possible_that_differ_in_law_it_cannot_be_told():
    """Bournemouth's ground of 2019: perhaps Dorset's own area, perhaps an adjoining authority's."""
    answer = asked("BH1 1AA", authority="835", on=date(2019, 3, 31))

    assert (answer.area.state, answer.area.relation, answer.pl_la) == ("cannot_tell", "unknown", "")
    assert [one["name"] for one in answer.as_dict()["candidates"]] == ["Bournemouth", "Dorset", "Poole"]


def test_where_all_possible_authorities_are_alike_in_law_the_state_is_certain_and_the_host_is_not():
    answer = asked("BH1 1AA", authority="372", on=date(2019, 3, 31))

    assert (answer.area.state, answer.place.host) == ("out_of_area_distant", None)


def test_the_meaning_says_who_approves_and_by_when_the_host_is_told():
    """Planned for Tuesday 30 March 2027, after Easter: the last working day before is Thursday 25 March."""
    answer = asked("CF5 1EW", on=date(2027, 3, 30))

    found = {
        one.code: one for one in meaning_of(answer, PlacementFacts(manner=Manner.PLANNED, starts_on=date(2027, 3, 30)))
    }

    assert "director_approves" in found
    assert found["host_notice_if_planned"].due.last_working_day_before == date(2027, 3, 25)


def test_past_the_bank_holiday_file_the_rules_are_said_and_nothing_is_dated():
    found = meaning_of(asked("CF5 1EW", on=date(2040, 1, 2)))

    assert "director_approves" in {one.code for one in found}
    assert not any(one.due for one in found)


def test_a_bare_point_without_boundaries_cannot_be_told():
    answer = verdict(
        authority=authority_by_code("372"), on=MARCH_2026, question=Question(easting=442_732, northing=392_677)
    )

    assert answer.area.state == "cannot_tell"
    assert "No boundaries are loaded" in answer.reason


def test_an_authority_outside_england_is_refused():
    with pytest.raises(NotAnEnglishAuthority, match="Cardiff is not an English authority"):
        asked("S60 1AA", authority="W06000015")


def test_a_list_costs_as_few_queries_as_a_single_place(django_assert_max_num_queries):
    asked("S60 1AA")
    rotherham = authority_by_code("372")
    questions = [Question(postcode=one) for one in ("S60 1AA", "S70 1AA", "CF5 1EW", "JE4 0RT", "M14 9QQ")]

    with django_assert_max_num_queries(2):
        verdicts(authority=rotherham, on=MARCH_2026, questions=questions)


def test_a_list_answers_row_for_row_in_the_names_that_the_return_uses(tmp_path):
    answers = by_command(tmp_path, [("s601aa",), ("S6O 1AA",)], heading=("postcode",))

    assert list(answers[0]) == list(COLUMNS)
    assert [answer["postcode"] for answer in answers] == ["S60 1AA", "S6O 1AA"]
    assert answers[0]["source"] == "ONS Postcode Directory, November 2025"


def test_a_list_without_the_column_or_the_authority_is_refused(tmp_path):
    with pytest.raises(CommandError, match="has no column postcode"):
        by_command(tmp_path, [("S60 1AA",)], heading=("post code",))
    with pytest.raises(CommandError, match=r"Cumbria .* ended on 31 March 2023"):
        by_command(tmp_path, [("S60 1AA", "")], authority="909")
