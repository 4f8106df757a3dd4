"""What does the API refuse at the door, and in which words?"""

import json

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from api import children
from audit.models import LogEntry
from placements.actions.children import register_child
from placements.exceptions import AlreadyRegistered
from tests import databases, factories
from tests.api.conftest import Caller, credentials, signed_in, system, token

CHILD = {"reference": "A-1", "given_name": "Kayla", "family_name": "Brent", "born_on": "2012-11-14"}


def problem(response, status: int, code: str) -> dict:
    """The answer as a problem, once its status, media type and code are as expected."""
    told = json.loads(response.content)
    assert (response.status_code, response["Content-Type"], told["code"]) == (status, "application/problem+json", code)
    assert told["status"] == status
    assert told["detail"]
    return told


def test_nobody_is_told_anything_without_a_token(committing):
    problem(Caller(Client()).get("children/"), 401, "not_authenticated")


def test_a_token_that_is_not_good_is_refused_even_beside_a_session(committing):
    caller = signed_in(factories.person())

    problem(caller.get("children/", Authorization="Bearer no-such-token"), 401, "authentication_failed")


def test_a_token_is_kept_as_a_digest_only(committing):
    bearer = token(credentials(factories.ROTHERHAM))

    with connection.cursor() as cursor:
        cursor.execute("select token, token_checksum from oauth2_provider_accesstoken")
        kept = cursor.fetchall()

    assert [row[0] for row in kept] == [""]
    assert bearer not in str(kept)


def test_a_client_secret_is_kept_as_a_digest_only_and_its_making_is_logged(committing):
    told = credentials(factories.ROTHERHAM)

    with connection.cursor() as cursor:
        cursor.execute("select client_secret from accounts_apiclient where client_id = %s", [told["client_id"]])
        kept = cursor.fetchone()[0]
    with factories.acting(factories.person()):
        lines = LogEntry.objects.filter(operation="clients.create").count()

    assert told["client_secret"] not in kept
    assert told["token_url"].endswith("/oauth/token/")
    assert lines == 1


def test_a_wrong_secret_gets_no_token(committing):
    told = credentials(factories.ROTHERHAM)
    form = {"grant_type": "client_credentials", "client_id": told["client_id"], "client_secret": "wrong"}

    assert Client().post("/oauth/token/", form).status_code == 401


@pytest.mark.parametrize("grant", ["password", "authorization_code", "implicit", "refresh_token"])
def test_no_other_grant_gives_a_token(committing, grant):
    told = credentials(factories.ROTHERHAM)
    form = {"grant_type": grant, "client_id": told["client_id"], "client_secret": told["client_secret"]}

    assert Client().post("/oauth/token/", form | {"username": "a", "password": "b"}).status_code >= 400


@pytest.mark.parametrize(
    "path", ["authorize/", "applications/", "introspect/", "authorized_tokens/", "device-authorization/", "register/"]
)
def test_nothing_else_of_oauth_has_an_address(committing, path):
    assert Client().get(f"/oauth/{path}").status_code == 404


def test_a_person_without_the_form_token_changes_nothing(committing):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(id=factories.person().person_id))

    problem(Caller(client).post("children/", CHILD), 403, "permission_denied")


def test_a_role_that_may_not_is_told_who_may(committing):
    told = problem(system(role=Role.HOTSPOT_ANALYST).get("children/"), 403, "not_permitted")

    assert "social worker" in told["detail"]


def test_absent_and_forbidden_are_answered_alike(rotherham):
    sheffield = factories.person(factories.SHEFFIELD)
    theirs = factories.child(sheffield)

    absent = rotherham.get("children/00000000-0000-4000-8000-000000000000/")
    forbidden = rotherham.get(f"children/{theirs.id}/")

    assert (absent.status_code, absent.content) == (forbidden.status_code, forbidden.content)
    problem(forbidden, 404, "not_found")


def test_an_address_that_does_not_exist_is_a_problem_too(rotherham):
    problem(rotherham.get("no-such-thing/"), 404, "not_found")


@pytest.mark.parametrize("query", ["x=1", "page=0", "page=a", "page_size=201", "ordering=given_name", "page=1&page=2"])
def test_a_query_that_is_not_allowed_is_refused(rotherham, query):
    problem(rotherham.get(f"children/?{query}"), 400, "invalid")


def test_only_json_is_read_and_only_json_is_told(rotherham):
    form = rotherham.client.post(
        "/api/v1/children/", {"reference": "A"}, headers=rotherham.headers | {"Idempotency-Key": "k"}
    )

    problem(form, 415, "unsupported_media_type")
    problem(rotherham.get("children/", Accept="text/html"), 406, "not_acceptable")


def test_a_method_that_is_not_offered_is_refused(rotherham):
    problem(rotherham.client.delete("/api/v1/children/", headers=rotherham.headers), 405, "method_not_allowed")
    problem(rotherham.client.options("/api/v1/children/", headers=rotherham.headers), 405, "method_not_allowed")


def test_a_body_beyond_a_mebibyte_is_refused(rotherham):
    problem(rotherham.post("children/", json.dumps(CHILD | {"given_name": "a" * 1_048_576})), 413, "too_large")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authority", "E08000039"),
        ("id", "00000000-0000-4000-8000-000000000000"),
        ("recorded_by", "somebody else"),
        ("born_on", "2012-02-30"),
        ("born_on", "1899-12-31"),
        ("born_on", 20121114),
        ("reference", " "),
        ("reference", 7),
        ("reference", None),
        ("is_born_on_estimated", "true"),
        ("sex", "X"),
        ("legal_status", ["C2"]),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(rotherham, field, value):
    told = problem(rotherham.post("children/", CHILD | {field: value}), 400, "invalid")

    assert list(told["errors"]) == [field]


def test_a_reference_that_is_taken_is_a_conflict(rotherham):
    rotherham.post("children/", CHILD)

    problem(rotherham.post("children/", CHILD), 409, "already_registered")


def test_a_change_without_a_version_or_on_an_old_one_is_refused(rotherham):
    worker = factories.person()
    placement = factories.placement_at("proposed", worker)
    address, reason = f"placements/{placement.id}/withdraw/", {"reason": "The carer is ill"}

    problem(rotherham.post(address, reason), 428, "version_missing")
    problem(rotherham.post(address, reason, **{"If-Match": '"7"'}), 412, "stale_version")
    read = rotherham.get(f"placements/{placement.id}/")
    changed = rotherham.post(address, reason, **{"If-Match": read["ETag"]})

    assert (changed.status_code, changed.json()["status"]) == (200, "withdrawn")
    problem(rotherham.post(address, reason, **{"If-Match": changed["ETag"]}), 409, "invalid_transition")


def test_only_a_person_acknowledges(committing):
    factories.placement_at("proposed", factories.person())
    notice = system(factories.LEEDS).get("notices/received/").json()["results"][0]

    refused = system(factories.LEEDS, Role.HOST_OFFICER).post(
        f"notices/received/{notice['id']}/acknowledge/", {"post": "Notifications officer"}
    )

    problem(refused, 403, "not_a_person")


def test_a_read_of_a_child_and_a_refusal_each_leave_a_line(rotherham):
    child = rotherham.post("children/", CHILD).json()
    rotherham.get(f"children/{child['id']}/")
    rotherham.get("children/00000000-0000-4000-8000-000000000000/")
    rotherham.get("log/")

    manager = system(role=Role.MANAGER)
    lines = {
        (line["operation"], line["outcome"], *line["subject_ids"]) for line in manager.get("log/").json()["results"]
    }

    assert ("children.register", "done", child["id"]) in lines
    assert ("children.read", "done", child["id"]) in lines
    assert ("children.read", "not_found", "00000000-0000-4000-8000-000000000000") in lines
    assert ("log.read", "not_permitted") in lines


def test_a_refused_action_keeps_its_line_and_loses_its_writes(rotherham, monkeypatch):
    def register_and_refuse(**given):
        register_child(**given)
        raise AlreadyRegistered(given["reference"])

    monkeypatch.setattr(children, "register_child", register_and_refuse)

    problem(rotherham.post("children/", CHILD), 409, "already_registered")

    assert rotherham.get("children/").json()["count"] == 0
    lines = system(role=Role.MANAGER).get("log/?operation=children.register").json()["results"]
    assert [line["outcome"] for line in lines] == ["already_registered"]


def test_the_last_resort_shows_nothing_of_our_inside(rotherham, monkeypatch):
    monkeypatch.setattr(children.Children, "rows", lambda self: 1 / 0)

    response = rotherham.get("children/")

    told = problem(response, 500, "fault")
    assert set(told) == {"type", "title", "status", "detail", "code", "reference"}
    assert "division" not in response.content.decode()


def test_without_a_database_the_answer_is_503_and_comes_back_with_it(rotherham, committing):
    with databases.pointed_to("no_such_database"):
        response = rotherham.get("children/")

    told = problem(response, 503, "unavailable")
    assert "no_such_database" not in json.dumps(told)
    assert response["Retry-After"]
    assert rotherham.get("children/").status_code == 200
