"""Does a question without a registered placement tell nothing finer than the square kilometre, and only so often a day?"""

from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from hotspots.exceptions import BudgetSpent
from hotspots.models import Asking, Disclosure, Share
from hotspots.overlay import budgets, overlay, what_if
from hotspots.overlay.overlay import Place
from hotspots.overlay.sentences import sentences
from hotspots.sharing.coverage import State
from hotspots.sharing.levels import Level
from tests.hotspots.world import (
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    polygon,
    publish,
    square,
)

pytestmark = pytest.mark.django_db

# The square of 200 metres has its south-western corner at a corner of the 1 km squares (440, 390).
BELOW_GEOMETRY = [Share.Level.CONTACT, Share.Level.PROXIMITY]


def person(number=1, code=SHEFFIELD):
    """Somebody of the authority; no row is needed to be counted."""
    return Actor(authority(code).id, Role.PLACEMENT_OFFICER, f"Person {number}", person_id=UUID(int=number))


def asked(east, north, *, by=None, exact=False, radius_metres=1_000):
    """What Sheffield is told of Rotherham's areas at a point: as a what-if, or as for a registered placement."""
    by = by or person()
    place = Place(east, north, frozenset([authority(ROTHERHAM).id]))
    with acting_for(by, "a question"):
        at = clock.now()
        if exact:
            (answer,) = overlay.ask([place], radius_metres=radius_metres, at=at, purpose="a placement")
        else:
            (answer,) = what_if.ask([place], radius_metres=radius_metres, by=by, at=at, purpose="a question")
    return answer.authorities[0]


@pytest.mark.parametrize("level", BELOW_GEOMETRY)
def test_below_geometry_level_every_point_of_a_square_kilometre_gets_the_same_answer(level):
    """The square next to the area's own lies 0 to 1,000 metres east of its edge: near by the square, wherever one asks."""
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=level, distance_metres=850)
    answers = [
        sentences(asked(EAST + 1_000 + east, NORTH + north))
        for east, north in [(0, 0), (999, 0), (500, 500), (999, 999)]
    ]
    assert asked(EAST + 1_999, NORTH).state is State.NEAR
    assert answers == [answers[0]] * 4
    assert asked(EAST + 2_000, NORTH).state is State.NOTHING_NEAR


def test_a_registered_placement_is_answered_by_its_point():
    publish(ROTHERHAM, square(), to=SHEFFIELD, distance_metres=850)
    assert asked(EAST + 200 + 850, NORTH + 100, exact=True).state is State.NEAR
    assert asked(EAST + 200 + 851, NORTH + 100, exact=True).state is State.NOTHING_NEAR


def test_the_words_of_a_what_if_say_that_the_square_was_asked_about():
    publish(ROTHERHAM, square(), to=SHEFFIELD, distance_metres=850)
    (near,) = sentences(asked(EAST + 1_500, NORTH + 500))
    (far,) = sentences(asked(EAST + 2_500, NORTH + 500))
    assert near.startswith(
        "An area of concern shared by Rotherham lies within 850 metres of the square kilometre of the map in which this "
        "address lies."
    )
    assert "nothing within 850 metres of the square kilometre of the map in which this address lies" in far


def test_at_geometry_level_a_what_if_is_exact_for_the_partner_holds_the_shape():
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    assert asked(EAST + 500, NORTH + 100).areas[0].metres == 300.0
    assert asked(EAST + 200 + 1_001, NORTH + 100).state is State.NOTHING_NEAR


def test_a_what_if_is_disclosed_to_the_owner_as_any_other():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    asked(EAST + 1_500, NORTH + 500)
    with acting_for(person(), "reading"):
        (told,) = Disclosure.objects.filter(sender=authority(ROTHERHAM))
    assert (told.level, told.purpose) == (Level.PROXIMITY, "a question")


def test_one_person_may_ask_so_often_a_day_and_is_told_the_way_on():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting_for(person(), "a question") as by:
        budgets.spend(budgets.PERSON_A_DAY - 1, by=by, at=clock.now())
    asked(EAST, NORTH)
    with pytest.raises(BudgetSpent, match="Ask again tomorrow; or register the placement") as refused:
        asked(EAST, NORTH)
    assert f"No more than {budgets.PERSON_A_DAY} places a day" in str(refused.value)
    asked(EAST, NORTH, by=person(2))


def test_a_refused_question_is_not_disclosed_and_counts_for_nothing():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting_for(person(), "a question") as by, pytest.raises(BudgetSpent):
        budgets.spend(budgets.PERSON_A_DAY + 1, by=by, at=clock.now())
    with acting_for(person(), "reading"):
        assert not Asking.objects.exists()
        assert not Disclosure.objects.exists()


def test_many_people_of_one_authority_share_its_budget_and_another_authority_has_its_own():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    people = budgets.AUTHORITY_A_DAY // budgets.PERSON_A_DAY
    for number in range(1, people + 1):
        with acting_for(person(number), "a question") as by:
            budgets.spend(budgets.PERSON_A_DAY, by=by, at=clock.now())
    with pytest.raises(BudgetSpent, match="all of one authority together"):
        asked(EAST, NORTH, by=person(people + 1))
    with acting_for(person(1, DONCASTER), "a question") as by:
        budgets.spend(1, by=by, at=clock.now())


def test_the_operator_has_no_budget_and_is_counted():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(SHEFFIELD) as by:
        budgets.spend(budgets.AUTHORITY_A_DAY + 1, by=by, at=clock.now())
        assert Asking.objects.get().places == budgets.AUTHORITY_A_DAY + 1


METRES = st.integers(min_value=-2_500, max_value=2_500)
DISTANCE = st.integers(min_value=1, max_value=2_000)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(east=METRES, north=METRES, width=st.integers(10, 900), distance=DISTANCE, radius=st.integers(4_000, 10_000))
def test_no_lower_level_says_more_than_a_higher_one(east, north, width, distance, radius):
    """Each lower answer can be worked out from the higher one, the owner's distance and the reader's own question.

    At geometry level the reader holds metres to every point, so to the square too. Proximity is then "is the square
    within the owner's distance"; contact is proximity with the words left out.
    """
    shape = square("A1", geometry=polygon(EAST + 300, NORTH + 300, width), concern="cars")
    answers = []
    for level in (Share.Level.GEOMETRY, Share.Level.PROXIMITY, Share.Level.CONTACT):
        with transaction.atomic():
            publish(ROTHERHAM, shape, to=SHEFFIELD, level=level, distance_metres=distance)
            with acting(SHEFFIELD) as by:
                answers.append(asked(EAST + east, NORTH + north, by=by, radius_metres=radius))
            transaction.set_rollback(True)
    geometry, proximity, contact = answers
    assert len(geometry.areas) == 1
    near_by_geometry = metres_to_square(east, north, width) <= distance
    assert (proximity.state is State.NEAR) == near_by_geometry
    assert (contact.state, len(contact.areas)) == (proximity.state, len(proximity.areas))
    higher, lower = set(facts(geometry)), set(facts(proximity))
    assert lower - {"within_metres"} <= higher
    assert set(facts(contact)) <= lower


def facts(answer):
    return [name for area in answer.areas for name, value in vars(area).items() if value is not None]


def metres_to_square(east, north, width):
    """From the area to the 1 km square of the question, by hand: both lie along the axes."""
    west, south = east // 1_000 * 1_000, north // 1_000 * 1_000
    gap_x = max(0, 300 - (west + 1_000), west - (300 + width))
    gap_y = max(0, 300 - (south + 1_000), south - (300 + width))
    return (gap_x**2 + gap_y**2) ** 0.5
