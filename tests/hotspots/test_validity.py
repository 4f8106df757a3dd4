"""Are the validity page's figures what they say: intervals by hand, small numbers kept back, measured on the real overlay?"""

import pytest

from audit.models import LogEntry
from db import clock
from hotspots import measuring, method
from hotspots.models import Disclosure, Hotspot, Measurement
from hotspots.proportions import Proportion, count_told, is_told
from tests.hotspots.world import SHEFFIELD, acting


@pytest.mark.parametrize(
    ("times", "out_of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 100, 0.0018, 0.0545), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(times, out_of, low, high):
    """Values from Brown, Cai and DasGupta's formula, worked out by hand to four places."""
    assert Proportion(times, out_of).interval() == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, True),
        (0, 5, True),
        (5, 10, True),
        (4, 10, False),
        (6, 10, False),
        (7, 10, False),
        (0, 4, False),
        (10, 10, True),
    ],
)
def test_neither_a_part_nor_the_rest_of_one_to_four_is_told(part, whole, expected):
    assert is_told(part, whole) is expected


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_count_of_one_to_four_is_not_told(number, told):
    assert count_told(number) == told


def test_the_matching_is_the_one_that_is_described():
    """Whoever changes the matching raises the version in hotspots/method.toml, says what changed, and measures again."""
    assert method.method().files == method.hash_of_files()


@pytest.mark.django_db
def test_measuring_asks_the_real_overlay_and_leaves_nothing_behind(monkeypatch):
    """A small town of one seed; every rate is a part of its whole, and every kind of case occurs."""
    monkeypatch.setattr(measuring, "STREETS", {measuring.Ground.TOWN: (8, 80, 800)})
    monkeypatch.setattr(measuring, "AREAS", {measuring.Ground.TOWN: 3})
    monkeypatch.setattr(measuring, "Ground", [measuring.Ground.TOWN])
    with acting(SHEFFIELD) as by:
        figures = measuring.measure(seed=1, by=by, at=clock.now())
        assert not Hotspot.objects.exists()
        assert not Disclosure.objects.exists()
        assert not LogEntry.objects.filter(operation="hotspots.overlay").exists()
    assert {what for _, what in figures} == set(Measurement.What)
    assert all(one.times <= one.out_of for one in figures.values())
    inside = figures[measuring.Ground[0], Measurement.What.INSIDE_TOLD_OUTSIDE]
    assert inside.out_of > 0
    assert inside.times < 0.1 * inside.out_of
