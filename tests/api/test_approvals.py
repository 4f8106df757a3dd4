"""Approvals through the API: read as they stand, decided, recorded for somebody, confirmed; and every refusal."""

import pytest

from accounts.roles import Role
from placements.models import Approval, Placement
from placements.place.places import Place
from tests import factories
from tests.api.conftest import Caller, signed_in
from tests.api.test_requests import problem

Status = Placement.Status
ITEMS = ("wishes_and_feelings", "most_appropriate", "relatives_consulted", "iro_consulted")
ANSWERS = [{"code": code, "evidence": "Written down on file."} for code in ITEMS] + [
    {"code": "area_authority_consulted", "reason": "Asked on the telephone; the letter follows."}
]


@pytest.fixture
def priya(committing):
    return factories.person()


@pytest.fixture
def helen(committing):
    return factories.person(role=Role.DIRECTOR, name="Helen Marsh")


@pytest.fixture
def approval(priya) -> Approval:
    """The director's approval of a place at a distance."""
    made = factories.placement_at(Status.PROPOSED, priya)
    with factories.acting(priya):
        return Approval.objects.get(placement=made)


def path(approval: Approval, step: str = "") -> str:
    return f"approvals/{approval.id}/{step}"


def test_an_approval_shows_each_item_as_it_stands_now_with_its_citation(priya, approval):
    told = signed_in(priya).get(f"placements/{approval.placement_id}/approvals/").json()

    [one] = told["results"]
    assert (one["under"], one["grade"], one["decision"]) == ("reg_11", "director", "")
    by_code = {item["requirement"]["code"]: item for item in one["items"]}
    assert set(by_code) == {*ITEMS, "area_authority_consulted"}
    assert (
        by_code["area_authority_consulted"]["sentence"] == "Leeds has not been asked yet. A notice is not a question."
    )
    assert {item["standing"] for item in one["items"]} == {"not_yet"}


def test_a_director_approves_and_the_placement_says_so(priya, helen, approval):
    told = signed_in(helen).post(path(approval, "decide/"), {"decision": "approved", "answers": ANSWERS})

    assert told.status_code == 200
    assert (told.json()["decided_as"], told.json()["decided_by"]) == ("director", "Helen Marsh")
    standings = {item["requirement"]["code"]: item["standing"] for item in told.json()["items"]}
    assert standings["area_authority_consulted"] == "reason_given"
    placement = signed_in(priya).get(f"placements/{approval.placement_id}/").json()
    assert (placement["status"], placement["is_approved"]) == ("approved", True)


def test_what_is_not_answered_comes_back_as_findings(helen, approval):
    told = problem(
        signed_in(helen).post(path(approval, "decide/"), {"decision": "approved"}), 422, "requirements_not_met"
    )

    assert [one["code"] for one in told["findings"]] == [
        "wishes_and_feelings",
        "most_appropriate",
        "relatives_consulted",
        "area_authority_consulted",
        "iro_consulted",
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": "declined"}, "words"),
        ({"decision": "perhaps"}, "decision"),
        ({"decision": "approved", "answers": [ANSWERS[0], ANSWERS[0]]}, "answers"),
        ({"decision": "approved", "decided_at": "2026-12-01T10:00:00Z"}, "decided_at"),
    ],
)
def test_what_cannot_be_read_names_its_field(helen, approval, body, field):
    told = problem(signed_in(helen).post(path(approval, "decide/"), body), 400, "invalid")

    assert field in told["errors"]


def test_whoever_comes_second_gets_409_with_who_was_first(helen, approval):
    second = factories.person(role=Role.DIRECTOR, name="Second Director")
    signed_in(helen).post(path(approval, "decide/"), {"decision": "approved", "answers": ANSWERS})

    told = problem(
        signed_in(second).post(path(approval, "decide/"), {"decision": "declined", "words": "No"}),
        409,
        "decided_already",
    )

    assert told["detail"].startswith("Approved by Helen Marsh on Tue 1 December 2026, 12:00 GMT.")


def test_a_nominated_officer_cannot_approve_at_a_distance(approval):
    colin = factories.person(role=Role.NOMINATED_OFFICER)

    told = problem(
        signed_in(colin).post(path(approval, "decide/"), {"decision": "approved", "answers": ANSWERS}),
        422,
        "not_the_right_grade",
    )

    assert "director of children's services" in told["detail"]


def test_a_decision_by_telephone_keeps_both_instants_and_only_the_decider_confirms(priya, helen, approval):
    body = {
        "decision": "approved",
        "answers": ANSWERS,
        "decider": str(helen.person_id),
        "decided_at": "2026-12-01T11:50:00Z",
    }
    told = signed_in(priya).post(path(approval, "record/"), body).json()

    assert told["decided_at"] == "2026-12-01T11:50:00Z"
    assert told["recorded_at"].startswith("2026-12-01T12:0")
    assert (told["decided_by"], told["recorded_by"], told["is_by_telephone"]) == ("Helen Marsh", "Priya Nair", True)
    assert told["confirmed_at"] is None
    other = factories.person(role=Role.DIRECTOR)
    problem(signed_in(other).post(path(approval, "confirm/")), 404, "not_found")
    confirmed = signed_in(helen).post(path(approval, "confirm/"))
    assert confirmed.json()["confirmed_at"] >= told["recorded_at"]
    problem(signed_in(helen).post(path(approval, "confirm/")), 409, "decided_already")


def test_another_authority_finds_nothing(approval):
    other: Caller = signed_in(factories.person(factories.LEEDS, Role.DIRECTOR))

    problem(other.get(path(approval)), 404, "not_found")
    problem(other.post(path(approval, "decide/"), {"decision": "declined", "words": "No"}), 404, "not_found")
    problem(other.get(f"placements/{approval.placement_id}/approvals/"), 404, "not_found")


def test_of_a_closed_address_no_item_is_told_and_nothing_decided_without_a_grant(priya, helen):
    place = Place(line="CANARY-REFUGE", postcode="LS1 8ED", home_postcode="S65 1SB")
    made = factories.placement_at(Status.PROPOSED, priya, place=place, is_restricted=True)
    with factories.acting(priya):
        closed = Approval.objects.get(placement=made)

    told = signed_in(helen).get(path(closed))

    assert told.json()["items"] == []
    assert "Leeds" not in told.content.decode()
    problem(
        signed_in(helen).post(path(closed, "decide/"), {"decision": "approved", "answers": ANSWERS}), 403, "kept_closed"
    )
    assert len(signed_in(priya).get(path(closed)).json()["items"]) == 5
