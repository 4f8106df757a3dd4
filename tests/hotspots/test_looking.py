"""Does the set-based comparison of a register say of every place what the plain answers say? On generated areas and places."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.acting import acting_for, operator
from db import clock
from hotspots import actions
from hotspots.models import Hotspot, Share
from hotspots.overlay import fingerprints, looking, overlay
from hotspots.overlay.overlay import Place
from hotspots.sharing import coverage
from hotspots.sharing.levels import Area, Level
from notifications.models import Contact
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    hotspot,
    load,
    polygon,
    publish,
    share,
    square,
)

READER = SHEFFIELD
SEED = 100
RADIUS = 1_000
AROUND = (READER, ROTHERHAM, DONCASTER, BARNSLEY)


@pytest.fixture
def chance():
    return random.Random(SEED)  # noqa: S311


@pytest.fixture
def places(db, chance) -> list[Place]:
    """Sixty places among fifty areas of three owners, at every level and some of the reader's own."""
    for owner, level in (
        (ROTHERHAM, Share.Level.PROXIMITY),
        (DONCASTER, Share.Level.GEOMETRY),
        (BARNSLEY, Share.Level.CONTACT),
    ):
        drawn = [_area(chance, number) for number in range(12)]
        publish(owner, *drawn, to=READER, level=level, distance_metres=chance.choice([300, 700, 1_500]))
    own = load(READER, *[_area(chance, number) for number in range(12)]).hotspot_ids
    with acting(READER) as by:
        for hotspot_id in own:
            actions.publish(hotspot_id, by=by, at=clock.now())
    return [_place(chance) for _ in range(60)]


def _area(chance, number):
    shape = polygon(EAST + chance.randrange(6_000), NORTH + chance.randrange(6_000), chance.randrange(50, 900))
    review = chance.choice(["2020-01-01", "2090-01-31"])
    return square(f"A{number}", geometry=shape, concern=chance.choice(["a park", "a station"]), review_date=review)


def _place(chance) -> Place:
    asked = chance.sample(AROUND, chance.randrange(1, 4))
    return Place(
        EAST + chance.randrange(7_000),
        NORTH + chance.randrange(7_000),
        frozenset(authority(one).id for one in asked),
        reach_metres=chance.choice([0.0, 90.0, 420.5]),
        is_by_cell=chance.random() < 0.2,
    )


def plain(places):
    """What each place is told, without the day on which it was; and its fingerprint, from the same answer."""
    with acting(READER):
        answers = overlay.ask(places, radius_metres=RADIUS, at=clock.now(), purpose="a test")
        told = [[{name: one[name] for name in one if name != "on"} for one in answer.stored()] for answer in answers]
        return told, [answer.fingerprint for answer in answers]


def together(places):
    with acting(READER):
        return looking.fingerprints_of(places, radius_metres=RADIUS, at=clock.now(), purpose="a test")


def test_the_database_gives_each_place_the_fingerprint_of_its_plain_answer(places):
    assert together(places) == plain(places)[1]


CHANGES = {
    "a revised area": lambda: load(ROTHERHAM, square("A1", geometry=polygon(EAST + 3_000, NORTH + 3_000, 800))),
    "another level": lambda: share(
        ROTHERHAM, [hotspot(ROTHERHAM, "A2").id, hotspot(ROTHERHAM, "A3").id], READER, Share.Level.GEOMETRY
    ),
    "another distance": lambda: share(
        ROTHERHAM, [hotspot(ROTHERHAM, f"A{one}").id for one in range(6)], READER, distance_metres=200
    ),
    "an area that lapsed": lambda: _lapse(DONCASTER, "A4"),
    "what is said of sharing": lambda: _say(BARNSLEY),
    "whom to ring": lambda: _contact(BARNSLEY),
    "nothing": lambda: None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_fingerprint_is_another_exactly_where_another_thing_is_told(places, change):
    told, prints = plain(places)
    CHANGES[change]()
    told_now, _ = plain(places)
    differs = [one != other for one, other in zip(told, told_now, strict=True)]
    assert [one != other for one, other in zip(prints, together(places), strict=True)] == differs
    assert any(differs) == (change != "nothing")


def _lapse(code, reference):
    with acting(code) as by:
        actions.lapse(Hotspot.objects.get(reference=reference).id, by=by, at=clock.now())


def _say(code):
    with acting_for(operator(authority(code).id), "test") as by:
        actions.say_coverage(
            shares=True, scope="Only parks", last_looked_on=date(2026, 11, 30), review_on=None, by=by, at=clock.now()
        )
        assert coverage.statements([by.authority_id])


def _contact(code):
    with acting(code) as by:
        Contact.objects.create(
            authority_id=by.authority_id,
            purpose=Contact.Purpose.EXPLOITATION_LEAD,
            telephone="01632 960202",
            starts_on=date(2020, 1, 1),
            confirmed_on=date(2020, 1, 1),
            confirmed_by="a test",
        )


AREAS = st.lists(
    st.builds(
        Area,
        version_id=st.uuids(),
        level=st.sampled_from(Level),
        is_stale=st.booleans(),
        within_metres=st.none() | st.integers(100, 5_000),
        reference=st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    ),
    max_size=4,
    unique_by=lambda one: one.version_id,
)


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_in_which_areas_are_found_is_nothing(areas, chance):
    shuffled = list(areas)
    chance.shuffle(shuffled)
    assert fingerprints.of_areas(areas) == fingerprints.of_areas(shuffled)


@given(AREAS.filter(bool))
def test_each_thing_told_of_an_area_counts(areas):
    first, *others = areas
    for changed in (
        replace(first, is_stale=not first.is_stale),
        replace(first, level=Level.OWN if first.level is not Level.OWN else Level.CONTACT),
        replace(first, within_metres=(first.within_metres or 0) + 1),
    ):
        assert fingerprints.of_areas([changed, *others]) != fingerprints.of_areas(areas)
