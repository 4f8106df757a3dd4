"""Does somebody who registers places to ask about them learn more than the square kilometre? Trying out a move neither."""

import pytest

from accounts.acting import acting_for
from duties.models import Duty
from hotspots import what_if
from placements import many_places
from placements.models import Placement, Screening
from placements.places import Place
from tests import factories
from tests.hotspots import world as areas

pytestmark = pytest.mark.django_db
STATUS = Placement.Status
# S1 1AA is in the tests' directory at 435732, 387312. The area's edge lies 1,568 metres west of it, and 300 metres west
# of its square kilometre (435000, 387000) is within the owner's 1,000 metres: near by the square, not by the point.
WEST = areas.polygon(433_964, 387_212)
S1 = Place(line="1 New Road", postcode="S1 1AA", home_postcode="S65 1SB")


def states(check):
    return {entry["name"]: entry["state"] for entry in check.answer["authorities"]}


@pytest.fixture
def worker():
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=WEST), to=areas.ROTHERHAM)
    return factories.person()


def test_a_placement_is_checked_by_its_point_until_a_child_had_more_places_than_anybody_lives_at(worker, monkeypatch):
    monkeypatch.setattr(many_places, "MOST_PLACES", 2)
    child = factories.child(worker)
    checks = []
    for _ in range(3):
        placement = factories.placement_at(STATUS.PROPOSED, worker, of=child, place=S1)
        with acting_for(worker, "a test"):
            checks.append(Screening.objects.get(placement=placement))
    assert [states(check)["Sheffield"] for check in checks] == ["nothing_near", "nothing_near", "near"]
    assert [check.answer["authorities"][0]["is_by_cell"] for check in checks] == [False, False, True]


def test_another_childs_places_do_not_count(worker, monkeypatch):
    monkeypatch.setattr(many_places, "MOST_PLACES", 1)
    for _ in range(2):
        placement = factories.placement_at(STATUS.PROPOSED, worker, place=S1)
    with acting_for(worker, "a test"):
        assert states(Screening.objects.get(placement=placement))["Sheffield"] == "nothing_near"


def test_a_move_that_is_tried_out_is_checked_by_its_square(worker):
    with what_if.trying_out():
        placement = factories.placement_at(STATUS.PROPOSED, worker, place=S1)
    assert not what_if.is_tried_out()
    with acting_for(worker, "a test"):
        assert states(Screening.objects.get(placement=placement))["Sheffield"] == "near"
        assert Duty.objects.filter(subject_id=placement.id, kind="judgement").exists()
