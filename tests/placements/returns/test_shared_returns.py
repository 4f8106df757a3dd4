"""The shared returns come in whole, are answered as expected, and go out so that the sector's validator sees no change."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from duties.models import Duty
from placements.models import Episode, Placement
from tests.geo.sampled import sampled, sampled_rows
from tests.placements.returns.validator import validated, with_validator
from tests.placements.returns.written import as_operator, lines_of, run_export, run_import

__all__ = ["sampled", "sampled_rows"]

pytestmark = pytest.mark.usefixtures("sampled")

RETURNS = {
    "212_wandsworth": "E09000032",
    "344_wirral": "E08000015",
    "372_rotherham": "E08000018",
    "373_sheffield": "E08000039",
    "879_plymouth": "E06000026",
    "886_kent": "E10000016",
    "942_cumberland": "E06000063",
}
DELIVERED = ("Header", "Episodes", "Missing", "UASC")


def located(code: str, year: str, *options: str) -> list[dict[str, str]]:
    said = StringIO()
    call_command(
        "export_placements", "--authority", code, "--year", year, "--csv", *options, stdout=said, stderr=StringIO()
    )
    return list(csv.DictReader(StringIO(said.getvalue())))


@pytest.mark.parametrize(("folder", "code"), RETURNS.items())
def test_every_episode_equals_what_is_expected_and_comes_back_as_delivered(shared_data, tmp_path, folder, code):
    delivered = shared_data / "ssda903" / "synthetic_2025_26" / folder
    with (delivered / "expected_episode_results.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.DictReader(file))

    run_import(delivered, code=code)

    answers = located(code, "2025-26", "--include-restricted")
    assert len(answers) == len(expected)
    assert answers == [{name: row[name] for name in answers[0]} for row in expected]
    assert run_export(tmp_path / "out", code=code) == {name: lines_of(delivered / f"{name}.csv") for name in DELIVERED}


def test_the_fake_return_comes_in_whole_with_its_overlaps_and_unknown_postcodes_named(shared_data, tmp_path):
    delivered = shared_data / "ssda903" / "d2i_fake"

    said = run_import(delivered, code="370", year="2017-18")

    assert "1,774 children, 3,309 episodes, 32 missing episodes, 84 unaccompanied" in said
    assert said.count("had not ended: both placements are disputed") == 52
    assert "Episodes.csv, line 2, HOME_POST, 'EH14 8EC': not in the postcode directory" in said
    with as_operator("370"):
        assert Episode.objects.count() == 3309
        assert not Episode.objects.filter(placement=None).exists()
        disputed = set(Placement.objects.filter(is_disputed=True).values_list("id", flat=True))
        assert set(Duty.objects.filter(kind="disputed_placement").values_list("subject_id", flat=True)) == disputed
        assert Episode.objects.filter(placement__in=disputed).values("child").distinct().count() == 46
    assert run_export(tmp_path / "out", code="370", year="2017-18") == {
        name: lines_of(delivered / f"{name}.csv") for name in DELIVERED
    }


@with_validator
@pytest.mark.parametrize(("folder", "code"), RETURNS.items())
def test_the_validator_finds_in_the_export_exactly_what_it_finds_in_the_original(shared_data, tmp_path, folder, code):
    delivered = shared_data / "ssda903" / "synthetic_2025_26" / folder
    run_import(delivered, code=code)
    run_export(tmp_path / "out", code=code)

    original = validated(delivered, code)

    assert original["found"]
    assert validated(tmp_path / "out", code) == original


@with_validator
def test_the_validator_finds_the_same_in_the_fake_return(shared_data, tmp_path):
    delivered = shared_data / "ssda903" / "d2i_fake"
    run_import(delivered, code="370", year="2017-18")
    run_export(tmp_path / "out", code="370", year="2017-18")

    original = validated(delivered, "E08000038", ruleset="lac2022_23", year="2018")

    assert original["found"]
    assert validated(tmp_path / "out", "E08000038", ruleset="lac2022_23", year="2018") == original
