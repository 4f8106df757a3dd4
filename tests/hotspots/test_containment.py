"""Is a postcode's reach honoured: certainly inside, possibly, certainly outside? Distances read off by hand."""

import pytest

from db import clock
from hotspots.models import Share
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place
from hotspots.overlay.sentences import sentences
from hotspots.sharing.coverage import State
from hotspots.sharing.levels import Containment
from tests.hotspots.world import EAST, NORTH, ROTHERHAM, SHEFFIELD, acting, authority, publish, square

pytestmark = pytest.mark.django_db


def answered(east_of_the_western_edge, reach_metres, *, code=SHEFFIELD):
    """For a point halfway up the square of 200 metres, whose address lies within so many metres of it."""
    place = Place(EAST + east_of_the_western_edge, NORTH + 100, frozenset(), reach_metres=reach_metres)
    with acting(code):
        (answer,) = overlay.ask([place], radius_metres=1_000, at=clock.now(), purpose="a test")
    return answer.authorities[0]


@pytest.mark.parametrize(
    ("east", "reach", "expected"),
    [
        (100, 0, Containment.CERTAINLY_INSIDE),
        (100, 100, Containment.CERTAINLY_INSIDE),
        (100, 101, Containment.POSSIBLY_INSIDE),
        (180, 20, Containment.CERTAINLY_INSIDE),
        (180, 21, Containment.POSSIBLY_INSIDE),
        (220, 21, Containment.POSSIBLY_INSIDE),
        (220, 20, Containment.POSSIBLY_INSIDE),
        (220, 19, Containment.CERTAINLY_OUTSIDE),
        (220, 0, Containment.CERTAINLY_OUTSIDE),
    ],
)
def test_inside_is_certain_possible_or_certainly_not(east, reach, expected):
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    assert answered(east, reach).areas[0].containment == expected


def test_the_words_say_how_far_the_address_may_lie_from_its_point():
    publish(ROTHERHAM, square(name="Canal Street"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    which = "area of concern “Canal Street” shared by Rotherham"
    assert sentences(answered(100, 0))[0].startswith(f"This address lies inside the {which}.")
    assert sentences(answered(100, 120))[0].startswith(
        f"This address may lie inside the {which}: its postcode stands for addresses up to 120 metres from one point."
    )
    assert sentences(answered(500, 120))[0].startswith(
        f"The {which} lies 300 metres from this address, give or take 120 metres."
    )


def test_below_geometry_level_the_reach_says_nothing():
    """A second threshold would tell more of the shape than the owner agreed to."""
    publish(ROTHERHAM, square(), to=SHEFFIELD, distance_metres=500)
    for reach in (0, 400, 3_000):
        assert answered(700, reach).areas[0].containment is None
        assert answered(700, reach).state is State.NEAR
        place = Place(EAST + 701, NORTH + 100, frozenset([authority(ROTHERHAM).id]), reach_metres=reach)
        with acting(SHEFFIELD):
            (answer,) = overlay.ask([place], radius_metres=1_000, at=clock.now(), purpose="a test")
        assert answer.authorities[0].state is State.NOTHING_NEAR


def test_an_area_in_which_the_address_may_lie_is_told_of_beyond_the_radius():
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    assert answered(200 + 1_500, 1_500).areas[0].containment == Containment.POSSIBLY_INSIDE
    place = Place(EAST + 200 + 1_500, NORTH + 100, frozenset([authority(ROTHERHAM).id]), reach_metres=1_499)
    with acting(SHEFFIELD):
        (answer,) = overlay.ask([place], radius_metres=1_000, at=clock.now(), purpose="a test")
    assert answer.authorities[0].areas == ()
    assert (
        "may lie up to 1,499 metres from the point that stands for its postcode" in sentences(answer.authorities[0])[0]
    )
