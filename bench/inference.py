"""What does an attacker with ten accounts and 100,000 questions learn of a secret shape? The long form of tests/hotspots."""

import shapely

from accounts.acting import acting_for, operator
from bench.measure import Line, Measured, in_own_process
from db import clock
from geo.areas import authority_by_code
from hotspots.models import Share
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place
from hotspots.sharing.coverage import State
from tests.hotspots import attacker, world

PROBES, DISTANCE_METRES = 100_000, 500
ROWS_AT_ONCE = 2_000
START = (world.EAST + 430, world.NORTH + 610)


def lines() -> list[Line]:
    """Prints what was learnt; ends the benchmark where any answer told more than its square. One line of the time it took."""
    secret = attacker.secret_shape(*START)
    shape = {"type": "Polygon", "coordinates": [[list(corner) for corner in secret.exterior.coords]]}
    world.publish(
        world.ROTHERHAM,
        world.square(geometry=shape),
        to=world.SHEFFIELD,
        level=Share.Level.PROXIMITY,
        distance_metres=DISTANCE_METRES,
    )
    took: Measured = in_own_process(lambda: _run(secret, is_by_cell=True))
    by_point = in_own_process(lambda: _run(secret, is_by_cell=False))
    return [Line("attack by what-if questions, beside the same by point", f"{PROBES:,} questions", took, by_point)]


def _run(secret: shapely.Polygon, *, is_by_cell: bool) -> None:
    seen = attacker.attack(_oracle(is_by_cell=is_by_cell), start=START, distance_metres=DISTANCE_METRES, probes=PROBES)
    common = attacker.overlap(seen.rebuilt, secret)
    how = "by square" if is_by_cell else "by point"
    print(
        f"{len(seen.answers):,} answers {how}, {len(seen.squares)} squares: {common:.3f} of the shape rebuilt (overlap)"
    )
    if is_by_cell and any(len(answers) > 1 for answers in seen.squares.values()):
        raise SystemExit("Two points of one square were answered differently: more was told than the squares.")


def _oracle(*, is_by_cell: bool) -> attacker.Oracle:
    owner = authority_by_code(world.ROTHERHAM).id
    reader = operator(authority_by_code(world.SHEFFIELD).id)

    def answers(account: int, points: list[attacker.Point]) -> list[bool]:
        found: list[bool] = []
        for first in range(0, len(points), ROWS_AT_ONCE):
            some = [
                Place(east, north, frozenset([owner]), is_by_cell=is_by_cell)
                for east, north in points[first : first + ROWS_AT_ONCE]
            ]
            with acting_for(reader, "benchmark"):
                told = overlay.ask(some, radius_metres=1_000, at=clock.now(), purpose="probing")
            found += [one.authorities[0].state is State.NEAR for one in told]
        return found

    return answers
