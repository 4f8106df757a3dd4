"""Does a place lie where the sources put it, and is doubt said where there is doubt?"""

import csv
from datetime import date

import pytest
import shapely

from geo.areas import authority_by_code
from geo.distance import geodesic_metres
from geo.exceptions import ImportRefused
from geo.importers.boundaries import store_edition
from geo.importers.candidates import load_candidates
from geo.importers.postcodes import load_directory
from geo.models import Boundary, Country
from geo.place import Precision, Termination, places_of_points, places_of_postcodes
from tests.geo.sources import WrittenSource

MARCH_2026 = date(2026, 3, 31)


def place(postcode, on=MARCH_2026):
    return places_of_postcodes([postcode], on)[postcode]


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_postcodes_near_a_boundary_lie_where_the_directory_puts_them(sampled, shared_data):
    rows = rows_of(shared_data / "postcodes" / "near_boundary_cases.csv")

    places = places_of_postcodes([row["postcode"] for row in rows], MARCH_2026)

    assert len(places) == len(rows) == 2_426
    for row in rows:
        found = places[row["postcode"]]
        assert (found.host_gss, found.host.name) == (row["expected_host_gss"], row["expected_host_name"])
        assert (found.easting, found.northing) == (float(row["easting"]), float(row["northing"]))


def test_the_sample_of_the_whole_kingdom_rolls_up_to_upper_tier(sampled, shared_data):
    upper = {row["LAD25CD"]: row["CTYUA25CD"] for row in rows_of(shared_data / "crosswalk" / "lad25_to_ctyua25.csv")}
    rows = rows_of(shared_data / "postcodes" / "onspd_nov2025_uk_sample.csv")

    places = places_of_postcodes([row["pcds"] for row in rows], MARCH_2026)

    for row in rows:
        assert places[row["pcds"]].host_gss == upper.get(row["lad25cd"], ""), row["pcds"]
        assert (places[row["pcds"]].easting is None) == (row["east1m"] == "")


def test_geodesic_distances_are_those_measured_elsewhere(sampled, shared_data):
    """The other measurement went through its own transformation, so the grid shift of 2 m is the tolerance."""
    rows = rows_of(shared_data / "postcodes" / "distance_pairs.csv")
    places = places_of_postcodes([row[column] for row in rows for column in ("home_post", "pl_post")], MARCH_2026)

    for row in rows:
        ends = [places[row[column]] for column in ("home_post", "pl_post")]
        metres = geodesic_metres(*((end.latitude, end.longitude) for end in ends))
        assert metres == pytest.approx(float(row["geodesic_metres"]), abs=2)


@pytest.mark.parametrize(
    ("postcode", "country", "host"),
    [
        ("CF5 1EW", Country.WALES, "Cardiff"),
        ("EH12 1DQ", Country.SCOTLAND, "City of Edinburgh"),
        ("BT48 6QA", Country.NORTHERN_IRELAND, "Derry City and Strabane"),
        ("JE4 0RT", Country.CROWN_DEPENDENCY, None),
        ("IM2 1QT", Country.CROWN_DEPENDENCY, None),
        ("BT1 9UX", Country.NORTHERN_IRELAND, None),
        ("BS5 5ZR", None, None),
        ("M14 9QQ", None, None),
    ],
)
def test_each_country_and_each_gap_is_said(sampled, postcode, country, host):
    found = place(postcode)

    assert found.country == country
    assert (found.host.name if found.host else None) == host
    assert (found.reason == "") == (host is not None)


def test_northern_ireland_has_no_point_on_the_british_grid(sampled):
    found = place("BT48 6QA")

    assert (found.easting, found.latitude, found.precision) == (None, None, Precision.NO_GRID_REFERENCE)


def test_the_host_is_that_of_the_day(sampled):
    assert place("CA1 1AA", date(2023, 3, 31)).host_gss == "E10000006"
    assert place("CA1 1AA", date(2023, 4, 1)).host_gss == "E06000063"
    assert place("S70 1AA", date(2025, 3, 31)).host_gss == "E08000016"
    assert place("S70 1AA", date(2025, 4, 1)).host_gss == "E08000038"


def test_where_three_authorities_held_the_ground_there_is_no_host_but_candidates(sampled):
    found = place("BH1 1AA", date(2019, 3, 31))

    assert found.host is None
    assert [one.authority.name for one in found.candidates] == ["Bournemouth", "Dorset", "Poole"]
    assert found.country is Country.ENGLAND
    assert "not certain whose area" in found.reason


def test_termination_is_not_known_where_the_directory_does_not_tell(sampled):
    assert place("S60 1AA").termination is Termination.NOT_KNOWN
    assert place("S60 1AA").source == "ONS Postcode Directory, November 2025"


def test_termination_is_known_where_the_directory_tells(without_postcodes):
    load_directory(
        WrittenSource([("S60 1AA", "E08000018", 442732, 392677, ""), ("S1 1AA", "E08000039", 435000, 387000, "199606")])
    )

    assert place("S60 1AA").termination is Termination.IN_USE
    assert (place("S1 1AA").termination, place("S1 1AA").terminated_on) == (Termination.TERMINATED, date(1996, 6, 1))


@pytest.fixture
def two_squares(without_postcodes):
    """Rotherham's S60 1AA, and boundaries that say the ground there is Sheffield's; S61 1AA lies in both's Rotherham."""
    load_directory(WrittenSource([("S60 1AA", "E08000018", 1_500, 500, ""), ("S61 1AA", "E08000018", 500, 500, "")]))
    rotherham, sheffield = authority_by_code("372"), authority_by_code("373")
    shapes = {rotherham: shapely.box(0, 0, 1_000, 1_000), sheffield: shapely.box(1_000, 0, 2_000, 1_000)}
    store_edition(name="Squares", edition_on=date(2026, 1, 1), source="invented", shapes=shapes, is_active=True)
    return shapes


def test_a_conflict_of_directory_and_boundary_is_shown_as_candidates(two_squares):
    found = place("S60 1AA")

    assert found.host is None
    assert [(one.authority.name, one.evidence) for one in found.candidates] == [
        ("Rotherham", "postcode directory"),
        ("Sheffield", "boundary"),
    ]
    assert place("S61 1AA").host.name == "Rotherham"


def test_a_bare_point_lies_in_the_boundary_that_covers_it(two_squares):
    inside, outside = places_of_points([(1_500, 500), (9_000, 500)], MARCH_2026)

    assert (inside.host.name, inside.precision, inside.source) == (
        "Sheffield",
        Precision.POINT,
        "Squares (2026-01-01)",
    )
    assert (outside.host, outside.country) == (None, None)
    assert "lies in no boundary" in outside.reason


def test_an_edition_that_is_not_active_gives_no_evidence(two_squares):
    store_edition(name="Squares", edition_on=date(2026, 1, 1), source="invented", shapes=two_squares, is_active=False)

    assert place("S60 1AA").host.name == "Rotherham"
    assert "No boundaries are loaded" in places_of_points([(1_500, 500)], MARCH_2026)[0].reason
    assert Boundary.objects.count() == 2


def test_a_shape_that_crosses_itself_is_refused(without_postcodes):
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])

    with pytest.raises(ImportRefused, match="Rotherham: Self-intersection"):
        store_edition(
            name="Bad",
            edition_on=date(2026, 1, 1),
            source="invented",
            shapes={authority_by_code("372"): bow_tie},
            is_active=True,
        )
    assert Boundary.objects.count() == 0


def test_a_postcode_that_authorities_share_has_candidates_by_their_addresses(without_postcodes, tmp_path):
    load_directory(WrittenSource([("S60 1AA", "E08000018", 442732, 392677, "")]))
    shared = tmp_path / "shared.csv"
    shared.write_text("postcode,authority,addresses\nS60 1AA,372,3\nS60 1AA,373,12\n")

    load_candidates(shared)

    assert place("S60 1AA").host is None
    assert [(one.authority.name, one.addresses) for one in place("S60 1AA").candidates] == [
        ("Sheffield", 12),
        ("Rotherham", 3),
    ]


def test_many_postcodes_are_one_query_for_the_process_that_knows_the_ground(sampled, django_assert_num_queries):
    place("S60 1AA")

    with django_assert_num_queries(1):
        places_of_postcodes(["S60 1AA", "CF5 1EW", "M14 9QQ"], MARCH_2026)
