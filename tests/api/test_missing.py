"""Does the API record a missing child, tell the host, and say with whom the interview is, to the minute?"""

import json
from datetime import UTC, datetime

import pytest

from accounts.roles import Role
from db import clock
from placements.models import Placement
from tests import factories
from tests.api.conftest import signed_in

SINCE, RETURNED, DUE = "2027-03-27T21:00:00Z", "2027-03-27T23:30:00Z", "2027-03-30T23:30:00Z"


def told(response, status: int = 200) -> dict:
    answer = json.loads(response.content)
    assert response.status_code == status, answer
    return answer


@pytest.fixture
def tia(committing) -> str:
    """The id of a child whom Rotherham placed in Leeds; it is Sunday 28 March 2027, 09:00 UTC."""
    placed = factories.placement_at(Placement.Status.STARTED, factories.person())
    clock.set_to(datetime(2027, 3, 28, 9, 0, tzinfo=UTC))
    return str(placed.child_id)


def report(caller, child: str, **more) -> dict:
    body = {"child": child, "missing_since": SINCE, "last_seen": "The bus station", **more}
    return told(caller.post("missing/", body), 201)


def test_a_report_a_return_and_an_interview_that_changes_hands(tia):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    host = signed_in(factories.person(factories.LEEDS, Role.MANAGER, name="Owen Birch"))
    made = report(worker, tia)
    assert (made["returned_at"], made["interview_with"], made["interview_is_late"]) == (None, None, None)

    back = told(worker.post(f"missing/{made['id']}/return/", {"returned_at": RETURNED}))
    assert (back["interview_due_at"], back["interview_line"]) == (DUE, "with Rotherham, due 31 March 00:30")
    [finding] = back["findings"]
    assert (finding["basis"], finding["due"]["due_on"]) == ("statutory_guidance", "2027-03-31")
    told(worker.post(f"missing/{made['id']}/ask-host/"))
    notice = told(host.get("notices/received/?kind=missing_notice"))["results"][0]
    assert notice["body"]["is_interview_asked_of_you"] is True

    answered = told(
        host.post(f"notices/received/{notice['id']}/missing-answer/", {"word": "accepts_interview", "post": "Manager"}),
        201,
    )
    assert (answered["notice"], answered["word"]) == (notice["id"], "accepts_interview")
    held = told(worker.get(f"missing/{made['id']}/"))
    assert (held["interview_with"], held["interview_line"]) == ("Leeds", "with Leeds, due 31 March 00:30")
    assert held["said_by_host"][0]["by"] == "Owen Birch"
    [theirs] = told(host.get("duties/?kind=return_interview"))["results"]
    assert (theirs["due_at"], theirs["basis"]) == (DUE, "statutory_guidance")


@pytest.mark.parametrize(
    ("minute", "is_late"),
    [(datetime(2027, 3, 30, 23, 29, tzinfo=UTC), False), (datetime(2027, 3, 30, 23, 31, tzinfo=UTC), True)],
)
def test_late_is_told_to_the_minute(tia, minute, is_late):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    made = report(worker, tia, returned_at=RETURNED)

    clock.set_to(minute)

    assert told(worker.get(f"missing/{made['id']}/"))["interview_is_late"] is is_late


def test_an_ending_short_of_done_needs_its_reason(tia):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    made = report(worker, tia, returned_at=RETURNED)
    body = {"ending": "not_possible", "interviewed_at": "2027-03-28T08:00:00Z", "interviewed_by": "Ana Reyes"}

    refused = told(worker.post(f"missing/{made['id']}/interview/", body), 400)
    assert list(refused["errors"]) == ["words"]
    ended = told(worker.post(f"missing/{made['id']}/interview/", body | {"words": "She moved to Wales."}))

    assert (ended["interview_outcome"], ended["interview_is_late"], ended["interview_line"]) == (
        "not_possible",
        None,
        "",
    )


def test_lists_are_of_those_missing_and_of_those_back(tia):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    back, gone = report(worker, tia, returned_at=RETURNED), report(worker, tia, missing_since="2027-03-28T08:00:00Z")

    for state, one in (("back", back), ("missing", gone)):
        assert [row["id"] for row in told(worker.get(f"missing/?state={state}"))["results"]] == [one["id"]]
    assert len(told(worker.get(f"missing/?child={tia}"))["results"]) == 2
    assert told(worker.post("missing/", {"child": tia, "missing_since": SINCE, "last_seen": "x"}), 409)["code"] == (
        "already_missing"
    )


def test_the_message_to_the_police_is_read_and_its_giving_recorded(tia):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    made = report(worker, tia)

    assert told(worker.get(f"missing/{made['id']}/police-message/"))["given"] == []
    body = {"given_at": "2027-03-27T22:15:00Z", "given_to": "Operator 7"}
    given = told(worker.post(f"missing/{made['id']}/police-message/", body))["given"]

    assert [(one["given_to"], one["given_at"]) for one in given] == [("Operator 7", "2027-03-27T22:15:00Z")]
    assert "Missing since: Sat 27 March 2027, 21:00 GMT" in given[0]["text"]


def test_a_third_authority_finds_nothing(tia):
    worker = signed_in(factories.person(role=Role.DUTY_DESK))
    made = report(worker, tia)
    third = signed_in(factories.person(factories.SHEFFIELD, Role.DUTY_DESK))

    told(third.get(f"missing/{made['id']}/"), 404)
    assert told(third.get("missing/"))["results"] == []
    assert told(third.get("notices/received/"))["results"] == []
    told(third.post("missing/", {"child": tia, "missing_since": SINCE, "last_seen": "x"}), 404)
