"""Does a shape that is moved about, as often as one likes, learn where a child lives? Only by the square, and of five.

The attacker is the operator, whom no budget holds up: what is tested here is what the words can tell at all.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.gis.geos import Point, Polygon

from accounts.acting import Actor, acting_for, operator
from accounts.roles import Role
from db import clock
from placements.models import PlacementAddress
from placements.overlay import effect
from tests import factories
from tests.placements.test_effect import OWNER, PARTNER, THIRD, agree, drafted
from tests.placements.test_recheck import NEAR

# The south-west corner of ten kilometres of the National Grid, with nobody else in them.
TEN_EAST, TEN_NORTH = 420_000, 380_000
PLACED = 8
DISTANCE = 1_000


@dataclass
class Attack:
    """Whose children live there, and what the owner of an area there is told of any shape."""

    hotspot_id: UUID
    by: Actor
    days: int = 0

    def live_at(self, code: str, points: list[tuple[float, float]]) -> None:
        """Where an authority's children live, from now on."""
        with acting_for(operator(factories.authority(code).id), "test"):
            rows = list(PlacementAddress.objects.order_by("id"))
            for row, (east, north) in zip(rows, points, strict=True):
                PlacementAddress.objects.filter(id=row.id).update(point=Point(east, north, srid=27700))

    def told(self, shapes: list[Polygon]) -> list[effect.Effect]:
        """The answers of a day of its own: on one day the same question has the same answer."""
        self.days += 1
        at = clock.now() + timedelta(days=self.days)
        wanted = {factories.authority(code).id: ("proximity", DISTANCE) for code in (PARTNER, THIRD)}
        with acting_for(self.by, "test"):
            return [effect.preview(self.hotspot_id, shape=shape, shares=wanted, by=self.by, at=at) for shape in shapes]


def in_square(east: int, north: int, seed: random.Random) -> tuple[float, float]:
    """Somewhere in one square kilometre of the ten, by its place in them."""
    return TEN_EAST + 1_000 * east + seed.uniform(1, 999), TEN_NORTH + 1_000 * north + seed.uniform(1, 999)


def probes(number: int) -> list[Polygon]:
    """Small areas and large ones, all over the ten kilometres."""
    seed, found = random.Random(1), []  # noqa: S311
    for _ in range(number):
        east, north = TEN_EAST + seed.uniform(0, 9_000), TEN_NORTH + seed.uniform(0, 9_000)
        width = seed.choice([20, 200, 2_000])
        shape = Polygon.from_bbox((east, north, east + width, north + width))
        shape.srid = 27700
        found.append(shape)
    return found


@pytest.fixture
def attack(committing):
    hotspot_id = drafted()
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    agree(farah, PARTNER)
    agree(farah, THIRD)
    for code, number in ((PARTNER, PLACED), (THIRD, 2), (OWNER, 3)):
        by = factories.person(code, Role.SOCIAL_WORKER)
        for _ in range(number):
            factories.placement_at("proposed", by, of=factories.child(by), place=NEAR, tell_host=False)
    return Attack(hotspot_id, operator(factories.authority(OWNER).id))


def near(points, shape) -> int:
    return sum(Point(*point, srid=27700).distance(shape) <= DISTANCE for point in points)


def test_where_in_its_square_a_child_lives_and_in_which_square_one_of_few_lives_changes_no_answer(attack):
    """Six in one square, counted there; four others, of two authorities, each in any other square of the ten kilometres."""
    one, other = random.Random(2), random.Random(3)  # noqa: S311
    registers = []
    for seed, lonely in ((one, [(2, 2), (7, 1)]), (other, [(8, 8), (0, 5)])):
        partners = [in_square(5, 5, seed) for _ in range(6)] + [in_square(*square, seed) for square in lonely]
        third = [in_square(*square, seed) for square in lonely[::-1]]
        own = [in_square(4, 4, seed), in_square(4, 4, seed), in_square(1, 8, seed)]
        registers.append((partners, third, own))
    shapes, answers = probes(120), []
    for partners, third, own in registers:
        for code, points in ((PARTNER, partners), (THIRD, third), (OWNER, own)):
            attack.live_at(code, points)
        answers.append(attack.told(shapes))
    exact = [[near(partners + third, shape) for shape in shapes] for partners, third, _ in registers]
    assert exact[0] != exact[1], "counted exactly, the two registers would be told apart"
    assert answers[0] == answers[1]
    assert {one.of_partners for one in answers[0]} == {"fewer_than_five", "five_to_nineteen"}
    assert {one.own for one in answers[0]} == {0, 1, 2}


def test_four_of_whom_one_knows_do_not_find_the_fifth(attack):
    """The classic: stretch an area that reaches four by one place more, and see whether the step is crossed."""
    seed = random.Random(4)  # noqa: S311
    four = [in_square(3, 3, seed) for _ in range(4)]
    answers = []
    for fifth in ((6, 3), (9, 9)):
        attack.live_at(PARTNER, [*four, in_square(*fifth, seed), *[(510_000, 310_000)] * 3])
        attack.live_at(THIRD, [(510_000, 310_000)] * 2)
        shapes = []
        for east in range(4, 9):
            low = TEN_EAST + 3_000, TEN_NORTH + 3_000
            shape = Polygon.from_bbox((*low, TEN_EAST + 1_000 * east, TEN_NORTH + 3_900))
            shape.srid = 27700
            shapes.append(shape)
        answers.append(attack.told(shapes))
    assert answers[0] == answers[1]


def test_whom_an_area_is_told_does_not_pick_one_partner_out_of_the_sum(attack):
    """Six of two authorities in one square: told to either alone, the words weigh the sum by one half, whoever it is."""
    seed = random.Random(5)  # noqa: S311
    attack.live_at(PARTNER, [*[in_square(5, 5, seed) for _ in range(5)], *[(510_000, 310_000)] * 3])
    attack.live_at(THIRD, [in_square(5, 5, seed), (510_000, 310_000)])
    shape = Polygon.from_bbox((TEN_EAST + 5_400, TEN_NORTH + 5_400, TEN_EAST + 5_600, TEN_NORTH + 5_600))
    shape.srid = 27700
    alone = []
    for code in (PARTNER, THIRD):
        with acting_for(attack.by, "test"):
            wanted = {factories.authority(code).id: ("proximity", DISTANCE)}
            alone.append(effect.preview(attack.hotspot_id, shape=shape, shares=wanted, by=attack.by, at=clock.now()))
    assert alone[0] == alone[1]
