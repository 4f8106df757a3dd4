"""How much of a secret shape can be rebuilt by asking? Ten accounts, as many questions as they like, the best known method.

The attacker knows the owner's distance. From a point that is near it goes outwards in many directions and halves its
way to where "near" ends; the points found outline the shape, grown by the distance; shrunk again, that is the shape.
Against answers by point this works within metres. Against answers by square of 1 km it finds the squares' edges.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import shapely

CELL_METRES = 1_000
ACCOUNTS = 10
AS_FAR_AS_METRES = 4_000
Point = tuple[float, float]
# Says of many points, asked by one account, whether something lies near each.
Oracle = Callable[[int, Sequence[Point]], list[bool]]


@dataclass
class Attack:
    """What was asked and answered, and the shape as rebuilt from it."""

    answers: dict[Point, bool] = field(default_factory=dict)
    rebuilt: shapely.Polygon = field(default_factory=shapely.Polygon)

    @property
    def squares(self) -> dict[tuple[int, int], set[bool]]:
        """The answers that were given within each square of 1 km."""
        found: dict[tuple[int, int], set[bool]] = {}
        for (east, north), is_near in self.answers.items():
            found.setdefault((math.floor(east / CELL_METRES), math.floor(north / CELL_METRES)), set()).add(is_near)
        return found


def secret_shape(east: float, north: float, metres: float = 250) -> shapely.Polygon:
    """An area with 24 corners, none of them in a round place."""
    chance = random.Random(24)  # noqa: S311
    corners = [
        (
            east + math.cos(turn) * metres * chance.uniform(0.92, 1),
            north + math.sin(turn) * metres * chance.uniform(0.92, 1),
        )
        for turn in (math.tau * corner / 24 for corner in range(24))
    ]
    return shapely.Polygon([(round(x), round(y)) for x, y in corners])


def attack(oracle: Oracle, *, start: Point, distance_metres: int, probes: int) -> Attack:
    """Ask at most so many times, spread over ten accounts, and rebuild the shape."""
    steps = 13  # 4,000 metres halved so often is half a metre
    directions = max(8, probes // (2 * steps))
    seen = Attack()
    ends = [(0.0, float(AS_FAR_AS_METRES))] * directions
    for step in range(steps):
        asked = [_along(start, number, directions, sum(ends[number]) / 2) for number in range(directions)]
        near = _ask(oracle, step % ACCOUNTS, asked, seen)
        ends = [
            ((low + high) / 2, high) if is_near else (low, (low + high) / 2)
            for (low, high), is_near in zip(ends, near, strict=True)
        ]
    outline = [_along(start, number, directions, sum(ends[number]) / 2) for number in range(directions)]
    seen.rebuilt = shapely.Polygon(outline).buffer(0).buffer(-distance_metres)
    _scatter(oracle, start, probes - directions * steps, seen)
    return seen


def overlap(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """The area of both together that is common to both: 1 where they are the same."""
    return one.intersection(other).area / one.union(other).area


def _scatter(oracle: Oracle, start: Point, probes: int, seen: Attack) -> None:
    """The other half of the questions anywhere around: an answer that depends on the point would show here."""
    chance = random.Random(1_000)  # noqa: S311
    for account in range(ACCOUNTS):
        asked = [
            (start[0] + chance.uniform(-3_000, 3_000), start[1] + chance.uniform(-3_000, 3_000))
            for _ in range(probes // ACCOUNTS)
        ]
        _ask(oracle, account, asked, seen)


def _ask(oracle: Oracle, account: int, points: Iterable[Point], seen: Attack) -> list[bool]:
    asked = list(points)
    answers = oracle(account, asked)
    seen.answers.update(zip(asked, answers, strict=True))
    return answers


def _along(start: Point, number: int, directions: int, metres: float) -> Point:
    turn = math.tau * number / directions
    return start[0] + math.cos(turn) * metres, start[1] + math.sin(turn) * metres
