"""What no file of a pack may hold: a closed address and what gives it away, shapes, conditions, whom something is kept from."""

import re
from datetime import date

import pytest

from geo.models import Postcode
from hotspots.models import Share
from placements.actions.withholdings import withhold
from tests import factories
from tests.databases import NOON
from tests.hotspots import world as areas
from tests.placements.pack import register
from tests.vocabulary.vocabulary import refused_in, refused_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(db):
    return factories.person()


def everything(made: dict[str, bytes]) -> str:
    return "\n".join(content.decode() for content in made.values())


def test_a_closed_placement_is_listed_without_address_distance_and_host(priya):
    register.closed(priya, "AA-3")

    told = everything(register.written())

    assert "AA-3" in told
    for word in (register.CLOSED_LINE, register.CLOSED_WORDS, "LS1 8ED", "Leeds", "26.3"):
        assert word not in told, word


def test_nothing_of_a_pack_rates_a_child_or_a_place(priya):
    register.whole(priya)

    made = register.written()

    pages = {path: re.sub(r"<style>.*?</style>|<[^>]+>", " ", text.decode(), flags=re.S) for path, text in made.items()}
    assert {path: refused_in(text) for path, text in pages.items() if refused_in(text)} == {}
    assert [one.name for one in register.answer().tables if refused_names(set(one.columns), "export")] == []


def test_of_an_area_under_conditions_nothing_is_told_but_whom_to_ask(priya):
    place = Postcode.objects.get(postcode="LS1 8ED")
    shape = areas.polygon(place.easting - 100, place.northing - 100)
    feature = areas.square(
        name="zqarcade", narrative="zqnarrative", conditions="zqconditions", category="zqkind", geometry=shape
    )
    areas.publish(factories.LEEDS, feature, to=factories.ROTHERHAM, level=Share.Level.GEOMETRY)
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)

    told = everything(register.written())

    assert "Information of another authority, under conditions: ask the exploitation lead of Leeds." in told
    assert "zq" not in told


def test_from_whom_something_is_withheld_and_why_is_read_in_placewatch_only(priya):
    placement = register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    with factories.acting(priya):
        withhold(
            placement_id=placement.id,
            paragraph="b",
            person="zqfather",
            what="notice",
            reason="zqreason",
            decided_by="Dr Helen Marsh",
            decided_on=date(2026, 12, 1),
            look_again_on=date(2027, 1, 4),
            by=priya,
            at=NOON,
        )

    told = everything(register.written())

    assert "Dr Helen Marsh" in told
    assert "zq" not in told
