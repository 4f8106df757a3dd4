"""Does the distance equal the return's own, to the tenth of a mile?"""

import csv

import pytest

from placements.rules.distance import GridPoint, distance_from_home
from tests.rules.facts import SHARED


def miles(home, place):
    return distance_from_home(home=GridPoint(*home), place=GridPoint(*place))


def test_larch_house_of_story_1_is_37_miles_from_home_and_over_20():
    larch_house = miles((590_000, 460_000), (650_000, 460_000))

    assert (larch_house.miles, larch_house.over_20_miles) == (37.3, True)
    assert larch_house.sentence == "37.3 miles from home: over 20 miles (a statistic; it decides nothing)."


def test_over_20_miles_is_decided_before_rounding():
    just_over = miles((0, 0), (32_190, 0))  # 20.0025 miles of 1,609.3 metres
    exactly = miles((0, 0), (32_186, 0))

    assert (just_over.miles, just_over.over_20_miles) == (20.0, True)
    assert (exactly.miles, exactly.over_20_miles) == (20.0, False)


def test_distance_is_not_given_where_a_point_is_not_held():
    assert distance_from_home(home=None, place=GridPoint(1, 2)) is None
    assert distance_from_home(home=GridPoint(1, 2), place=None) is None


def test_every_pair_of_real_postcodes_has_the_expected_distance():
    pairs = SHARED / "postcodes" / "distance_pairs.csv"
    if not pairs.exists():
        pytest.skip("the pairs of postcodes are not beside this checkout")

    with pairs.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    for row in rows:
        answer = miles(
            (int(row["home_easting"]), int(row["home_northing"])), (int(row["pl_easting"]), int(row["pl_northing"]))
        )
        assert (answer.miles, str(answer.over_20_miles)) == (float(row["pl_distance_miles"]), row["over_20_miles"]), row
    assert len(rows) == 590
