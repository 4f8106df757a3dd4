"""Placewatch is right for the six authorities that the sector's validator places wrongly (codes younger than its table)."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from geo.importers.postcodes import load_directory
from tests.geo.sources import WrittenSource
from tests.placements.returns.validator import validated, with_validator
from tests.placements.returns.written import KAYLA, episode, run_import, write

# Real rows of the ONS Postcode Directory of November 2025: one postcode of each authority.
SIX = {
    "Cumberland": ("CA1 1AA", "E06000063", 339560, 555499, "942"),
    "Westmorland and Furness": ("CA10 1AA", "E06000064", 354652, 539540, "943"),
    "North Yorkshire": ("BB18 6JH", "E06000065", 389391, 448254, "815"),
    "Somerset": ("BA10 0AA", "E06000066", 368324, 134873, "933"),
    "Barnsley": ("DN5 7HP", "E08000038", 447500, 403300, "370"),
    "Sheffield": ("S1 1AA", "E08000039", 435732, 387312, "373"),
}


@pytest.fixture
def directory(committing):
    """A database whose directory holds the postcodes of the six."""
    rows = [(postcode, code, east, north, "") for postcode, code, east, north, _ in SIX.values()]
    load_directory(WrittenSource(rows, name="Six authorities"), is_local=True)


def own_placement(folder, postcode):
    """A child in the council's own children's home, in its own area."""
    return write(
        folder, episode("01/05/2025", "S", "K2", postcode=postcode, home=postcode, provider="PR1"), header=(KAYLA,)
    )


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(("postcode", "code", "_east", "_north", "pl_la"), SIX.values(), ids=SIX)
def test_a_placement_in_the_councils_own_area_is_in_it(tmp_path, postcode, code, _east, _north, pl_la):
    run_import(own_placement(tmp_path / "return", postcode), code=code)

    said = StringIO()
    call_command("export_placements", "--authority", code, "--year", "2025-26", "--csv", stdout=said)

    [row] = csv.DictReader(StringIO(said.getvalue()))
    assert (row["host_gss"], row["PL_LA"], row["PL_LOCATION"]) == (code, pl_la, "IN")
    assert (row["PL_DISTANCE"], row["relation"], row["out_of_area"]) == ("0.0", "same", "False")


@with_validator
@pytest.mark.parametrize(("postcode", "code"), [row[:2] for row in SIX.values()], ids=SIX)
def test_the_validator_still_places_it_out_of_the_area(tmp_path, postcode, code):
    """Once this fails the validator has a newer table of authorities, and this file has done its work."""
    answer = validated(own_placement(tmp_path / "return", postcode), code)

    assert answer["places"] == [["1001", "01/05/2025", "nan", "OUT"]]
    assert "Episodes ERR_1015" in answer["found"]
