"""Does somebody who registers places to ask about them learn more than the square kilometre? Trying out a move neither."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from accounts.acting import acting_for
from audit.models import LogEntry
from db import clock
from duties.models import Duty
from hotspots.models import Asking, Disclosure
from hotspots.overlay import budgets, what_if
from placements.models import Placement, Screening
from placements.overlay.trying_out import PURPOSE, trying_out
from placements.place import many_places
from placements.place.places import Place
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


@contextmanager
def tried(worker):
    """A try as a page makes it: within it everything is taken back, after it only what was told stands."""
    with acting_for(worker, "a test") as by, trying_out(by=by, at=clock.now()) as trial:
        yield trial


def place_and_take_back(worker, *, then=None):
    """What a placement at the place would store; `then` may refuse it."""
    with transaction.atomic():
        placement = factories.placement_at(STATUS.PROPOSED, worker, place=S1)
        with acting_for(worker, "a test"):
            check = Screening.objects.filter(placement=placement).first()
            is_owed = Duty.objects.filter(subject_id=placement.id, kind="judgement").exists()
        if then:
            raise then
        transaction.set_rollback(True)
    return check, is_owed


def told_and_counted(worker):
    with acting_for(worker, "a test"):
        disclosed = list(Disclosure.objects.values_list("purpose", flat=True))
        logged = LogEntry.objects.filter(operation="hotspots.overlay").count()
        return disclosed, logged, sum(Asking.objects.values_list("places", flat=True))


def test_a_move_that_is_tried_out_is_checked_by_its_square(worker):
    with tried(worker):
        check, is_owed = place_and_take_back(worker)
    assert what_if.trial() is None
    assert states(check)["Sheffield"] == "near"
    assert is_owed


def test_what_was_told_in_a_try_is_disclosed_logged_and_counted_once_though_all_else_is_taken_back(worker):
    with tried(worker):
        place_and_take_back(worker)
        place_and_take_back(worker)
    assert told_and_counted(worker) == ([PURPOSE], 1, 1)
    with acting_for(worker, "a test"):
        assert not Placement.objects.exists()
        assert not Screening.objects.exists()


def test_a_move_that_is_refused_after_the_place_was_read_leaves_the_disclosure(worker):
    with tried(worker), pytest.raises(RuntimeError):
        place_and_take_back(worker, then=RuntimeError("refused"))
    assert told_and_counted(worker) == ([PURPOSE], 1, 1)


def test_once_the_days_questions_are_spent_a_try_asks_nobody_and_tells_nothing(worker):
    with acting_for(worker, "a test") as by:
        budgets.spend(budgets.PERSON_A_DAY, by=by, at=clock.now())
    with tried(worker) as trial:
        check, is_owed = place_and_take_back(worker)
    assert check is None
    assert not is_owed
    assert "Ask again tomorrow" in str(trial.refused)
    assert told_and_counted(worker) == ([], 0, budgets.PERSON_A_DAY)


def test_a_page_that_shows_no_more_than_a_refusal_asks_nobody_and_counts_for_nothing(worker):
    with acting_for(worker, "a test") as by, trying_out(by=by, at=clock.now(), is_shown=False):
        check, _ = place_and_take_back(worker)
    assert check is None
    assert told_and_counted(worker) == ([], 0, 0)
