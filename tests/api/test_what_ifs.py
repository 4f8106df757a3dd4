"""Can a system ask about a place where nobody is placed, and try the matching out unseen? With the pages' own bounds."""

import pytest

from accounts.roles import Role
from db import clock
from hotspots.models import Disclosure
from hotspots.overlay import budgets
from hotspots.sharing.coverage import State
from tests import factories
from tests.api.conftest import signed_in
from tests.api.test_requests import problem
from tests.hotspots import world as areas

pytestmark = pytest.mark.django_db
# 300 metres west of the square kilometre in which S1 1AA lies, and 1,568 metres from S1 1AA itself.
WEST = areas.polygon(433_964, 387_212)


@pytest.fixture
def worker(db):
    return factories.person(role=Role.PLACEMENT_OFFICER)


@pytest.fixture
def client(worker):
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=WEST), to=areas.ROTHERHAM)
    return signed_in(worker)


def asked(client, postcode="s1 1aa"):
    return client.post("place-questions/", {"postcode": postcode})


def test_a_place_is_answered_by_its_square_with_the_sentences_and_its_owner_is_told(client, worker):
    told = asked(client).json()
    assert (told["postcode"], told["is_located"], told["radius_metres"]) == ("S1 1AA", True, 1_000)
    (sheffield,) = [one for one in told["authorities"] if one["name"] == "Sheffield"]
    assert (sheffield["state"], sheffield["is_by_cell"]) == (State.NEAR, True)
    assert "of the square kilometre of the map in which this address lies" in sheffield["sentences"][0]
    assert "metres" not in sheffield["areas"][0]
    with factories.acting(worker):
        assert Disclosure.objects.get().purpose == "a question about a place"


def test_a_place_without_a_grid_reference_is_said_not_to_be_located_and_counts_for_nothing(client, worker):
    with factories.acting(worker):
        budgets.spend(budgets.PERSON_A_DAY, by=worker, at=clock.now())
    told = asked(client, "GY1 1LR").json()
    assert (told["is_located"], told["authorities"]) == (False, [])


def test_what_is_no_postcode_is_refused_at_its_field(client):
    response = asked(client, "nowhere")
    assert problem(response, 400, "invalid")["errors"].keys() == {"postcode"}


def test_beyond_the_days_budget_the_way_on_is_told(client, worker):
    with factories.acting(worker):
        budgets.spend(budgets.PERSON_A_DAY, by=worker, at=clock.now())
    refused = problem(asked(client), 429, "budget_spent")
    assert "Ask again tomorrow" in refused["detail"]
    with factories.acting(worker):
        assert not Disclosure.objects.exists()


def test_in_shadow_mode_nobody_is_asked(client, worker):
    manager = signed_in(factories.person(role=Role.MANAGER, name="Tom Oakes"))
    begun = manager.post("shadow-mode/", {"is_on": True, "owner": "Tom Oakes, manager", "reason": "A trial"}).json()
    assert (begun["owner"], begun["ended_at"]) == ("Tom Oakes, manager", None)
    problem(asked(client), 409, "does_not_fit")
    with factories.acting(worker):
        assert not Disclosure.objects.exists()
    assert client.get("validity/").json()["in_shadow"]["reason"] == "A trial"
    assert manager.post("shadow-mode/", {"is_on": False}).json()["ended_by"] == "Tom Oakes"
    problem(manager.post("shadow-mode/", {"is_on": False}), 409, "does_not_fit")
    assert asked(client).status_code == 200


def test_nobody_begins_shadow_mode_without_an_owner(client):
    manager = signed_in(factories.person(role=Role.MANAGER, name="Tom Oakes"))
    refused = problem(manager.post("shadow-mode/", {"is_on": True, "reason": "A trial"}), 400, "invalid")
    assert refused["errors"].keys() == {"owner"}
