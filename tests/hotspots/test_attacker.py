"""Does an attacker with ten accounts learn anything finer than the squares? The long form: `bin/bench inference`."""

from contextlib import suppress
from random import Random
from uuid import UUID

import pytest
import shapely
from django.db import transaction

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from hotspots.models import Disclosure
from hotspots.overlay import budgets, overlay, what_if
from hotspots.overlay.overlay import Place
from hotspots.sharing.coverage import State
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


class Refused(Exception):
    """What an action raises after the place was read: the move is not taken, and everything that it wrote goes with it."""


def tried_and_refused(account, point):
    """What one of ten people is told by trying a move out that is then refused; None where nobody is asked."""
    by = Actor(authority(SHEFFIELD).id, Role.PLACEMENT_OFFICER, "Somebody", person_id=UUID(int=account + 1))
    place = Place(*point, frozenset([authority(ROTHERHAM).id]))
    with (
        acting_for(by, "probing"),
        suppress(Refused),
        what_if.trying_out(by=by, at=clock.now(), purpose="probing", asks=True) as trial,
        transaction.atomic(),
    ):
        answers = trial.ask([place], radius_metres=1_000)
        told = answers and answers[0].authorities[0].state is State.NEAR
        raise Refused
    return told


def test_moves_that_are_tried_out_and_refused_are_counted_and_listed_like_any_question(secret, monkeypatch):
    monkeypatch.setattr(budgets, "PERSON_A_DAY", 6)
    monkeypatch.setattr(budgets, "AUTHORITY_A_DAY", 40)
    chance = Random(7)  # noqa: S311
    told = []
    for number in range(100):
        east, north = EAST + chance.uniform(-1_500, 2_500), NORTH + chance.uniform(-1_500, 2_500)
        told.append(((east, north), tried_and_refused(number % attacker.ACCOUNTS, (east, north))))
    answered = [(point, is_near) for point, is_near in told if is_near is not None]
    assert len(answered) == 40
    assert told[40:] == [(point, None) for point, _ in told[40:]]
    for (east, north), is_near in answered:
        west, south = east // 1_000 * 1_000, north // 1_000 * 1_000
        assert is_near == (shapely.box(west, south, west + 1_000, south + 1_000).distance(SECRET) <= DISTANCE)
    assert {True, False} == {is_near for _, is_near in answered}
    with acting(SHEFFIELD):
        assert Disclosure.objects.filter(sender=authority(ROTHERHAM), purpose="probing").count() == 40
