"""Is the right authority meant, on the right day, and are its neighbours the right ones?"""

import math
from datetime import date

import pytest

from geo.areas import adjoining_authorities, authorities_around, authority_by_code, relation_between
from geo.exceptions import AuthorityNotFound
from geo.ground import Relation, current_ground

pytestmark = pytest.mark.django_db
MARCH_2026 = date(2026, 3, 31)


def names(authorities):
    return sorted(authority.name for authority in authorities)


@pytest.mark.parametrize("code", ["E08000018", "372", " e08000018 "])
def test_an_authority_is_found_by_any_of_its_codes(code):
    assert authority_by_code(code, MARCH_2026).name == "Rotherham"


@pytest.mark.parametrize(("old", "new"), [("E08000016", "E08000038"), ("E08000019", "E08000039"), ("E10000023", "815")])
def test_a_new_code_is_the_same_authority(old, new):
    assert authority_by_code(old, MARCH_2026) == authority_by_code(new, MARCH_2026)


def test_barnsley_bears_its_new_code_from_1_april_2025():
    barnsley = authority_by_code("370")

    assert current_ground().code(barnsley, "gss", date(2025, 3, 31)) == "E08000016"
    assert current_ground().code(barnsley, "gss", date(2025, 4, 1)) == "E08000038"


def test_an_ended_authority_is_refused_with_its_successors():
    with pytest.raises(AuthorityNotFound) as refused:
        authority_by_code("E10000006", date(2023, 4, 1))

    assert str(refused.value) == (
        "Cumbria (E10000006) did not exist on 1 April 2023: it ended on 31 March 2023. "
        "Its area is now Cumberland and Westmorland and Furness: use the code of that authority."
    )
    assert authority_by_code("E10000006", date(2023, 3, 31)).name == "Cumbria"


def test_an_authority_is_refused_before_it_began():
    with pytest.raises(AuthorityNotFound, match=r"it began on 1 April 2023. Before that its area was Cumbria"):
        authority_by_code("942", date(2023, 3, 31))


def test_an_unknown_code_is_refused():
    with pytest.raises(AuthorityNotFound, match="No authority has the code '999'"):
        authority_by_code("999")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("372", "372", Relation.SAME),
        ("372", "370", Relation.ADJOINING_LAND),
        ("879", "908", Relation.ADJOINING_TIDAL_WATER),  # Plymouth and Cornwall, across the Tamar
        ("344", "341", Relation.ADJOINING_TIDAL_WATER),  # Wirral and Liverpool, across the Mersey
        ("801", "W06000015", Relation.ADJOINING_TIDAL_WATER),  # Bristol and Cardiff
        ("896", "W06000006", Relation.ADJOINING_LAND),  # Cheshire West and Chester, and Wrexham
        ("895", "W06000006", Relation.NOT_ADJOINING),  # Cheshire East touches no Wales
        ("372", "921", Relation.NOT_ADJOINING),  # the Isle of Wight adjoins nobody
        ("372", "N09000003", Relation.NOT_ADJOINING),
    ],
)
def test_relations_are_those_of_the_reviewed_table(one, other, relation):
    first, second = authority_by_code(one), authority_by_code(other)

    assert relation_between(first, second, MARCH_2026) is relation
    assert relation_between(second, first, MARCH_2026) is relation


def test_rotherham_adjoins_five():
    rotherham = authority_by_code("372")

    assert names(adjoining_authorities(rotherham, MARCH_2026)) == [
        "Barnsley",
        "Derbyshire",
        "Doncaster",
        "Nottinghamshire",
        "Sheffield",
    ]


def test_the_isle_of_wight_and_the_isles_of_scilly_adjoin_nobody():
    for code in ("921", "420"):
        assert adjoining_authorities(authority_by_code(code), MARCH_2026) == {}


def test_an_ended_authority_adjoined_those_that_its_successors_adjoin():
    cumbria = authority_by_code("909")

    assert names(adjoining_authorities(cumbria, date(2022, 1, 1))) == [
        "County Durham",
        "Dumfries and Galloway",
        "Lancashire",
        "North Yorkshire",
        "Northumberland",
        "Scottish Borders",
    ]


def test_the_relation_to_an_authority_that_did_not_exist_is_unknown():
    cumbria, lancashire = authority_by_code("909"), authority_by_code("888")

    assert relation_between(cumbria, lancashire, date(2022, 1, 1)) is Relation.ADJOINING_LAND
    assert relation_between(cumbria, lancashire, date(2024, 1, 1)) is Relation.UNKNOWN


def test_the_ground_of_an_abolished_district_lies_in_the_right_successor():
    ground = current_ground()

    for code, before, after in [
        ("E07000048", "Dorset", "Bournemouth, Christchurch and Poole"),  # Christchurch
        ("E07000027", "Cumbria", "Westmorland and Furness"),  # Barrow-in-Furness
        ("E07000163", "North Yorkshire", "North Yorkshire"),  # Craven
    ]:
        assert names(ground.authorities_of_district(code, date(2019, 3, 31))) == [before]
        assert names(ground.authorities_of_district(code, date(2024, 1, 1))) == [after]


def test_ground_that_three_held_before_has_three_candidates():
    assert names(current_ground().authorities_of_district("E06000058", date(2019, 3, 31))) == [
        "Bournemouth",
        "Dorset",
        "Poole",
    ]


def test_who_held_ground_before_the_reference_begins_is_not_said():
    assert current_ground().authorities_of_district("E06000055", date(2009, 3, 31)) == ()


def test_authorities_around_a_point_are_those_of_postcodes_within_the_radius(sampled, sampled_rows):
    """Counted a second time by measuring to every row; B14 5RD in Birmingham, Rotherham's S60 1AA, and open sea."""
    points = [(407_286, 278_472), (442_732, 392_677), (580_000, 450_000)]
    radius_metres = 4_000
    ground = current_ground()
    counted = []
    for easting, northing in points:
        districts = {
            row[1] for row in sampled_rows if row[2] != "" and math.dist((easting, northing), row[2:4]) <= radius_metres
        }
        counted.append({one for code in districts for one in ground.authorities_of_district(code, MARCH_2026)})

    assert authorities_around(points, radius_metres, MARCH_2026) == counted
    assert [len(around) for around in counted] == [3, 2, 0]
