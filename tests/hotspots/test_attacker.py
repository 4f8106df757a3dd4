"""Does an attacker with ten accounts learn anything finer than the squares? The long form: `bin/bench inference`."""

from uuid import UUID

import pytest
import shapely

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from hotspots import overlay
from hotspots.coverage import State
from hotspots.models import Disclosure
from hotspots.overlay import Place
from tests.hotspots import attacker
from tests.hotspots.world import EAST, NORTH, ROTHERHAM, SHEFFIELD, acting, authority, publish, square

pytestmark = pytest.mark.django_db

PROBES, DISTANCE = 4_000, 500
SECRET = attacker.secret_shape(EAST + 430, NORTH + 610)
START = (EAST + 430, NORTH + 610)


def oracle(*, is_by_cell):
    """Whether something lies near, as one of ten people of Sheffield is answered; no budget holds this attacker up."""
    owner = authority(ROTHERHAM).id

    def answers(account, points):
        by = Actor(authority(SHEFFIELD).id, Role.PLACEMENT_OFFICER, "Somebody", person_id=UUID(int=account + 1))
        places = [Place(east, north, frozenset([owner]), is_by_cell=is_by_cell) for east, north in points]
        with acting_for(by, "probing"):
            found = overlay.ask(places, radius_metres=1_000, at=clock.now(), purpose="probing")
        return [one.authorities[0].state is State.NEAR for one in found]

    return answers


@pytest.fixture
def secret():
    corners = [[list(corner) for corner in SECRET.exterior.coords]]
    publish(
        ROTHERHAM,
        square(geometry={"type": "Polygon", "coordinates": corners}),
        to=SHEFFIELD,
        distance_metres=DISTANCE,
    )


def run(*, is_by_cell):
    return attacker.attack(oracle(is_by_cell=is_by_cell), start=START, distance_metres=DISTANCE, probes=PROBES)


def test_answers_by_point_would_give_the_shape_away(secret):
    """What the squares are for; an attacker that cannot do this would prove nothing below."""
    assert attacker.overlap(run(is_by_cell=False).rebuilt, SECRET) > 0.9


def test_answers_by_square_give_the_squares_and_nothing_finer(secret):
    seen = run(is_by_cell=True)
    assert len(seen.answers) > 0.9 * PROBES
    for (east, north), answers in seen.squares.items():
        ground = shapely.box(east * 1_000, north * 1_000, east * 1_000 + 1_000, north * 1_000 + 1_000)
        assert answers == {ground.distance(SECRET) <= DISTANCE}
    assert {True, False} == set().union(*seen.squares.values())
    assert attacker.overlap(seen.rebuilt, SECRET) < 0.2


def test_every_question_stands_on_the_owners_list(secret):
    ask = oracle(is_by_cell=True)
    for account in range(attacker.ACCOUNTS):
        ask(account, [START])
    with acting(SHEFFIELD):
        assert Disclosure.objects.filter(sender=authority(ROTHERHAM), purpose="probing").count() == attacker.ACCOUNTS
