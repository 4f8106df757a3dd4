"""Are packs asked for, agreed to and taken through the API as on pages, and is a child's story told?"""

import base64
import io
import zipfile

import pytest

from accounts.roles import Role
from db import clock
from placements.pack import requests
from tests import factories
from tests.api.conftest import signed_in
from tests.placements.pack import register

pytestmark = pytest.mark.django_db
BODY = {"starts_on": "2026-11-01", "ends_on": "2026-12-01", "purpose": "inspection"}


@pytest.fixture
def tom(db):
    return factories.person(role=Role.MANAGER, name="Tom Oakes")


def test_a_pack_is_asked_for_made_agreed_to_and_taken(tom):
    priya = factories.person()
    for number in range(3):
        register.emergency(priya, f"AA-{number}")
    manager = signed_in(tom)
    asked = manager.post("packs/", BODY)
    assert (asked.status_code, asked.json()["state"]) == (201, "being_made")
    where = f"packs/{asked.json()['id']}/"
    requests.make_waiting(tom.authority_id, at=clock.now())
    assert manager.get(where).json()["state"] == "waits_for_agreement"
    assert manager.get(f"{where}file/").json()["code"] == "pack_not_ready"
    assert manager.post(f"{where}agree/").json()["code"] == "second_person_needed"

    officer = signed_in(factories.person(role=Role.NOMINATED_OFFICER, name="Colin Reeve"))
    agreed = officer.post(f"{where}agree/")

    assert (agreed.json()["state"], agreed.json()["agreed_by"]) == ("ready", "Colin Reeve")
    taken = manager.get(f"{where}file/").json()
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(taken["content"])))
    assert {"manifest.json", "copy.txt"} <= set(archive.namelist())


def test_a_period_that_lies_ahead_names_its_field(tom):
    answer = signed_in(tom).post("packs/", BODY | {"ends_on": "2026-12-02"})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["ends_on"]


def test_a_story_is_told_as_tables_and_gives_no_closed_address_away(tom):
    placement = register.closed(factories.person(), "AA-3")

    answer = signed_in(tom).get(f"children/{placement.child_id}/story/")

    assert answer.json()["tables"][0]["name"] == "story"
    assert answer.json()["tables"][0]["rows"]
    for word in (register.CLOSED_LINE, "LS1 8ED", "Leeds", register.CLOSED_WORDS):
        assert word not in answer.content.decode()


def test_another_authority_finds_no_story(tom):
    placement = register.emergency(factories.person(), "AA-1")

    answer = signed_in(factories.person(factories.LEEDS, Role.MANAGER)).get(f"children/{placement.child_id}/story/")

    assert answer.status_code == 404
