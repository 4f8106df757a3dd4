"""Does Norrowshire lie where its stories say, and does nothing else adjoin it?"""

from datetime import date
from itertools import combinations

import pytest

from example import ground
from geo.areas import authority_by_code, relation_between
from geo.ground import Relation
from geo.models import Boundary, PostcodeDirectory
from placements.place.jurisdiction import Question, verdict

pytestmark = pytest.mark.usefixtures("norrowshire_ground")

ON = date(2026, 12, 17)
ASHFORD, BRACKWATER, DUNMERE, CARROWBY, EASTHOLM, GLYNFA = (f"X0600000{number}" for number in range(1, 7))
ADJOINING = {
    frozenset({ASHFORD, BRACKWATER}): Relation.ADJOINING_LAND,
    frozenset({BRACKWATER, DUNMERE}): Relation.ADJOINING_LAND,
    frozenset({DUNMERE, CARROWBY}): Relation.ADJOINING_LAND,
    frozenset({ASHFORD, GLYNFA}): Relation.ADJOINING_LAND,
    frozenset({BRACKWATER, EASTHOLM}): Relation.ADJOINING_TIDAL_WATER,
}


def asked(postcode: str = "", *, home: str = "", point: tuple[float, float] | None = None):
    easting, northing = point or (None, None)
    question = Question(postcode=postcode, home_postcode=home, easting=easting, northing=northing)
    return verdict(authority=authority_by_code(ASHFORD), on=ON, question=question)


def test_the_five_pairs_of_the_stories_adjoin_and_no_others():
    codes = (ASHFORD, BRACKWATER, DUNMERE, CARROWBY, EASTHOLM, GLYNFA)
    found = {
        frozenset(pair): relation_between(authority_by_code(pair[0]), authority_by_code(pair[1]), ON)
        for pair in combinations(codes, 2)
    }
    assert found == {pair: ADJOINING.get(pair, Relation.NOT_ADJOINING) for pair in found}


@pytest.mark.parametrize(
    ("postcode", "state", "host_gss", "country"),
    [
        ("AG1 1AA", "in_area", ASHFORD, "england"),
        ("BK2 2BB", "out_of_area_adjoining", BRACKWATER, "england"),
        ("CY1 3LL", "out_of_area_distant", CARROWBY, "england"),
        ("DM1 4DD", "out_of_area_distant", DUNMERE, "england"),
        ("EM1 1AA", "out_of_area_distant", EASTHOLM, "england"),
        ("GA1 8HH", "out_of_area_adjoining", GLYNFA, "wales"),
    ],
)
def test_a_postcode_lies_in_the_authority_of_its_rectangle(postcode, state, host_gss, country):
    row = asked(postcode).as_row()
    assert (row["state"], row["host_gss"], row["country"]) == (state, host_gss, country)


def test_a_district_of_the_county_rolls_up_to_dunmere():
    assert asked("DM5 2FW").as_row()["host_gss"] == DUNMERE


def test_larch_house_is_thirty_seven_point_three_miles_from_kaylas_home():
    row = asked("CY4 2LB", home="AG4 4HP").as_row()
    assert (row["pl_distance"], row["over_20_miles"]) == (37.3, True)


def test_mill_lane_lies_in_two_authorities_so_it_is_not_guessed():
    answer = asked("BK9 7QT")
    assert answer.as_row()["state"] == "cannot_tell"
    assert [(one.authority.name, one.addresses) for one in answer.place.candidates] == [
        ("Brackwater", 12),
        ("Dunmere", 3),
    ]


def test_wales_is_written_as_wal_and_an_invented_authority_has_no_number():
    assert asked("GA1 8HH").pl_la == "WAL"
    assert asked("CY1 3LL").pl_la == ""


def test_the_boundaries_meet_the_bare_point_on_open_sea():
    assert asked(point=(580_000 + 70_000, 450_000 + 10_000)).as_row()["host_gss"] == CARROWBY
    assert asked(point=(580_000 + 35_000, 450_000 + 22_000)).as_row()["state"] == "cannot_tell"


def test_laying_the_ground_again_changes_nothing():
    before = (Boundary.objects.count(), PostcodeDirectory.objects.count())
    ground.lay()
    assert (Boundary.objects.count(), PostcodeDirectory.objects.count()) == before == (6, 2)
