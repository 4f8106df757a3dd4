"""Duties by who can act, many at once with a result for each; covers and appointments; through the API."""

from datetime import date

import pytest

from accounts.models import Membership
from accounts.roles import Role
from tests import factories
from tests.api.conftest import signed_in
from tests.api.test_requests import problem
from tests.duties.owing import owe
from tests.duties.test_who_can_act import covers
from tests.factories import SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
ADVISER = Role.LEAVING_CARE_ADVISER
DAYS = {"starts_on": "2026-12-07", "ends_on": "2026-12-12"}
APPOINTED = {
    "starts_at": "2026-12-20T00:00:00Z",
    "ends_at": "2027-01-04T00:00:00Z",
    "appointed_by": "The chief executive",
    "reference": "Scheme of delegation 14/2026",
}


@pytest.fixture
def lewis(db):
    return person(role=ADVISER, name="Lewis Grant")


@pytest.fixture
def kofi(db):
    return person(role=ADVISER, name="Kofi Mensah")


def keys(response) -> list[str]:
    return [row["title"].removeprefix("Duty ") for row in response.json()["results"]]


def test_a_duty_tells_who_has_it_and_who_can_act_on_it_now(lewis, kofi):
    duty = owe(lewis, owner_id=lewis.person_id)
    covers(lewis, kofi)

    told = signed_in(lewis).get(f"duties/{duty.id}/").json()

    assert told["owner"] == str(lewis.person_id)
    assert told["can_act"] == [
        {"person": str(lewis.person_id), "name": "Lewis Grant", "covers": None},
        {"person": str(kofi.person_id), "name": "Kofi Mensah", "covers": str(lewis.person_id)},
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("waiting_for=me", ["mine", "role"]),
        ("waiting_for=nobody", ["role", "team"]),
        ("role=director", ["team"]),
        ("team=West", ["team"]),
        ("basis=practice", ["role"]),
        ("kind=review", ["mine"]),
    ],
)
def test_the_list_is_narrowed_by_who_role_team_kind_and_basis(lewis, kofi, query, found):
    owe(lewis, "mine", owner_id=lewis.person_id, kind="review")
    owe(lewis, "role", basis="practice")
    owe(lewis, "theirs", owner_id=kofi.person_id)
    owe(lewis, "team", team="West", role=Role.DIRECTOR)

    assert sorted(keys(signed_in(lewis).get(f"duties/?{query}"))) == found


def test_the_list_is_narrowed_to_one_owner(lewis, kofi):
    owe(lewis, "mine", owner_id=lewis.person_id)
    owe(lewis, "theirs", owner_id=kofi.person_id)

    assert keys(signed_in(lewis).get(f"duties/?owner={kofi.person_id}")) == ["theirs"]


def test_each_of_many_duties_has_a_result_in_the_order_asked(lewis):
    one, other, foreign = owe(lewis, "one"), owe(lewis, "other"), owe(person(SHEFFIELD, ADVISER))
    browser = signed_in(lewis)
    browser.post(f"duties/{one.id}/close/", {"evidence": "Visited"})

    asked = {"duties": [str(other.id), str(one.id), str(foreign.id)], "evidence": "Visited on Monday"}
    told = browser.post("duties/bulk/", asked).json()

    assert (told["done"], told["refused"]) == (1, 2)
    assert [row["duty"] for row in told["results"]] == [str(other.id), str(one.id), None]
    assert [row["code"] for row in told["results"]] == ["done", "duty_is_closed", "not_found"]
    assert "Lewis Grant" in told["results"][1]["detail"]


def test_many_duties_are_given_to_a_member_or_to_nobody(lewis, kofi):
    duty = owe(lewis)
    asked = {"duties": [str(duty.id)], "owner": str(kofi.person_id)}

    assert signed_in(lewis).post("duties/bulk/", asked).json()["done"] == 1
    outsider = {"duties": [str(duty.id)], "owner": str(person(SHEFFIELD).person_id)}
    problem(signed_in(lewis).post("duties/bulk/", outsider), 422, "not_a_member")


def test_many_are_either_given_or_done_or_not_owed(lewis, kofi):
    asked = {"duties": [str(owe(lewis).id)], "owner": str(kofi.person_id), "reason": "x"}

    problem(signed_in(lewis).post("duties/bulk/", asked), 400, "invalid")


def test_a_manager_hands_over_what_a_leaver_had(lewis, kofi):
    owe(lewis, owner_id=lewis.person_id)
    with acting(lewis):
        Membership.objects.filter(user_id=lewis.person_id).update(ends_on=date(2026, 12, 1))
    carla = signed_in(person(role=Role.MANAGER))

    told = carla.post("duties/hand-over/", {"whose": str(lewis.person_id), "owner": str(kofi.person_id)}).json()

    assert told["done"] == 1
    assert keys(carla.get(f"duties/?owner={kofi.person_id}")) == ["one"]


def test_cover_opens_the_duties_of_the_covered_person_and_no_child(lewis):
    analyst = person(role=Role.HOTSPOT_ANALYST)
    duty = owe(lewis, owner_id=lewis.person_id)
    browser = signed_in(analyst)
    problem(browser.get("duties/"), 403, "not_permitted")

    covers(lewis, analyst)

    assert keys(browser.get("duties/?waiting_for=me")) == ["one"]
    assert browser.post(f"duties/{duty.id}/close/", {"evidence": "Visited"}).status_code == 200
    problem(browser.get("children/"), 403, "not_permitted")


def test_a_person_sets_and_ends_their_own_cover(lewis, kofi):
    browser = signed_in(lewis)

    made = browser.post("covers/", {"covered_by": str(kofi.person_id), **DAYS})
    assert made.status_code == 201
    assert made.json()["person_name"] == "Lewis Grant"
    assert signed_in(kofi).get("covers/").json()["count"] == 1

    path = f"covers/{made.json()['id']}/end/"
    assert browser.post(path).json()["ended_by"] == "Lewis Grant"
    problem(browser.post(path), 409, "ended_already")


def test_a_cover_is_refused_by_field_and_for_anybody_else(lewis, kofi):
    backwards = {"starts_on": "2026-12-12", "ends_on": "2026-12-07"}
    refused = signed_in(lewis).post("covers/", {"covered_by": str(kofi.person_id), **backwards})
    assert "ends_on" in problem(refused, 400, "invalid")["errors"]

    for_kofi = {"person": str(kofi.person_id), "covered_by": str(lewis.person_id), **DAYS}
    problem(signed_in(lewis).post("covers/", for_kofi), 403, "not_permitted")
    assert signed_in(person(role=Role.MANAGER)).post("covers/", for_kofi).status_code == 201


def test_nobody_of_another_authority_covers_or_sees_a_cover(lewis, kofi):
    outsider = person(SHEFFIELD, Role.MANAGER)
    problem(signed_in(lewis).post("covers/", {"covered_by": str(outsider.person_id), **DAYS}), 404, "not_found")

    made = signed_in(lewis).post("covers/", {"covered_by": str(kofi.person_id), **DAYS}).json()
    problem(signed_in(outsider).get(f"covers/{made['id']}/"), 404, "not_found")
    problem(signed_in(outsider).post(f"covers/{made['id']}/end/"), 404, "not_found")


def test_an_administrator_records_and_ends_an_appointment(lewis):
    colin, ada = person(role=Role.NOMINATED_OFFICER), signed_in(person(role=Role.ADMINISTRATOR, name="Ada Lowe"))

    made = ada.post("appointments/", {"person": str(colin.person_id), **APPOINTED})
    assert made.status_code == 201
    assert made.json()["recorded_by"] == "Ada Lowe"
    assert signed_in(person()).get("appointments/").json()["count"] == 1

    path = f"appointments/{made.json()['id']}/end/"
    problem(signed_in(colin).post(path), 403, "not_permitted")
    assert ada.post(path).json()["ended_by"] == "Ada Lowe"


def test_another_authority_is_told_no_appointment(lewis):
    ada = signed_in(person(role=Role.ADMINISTRATOR))
    made = ada.post("appointments/", {"person": str(lewis.person_id), **APPOINTED}).json()

    outsider = signed_in(person(factories.SHEFFIELD, Role.ADMINISTRATOR))
    problem(outsider.get(f"appointments/{made['id']}/"), 404, "not_found")
    problem(outsider.post("appointments/", {"person": str(lewis.person_id), **APPOINTED}), 404, "not_found")
