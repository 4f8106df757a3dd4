"""A system asks hosts, completes notices, moves starts, says endings and decisions, and reads what came of it."""

import pytest

from accounts.roles import Role
from placements.models import Placement
from tests import factories
from tests.api.conftest import signed_in, system

PLAN = {"version": "3", "supplied_at": "2026-12-01T12:00:00Z", "channel": "Secure e-mail"}


@pytest.fixture
def plan(committing) -> Placement:
    return factories.placement_at(Placement.Status.PROPOSED, factories.person())


@pytest.fixture
def rotherham(plan):
    return system()


def test_a_question_is_asked_with_its_care_plan_answered_and_read(plan, rotherham):
    asked = rotherham.post(
        f"placements/{plan.id}/ask-host/",
        {"question": "What is known?", "answer_hoped_for_by": "2026-12-04T12:00:00Z", "care_plan": PLAN},
    )
    assert asked.status_code == 201
    assert asked.json()["kind"] == "consultation"

    (waiting,) = rotherham.get(f"placements/{plan.id}/consultations/").json()["results"]
    assert waiting["answer"] is None
    assert waiting["answer_hoped_for_by"] == "2026-12-04T12:00:00Z"

    host = signed_in(factories.person(factories.LEEDS, Role.HOST_OFFICER, "Grace Hill"))
    given = host.post(f"notices/received/{asked.json()['id']}/answer/", {"place": "The bus station", "post": "Officer"})
    assert given.status_code == 201

    (answered,) = rotherham.get(f"placements/{plan.id}/consultations/").json()["results"]
    assert (answered["answer"]["by"], answered["answer"]["body"]["place"]) == ("Grace Hill", "The bus station")


def test_the_asked_host_and_nobody_else_finds_the_question(plan, rotherham):
    asked = rotherham.post(f"placements/{plan.id}/ask-host/", {"question": "What is known?"}).json()

    stranger = system(factories.SHEFFIELD)
    assert stranger.get(f"placements/{plan.id}/consultations/").status_code == 404
    manager = signed_in(factories.person(factories.SHEFFIELD, Role.MANAGER))
    assert manager.post(f"notices/received/{asked['id']}/answer/", {"place": "Mine"}).status_code == 404


def test_an_answer_with_all_boxes_empty_is_refused(plan, rotherham):
    asked = rotherham.post(f"placements/{plan.id}/ask-host/", {"question": "What is known?"}).json()
    host = signed_in(factories.person(factories.LEEDS, Role.HOST_OFFICER))

    refused = host.post(f"notices/received/{asked['id']}/answer/", {})

    assert refused.status_code == 400
    assert "Write in one box at least" in refused.json()["detail"]


def test_the_complete_notice_says_what_it_holds_and_meets_its_duty(plan, rotherham):
    told = rotherham.post(
        f"placements/{plan.id}/complete-notice/", {"needs_and_suitability": "Her needs", "care_plan": PLAN}
    ).json()

    assert (told["body"]["care_plan_version"], told["body"]["still_owed"]) == ("3", [])
    (owed,) = rotherham.get(f"duties/?kind=notice_to_host&subject={plan.id}").json()["results"]
    assert owed["closing"] == "met"


def test_a_due_date_is_a_date_with_the_days_that_its_count_skipped(plan, rotherham):
    (owed,) = rotherham.get(f"duties/?kind=notice_to_people&subject={plan.id}").json()["results"]

    assert (owed["due_on"], owed["late_from"]) == ("2026-12-07", "2026-12-07")
    assert {"Sat 5 December 2026", "Sun 6 December 2026"} <= set(owed["working"])


def test_a_new_date_needs_the_version_that_was_read(plan, rotherham):
    moved = {"planned_start_on": "2026-12-09", "reason": "The carer is ill"}

    assert rotherham.post(f"placements/{plan.id}/new-date/", moved).status_code == 428
    told = rotherham.post(f"placements/{plan.id}/new-date/", moved, **{"If-Match": f'"{plan.version}"'})
    assert told.json()["planned_start_on"] == "2026-12-09"
    stale = rotherham.post(f"placements/{plan.id}/new-date/", moved, **{"If-Match": f'"{plan.version}"'})
    assert stale.status_code == 412


def test_an_ending_is_said_and_told_to_the_host(committing):
    started = factories.placement_at(Placement.Status.STARTED, factories.person())
    rotherham = system()

    said = rotherham.post(f"placements/{started.id}/endings/", {"how": "by_us", "planned_on": "2026-12-30"})
    told = rotherham.post(f"placements/{started.id}/ending-notice/")

    assert said.status_code == 201
    assert told.json()["body"]["ends_on"] == "2026-12-30"
    (known,) = rotherham.get(f"placements/{started.id}/endings/").json()["results"]
    assert (known["how"], known["planned_on"]) == ("by_us", "2026-12-30")


def test_a_decision_shows_in_the_list_of_whom_to_tell_and_ends(plan, rotherham):
    made = rotherham.post(
        f"placements/{plan.id}/withholdings/",
        {
            "paragraph": "b",
            "person": "The father",
            "what": "notice",
            "reason": "Harm",
            "decided_by": "Tom Oakes",
            "decided_on": "2026-11-30",
            "look_again_on": "2027-05-31",
        },
    ).json()

    people = {
        one["who"]: one["is_told"] for one in rotherham.get(f"placements/{plan.id}/people-to-tell/").json()["results"]
    }
    assert people["The father"] is False
    assert rotherham.post(f"withholdings/{made['id']}/end/").status_code == 400
    ended = rotherham.post(f"withholdings/{made['id']}/end/", {"because": "Tom Oakes: he has moved."}).json()
    assert ended["ended_by"]
    assert ended["ended_because"] == "Tom Oakes: he has moved."
    assert rotherham.post(f"withholdings/{made['id']}/end/", {"because": "Again."}).status_code == 404


def test_care_plans_and_calls_are_recorded_and_read(plan, rotherham):
    rotherham.post(f"children/{plan.child_id}/care-plan-versions/", {"version": "3", "became_on": "2026-11-02"})
    rotherham.post(f"placements/{plan.id}/care-plan-supplies/", PLAN)
    call = {"rung": "Duty desk", "rung_at": "2026-12-01T11:00:00Z", "words": "No reply"}

    assert rotherham.post(f"placements/{plan.id}/telephone-tries/", call).json()["words"] == "No reply"
    (version,) = rotherham.get(f"children/{plan.child_id}/care-plan-versions/").json()["results"]
    (supply,) = rotherham.get(f"placements/{plan.id}/care-plan-supplies/").json()["results"]
    assert (version["became_on"], supply["version"]) == ("2026-11-02", "3")


def test_a_place_is_asked_about_without_a_child(rotherham):
    asked = rotherham.post("enquiries/", {"postcode": "LS1 8ED", "question": "Is the home known to you?"}).json()

    assert asked["kind"] == "enquiry"
    assert set(asked["body"]) == {
        "kind_of_place",
        "postcode",
        "planned_start_on",
        "question",
        "answer_hoped_for_by",
        "contact_email",
        "contact_telephone",
        "contact_telephone_out_of_hours",
    }
