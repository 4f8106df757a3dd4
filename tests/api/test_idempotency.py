"""Does a request with an Idempotency-Key run once, whatever is sent again?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connections
from django.db.models.functions import Now

from accounts.acting import acting_for, service
from accounts.models import IdempotencyKey
from accounts.tasks import forget_old_answers
from api.children import Children
from tests import databases, factories
from tests.api.conftest import Caller, signed_in, system
from tests.api.test_requests import CHILD, problem


def test_the_same_key_gets_the_same_answer_and_nothing_runs_twice(rotherham):
    first = rotherham.post("children/", CHILD, key="once")
    again = [rotherham.post("children/", CHILD, key="once") for _ in range(3)]

    assert first.status_code == 201
    assert {(one.status_code, one.content) for one in again} == {(201, again[0].content)}
    assert again[0].json() == first.json()
    assert rotherham.get("children/").json()["count"] == 1


def test_the_same_key_for_another_body_is_refused(rotherham):
    rotherham.post("children/", CHILD, key="once")

    problem(rotherham.post("children/", CHILD | {"reference": "A-2"}, key="once"), 422, "key_used_for_another_request")


def test_a_refusal_is_not_remembered_because_it_changed_nothing(rotherham):
    problem(rotherham.post("children/", CHILD | {"sex": "X"}, key="once"), 400, "invalid")

    assert rotherham.post("children/", CHILD, key="once").status_code == 201


def test_a_system_must_send_a_key_and_a_person_may(rotherham):
    person = signed_in(factories.person())

    problem(rotherham.post("children/", CHILD, key=None), 400, "invalid")
    problem(rotherham.post("children/", CHILD, key="two words"), 400, "invalid")
    assert person.post("children/", CHILD, key=None).status_code == 201


def test_a_question_needs_no_key(rotherham):
    asked = {"authority": "372", "on": "2026-03-31", "postcode": "LS1 8ED"}

    assert rotherham.post("jurisdiction/", asked, key=None).status_code == 200


def test_a_key_belongs_to_its_caller(rotherham):
    other = system(factories.SHEFFIELD)

    rotherham.post("children/", CHILD, key="once")

    assert other.post("children/", CHILD | {"reference": "B-1"}, key="once").status_code == 201


def test_of_two_at_once_one_runs_and_both_get_its_answer(rotherham):
    ready = Barrier(4)

    def send(_) -> Caller:
        ready.wait()
        try:
            return rotherham.client.__class__(raise_request_exception=False).post(
                "/api/v1/children/",
                CHILD,
                content_type="application/json",
                headers=rotherham.headers | {"Idempotency-Key": "at-once"},
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert rotherham.get("children/").json()["count"] == 1


def test_a_remembered_answer_gives_no_closed_address_away_to_a_reader_of_the_table(committing):
    priya = factories.person()
    kayla = factories.child(priya)
    move = {"child": str(kayla.id), "address": "CANARY 1", "planned_start_on": "2026-12-20", "is_restricted": True}

    told = [signed_in(priya).post("placements/", move, key="once").json() for _ in range(2)]

    assert told[0] == told[1]
    assert told[0]["address"] == "CANARY 1"
    with acting_for(service(priya.authority_id), "test"):
        assert "CANARY" not in str(IdempotencyKey.objects.values().get())


def test_a_failure_after_the_work_takes_work_and_key_back(rotherham, monkeypatch):
    monkeypatch.setattr(Children, "tell", lambda self, row: 1 / 0)
    failed = rotherham.post("children/", CHILD, key="once")
    monkeypatch.undo()

    assert failed.status_code == 500
    assert rotherham.post("children/", CHILD, key="once").status_code == 201


def test_an_answer_is_forgotten_after_30_days_and_not_before(rotherham):
    rotherham.post("children/", CHILD, key="old")
    rotherham.post("children/", CHILD | {"reference": "A-2"}, key="young")
    authority = factories.authority(factories.ROTHERHAM)
    with acting_for(service(authority.id), "test"):
        for key, days in (("old", 31), ("young", 29)):
            IdempotencyKey.objects.filter(key=key).update(created_at=Now() - timedelta(days=days))

    with databases.as_role("WORKER_DATABASE_URL"):
        forget_old_answers()

    with acting_for(service(authority.id), "test"):
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]
