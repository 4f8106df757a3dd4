"""How far may an address lie from its postcode's point? Read from a directory written for it, in whole metres."""

import pytest

from geo import reach
from geo.importers.postcodes import load_directory
from geo.models import Postcode, PostcodeDirectory
from geo.reach import reaches_of
from tests.geo.sources import WrittenSource

# Six postcodes in a row: the fifth neighbour of the first lies 500 metres from it, that of the third 300.
ROW = [
    (f"S60 1A{letter}", "E08000018", 440_000 + 100 * number, 390_000, "", "1") for number, letter in enumerate("ABDEFG")
]


@pytest.fixture
def row_of_postcodes(without_postcodes):
    load_directory(WrittenSource(ROW))
    PostcodeDirectory.objects.using("owner").update(rows=reach.LEAST_ROWS)


def test_addresses_reach_as_far_as_the_fifth_neighbour(row_of_postcodes):
    assert reaches_of(["S60 1AA", "S60 1AD", "XX1 1XX"]) == {"S60 1AA": 500.0, "S60 1AD": 300.0}


def test_a_coarser_point_reaches_further(row_of_postcodes):
    Postcode.objects.using("owner").filter(postcode="S60 1AA").update(quality=6)
    Postcode.objects.using("owner").filter(postcode="S60 1AD").update(quality=5)
    assert reaches_of(["S60 1AA", "S60 1AD"]) == {"S60 1AA": float(reach.FARTHEST_METRES), "S60 1AD": 300.0}


def test_a_directory_that_is_not_whole_says_nothing_of_neighbours(row_of_postcodes):
    PostcodeDirectory.objects.using("owner").update(rows=6)
    assert reaches_of(["S60 1AA"]) == {"S60 1AA": float(reach.WITHOUT_NEIGHBOURS_METRES)}


def test_a_local_directorys_points_are_exact(row_of_postcodes):
    load_directory(WrittenSource([("BK1 1AA", "E06000012", 600_000, 460_000, "")], name="Example"), is_local=True)
    assert reaches_of(["BK1 1AA"]) == {"BK1 1AA": 0.0}


def test_no_address_reaches_beyond_the_farthest(row_of_postcodes):
    Postcode.objects.using("owner").filter(postcode="S60 1AG").update(easting=460_000)
    assert reaches_of(["S60 1AG"]) == {"S60 1AG": float(reach.FARTHEST_METRES)}


def test_the_quality_that_the_directory_delivers_is_kept(row_of_postcodes):
    assert set(Postcode.objects.values_list("quality", flat=True)) == {1}
