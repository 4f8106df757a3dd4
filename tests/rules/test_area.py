"""Are area, adjoining and country three answers, each right?"""

import csv

import pytest

from placements.rules.area import ContradictoryFacts, Country, PlaceFacts, Relation, State, area_of
from tests.rules.facts import SHARED, place


def codes(answer):
    return [finding.code for finding in answer.findings]


@pytest.mark.parametrize(
    ("relation", "state"),
    [
        (Relation.SAME, State.IN_AREA),
        (Relation.ADJOINING_LAND, State.OUT_OF_AREA_ADJOINING),
        (Relation.ADJOINING_TIDAL_WATER, State.OUT_OF_AREA_ADJOINING),
        (Relation.NOT_ADJOINING, State.OUT_OF_AREA_DISTANT),
        (Relation.UNKNOWN, State.CANNOT_TELL),
    ],
)
def test_boundaries_alone_decide_the_state_in_england(relation, state):
    assert place(relation).state is state


def test_welsh_neighbour_adjoins_and_is_outside_england():
    glynfa = place(Relation.ADJOINING_LAND, country=Country.WALES)

    assert (glynfa.state, glynfa.relation, glynfa.country) == (
        State.OUT_OF_AREA_ADJOINING,
        Relation.ADJOINING_LAND,
        Country.WALES,
    )
    assert codes(glynfa) == ["out_of_area_adjoining", "outside_england"]
    assert glynfa.findings[0].citation.reading == "ADR 0012"


def test_scottish_authority_is_as_the_table_says():
    assert place(Relation.ADJOINING_LAND, country=Country.SCOTLAND).state is State.OUT_OF_AREA_ADJOINING
    assert place(Relation.NOT_ADJOINING, country=Country.SCOTLAND).state is State.OUT_OF_AREA_DISTANT


@pytest.mark.parametrize("country", [Country.NORTHERN_IRELAND, Country.CROWN_DEPENDENCY, Country.OUTSIDE_THE_UK])
def test_place_that_no_english_authority_can_adjoin_is_at_a_distance_without_a_host(country):
    answer = place(Relation.UNKNOWN, country=country, host=None)

    assert answer.state is State.OUT_OF_AREA_DISTANT
    assert answer.relation is Relation.UNKNOWN


def test_unknown_place_is_not_guessed():
    nowhere = place(Relation.UNKNOWN, country=Country.UNKNOWN, host=None)

    assert nowhere.state is State.CANNOT_TELL
    assert not nowhere.is_out_of_area
    assert "in whose area" in nowhere.findings[0].sentence


@pytest.mark.parametrize(
    ("country", "host"), [(Country.WALES, None), (Country.SCOTLAND, None), (Country.ENGLAND, "host")]
)
def test_place_known_to_be_elsewhere_says_so_though_its_distance_in_law_is_not_known(country, host):
    answer = place(Relation.UNKNOWN, country=country, host=host)

    assert answer.state is State.CANNOT_TELL
    assert "outside our area" in answer.findings[0].sentence


@pytest.mark.parametrize(
    ("host", "relation"),
    [("ours", Relation.NOT_ADJOINING), ("other", Relation.SAME), ("ours", Relation.ADJOINING_LAND)],
)
def test_facts_that_contradict_each_other_are_refused(host, relation):
    with pytest.raises(ContradictoryFacts, match="Correct the table"):
        PlaceFacts(responsible_authority="ours", host_authority=host, relation=relation, country=Country.ENGLAND)


def test_sentence_names_the_host():
    assert place(Relation.NOT_ADJOINING).findings[0].sentence == (
        "Out of area and at a distance: Carrowby adjoins no boundary of ours."
    )


def test_every_episode_of_the_synthetic_returns_has_the_expected_state():
    returns = SHARED / "ssda903" / "synthetic_2025_26"
    if not returns.exists():
        pytest.skip("the synthetic returns are not beside this checkout")
    countries = {"E": Country.ENGLAND, "W": Country.WALES, "S": Country.SCOTLAND, "N": Country.NORTHERN_IRELAND}
    checked = 0

    for path in sorted(returns.glob("*/expected_episode_results.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if not row["host_gss"]:
                    continue
                answer = area_of(
                    PlaceFacts(
                        responsible_authority=row["home_gss"],
                        host_authority=row["host_gss"],
                        relation=Relation(row["relation"]),
                        country=countries[row["host_gss"][0]],
                    )
                )
                assert str(answer.is_out_of_area) == row["out_of_area"], row
                assert str(answer.state is State.OUT_OF_AREA_DISTANT) == row["distant_not_adjoining"], row
                checked += 1

    assert checked > 1000
