"""Does a system send a file, read what it would do, and bring it in once?"""

import pytest
from django.test import Client

from accounts.roles import Role
from db import clock
from hotspots.files import uploads
from hotspots.models import Hotspot, Upload
from placements.overlay import large_files
from tests import factories
from tests.api.conftest import signed_in
from tests.hotspots import world as areas
from tests.hotspots.making import geopackage

pytestmark = pytest.mark.django_db
WHERE = "hotspots/uploads/"


@pytest.fixture
def analyst(db):
    return signed_in(factories.person(role=Role.HOTSPOT_ANALYST, name="Ravi Shah"))


def send(analyst, content, media_type="application/octet-stream", query=""):
    return analyst.client.post(f"/api/v1/{WHERE}{query}", content, content_type=media_type, headers=analyst.headers)


def work_on_files():
    large_files.work_on_waiting(factories.authority(factories.ROTHERHAM).id, at=clock.now())


def test_a_file_waits_and_is_brought_in_once(analyst):
    answer = send(analyst, geopackage(), query="?name=areas.gpkg")
    assert answer.status_code == 201
    sent = answer.json()
    assert (sent["name"], sent["state"]) == ("areas.gpkg", "waiting")
    assert sent["would"] == {"added": ["A1"], "changed": [], "unchanged": 0, "notes": []}
    with areas.acting(factories.ROTHERHAM):
        assert not Hotspot.objects.exists()
    where = f"{WHERE}{sent['id']}/"
    assert analyst.get(where).json() == sent
    done = analyst.post(f"{where}bring-in/", {"is_published": True})
    assert (done.status_code, done.json()["state"], done.json()["done_by"]) == (200, "brought_in", "Ravi Shah")
    with areas.acting(factories.ROTHERHAM):
        assert Hotspot.objects.get().state == Hotspot.State.SHARED
    again = analyst.post(f"{where}bring-in/", {})
    assert (again.status_code, again.json()["code"]) == (409, "answered_already")
    assert [one["state"] for one in analyst.get(f"{WHERE}?state=brought_in").json()["results"]] == ["brought_in"]


def test_bad_rows_are_told_with_their_numbers_and_nothing_is_kept(analyst):
    content = areas.file(areas.square("A1", geometry=areas.polygon(width=5)), areas.square("A2", name=7))
    answer = send(analyst, content, "application/geo+json")
    assert (answer.status_code, answer.json()["code"]) == (422, "rows")
    assert [row.split(":")[0] for row in answer.json()["errors"]["rows"]] == ["Row 1", "Row 2"]
    with areas.acting(factories.ROTHERHAM):
        assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "nothing_in_it"),
        (b"<kml/>", "format_not_accepted"),
        (b'{"type": "FeatureCollection", "features": [', "not_whole"),
        (b"PK\x03\x04", "not_whole"),
    ],
)
def test_a_file_refused_whole_has_the_code_of_the_reason(analyst, content, code):
    answer = send(analyst, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_is_no_file_is_not_taken(analyst):
    assert send(analyst, b"a=b", "application/x-www-form-urlencoded").status_code == 415
    assert send(analyst, geopackage(), query="?srid=3857").status_code == 400
    assert send(analyst, geopackage(), query="?srid=4326").json()["code"] == "coordinate_system"


def test_a_file_larger_than_a_form_may_be_is_taken_and_one_larger_than_a_file_may_be_is_not(analyst):
    padded = areas.file(areas.square("A1", note="x" * 2_000_000))
    assert send(analyst, padded).status_code == 201
    assert send(analyst, b" " * (64 * 2**20 + 1)).status_code == 413


def test_a_large_file_is_asked_after_until_a_worker_has_read_it_and_brought_it_in(analyst):
    sent = send(analyst, areas.file(areas.square("A1"), padding="x" * 2**20)).json()
    assert (sent["state"], sent["would"], sent["rows"]) == ("reading", None, None)
    where = f"{WHERE}{sent['id']}/"
    early = analyst.post(f"{where}bring-in/", {})
    assert (early.status_code, early.json()["code"]) == (409, "being_worked_on")
    work_on_files()
    read = analyst.get(where).json()
    assert (read["state"], read["rows"], read["rows_read"], read["refused"]) == ("waiting", 1, 1, None)
    assert read["would"]["added"] == ["A1"]
    asked = analyst.post(f"{where}effect/", {"is_published": True}).json()
    assert asked == {
        "own": None,
        "of_partners": None,
        "preview": None,
        "sentence": "What it would bring about is being worked out.",
    }
    work_on_files()
    looked = analyst.post(f"{where}effect/", {"is_published": True}).json()
    assert (looked["own"], looked["of_partners"]) == (0, "fewer_than_five")
    assert (
        analyst.post(f"{where}bring-in/", {"is_published": True, "preview": looked["preview"]}).json()["state"]
        == "bringing_in"
    )
    work_on_files()
    assert analyst.get(where).json()["state"] == "brought_in"


def test_a_large_file_that_is_refused_says_so_when_it_is_asked_after(analyst):
    content = areas.file(areas.square("A1", geometry=areas.polygon(width=5)), padding="x" * 2**20)
    sent = send(analyst, content).json()
    work_on_files()
    read = analyst.get(f"{WHERE}{sent['id']}/").json()
    assert (read["state"], read["refused"]["code"]) == ("refused", "rows")
    assert read["refused"]["rows"][0].startswith("Row 1: ")


def test_a_file_that_was_dropped_stays_as_a_line_without_its_bytes(analyst):
    sent = send(analyst, geopackage()).json()
    dropped = analyst.post(f"{WHERE}{sent['id']}/drop/")
    assert (dropped.status_code, dropped.json()["state"]) == (200, "dropped")
    with areas.acting(factories.ROTHERHAM):
        assert bytes(Upload.objects.get().content) == b""


def test_partners_without_an_agreement_are_refused_and_the_file_goes_on_waiting(analyst):
    sent = send(analyst, geopackage()).json()
    leeds = str(factories.authority(factories.LEEDS).id)
    answer = analyst.post(f"{WHERE}{sent['id']}/bring-in/", {"partners": [leeds]})
    assert (answer.status_code, answer.json()["code"]) == (422, "agreement_missing")
    assert analyst.get(f"{WHERE}{sent['id']}/").json()["state"] == "waiting"


class Unread:
    """A large body of which no byte may be read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 413), ({"HTTP_AUTHORIZATION": "Bearer made-up"}, 401), ({"HTTP_COOKIE": "placewatch=made-up"}, 413)],
)
def test_of_a_stranger_no_large_body_is_read(db, headers, status):
    """Eight of 64 MiB at once would take the memory that everybody else's requests need."""
    length = str(uploads.MOST_BYTES)
    sent = {"wsgi.input": Unread(), "CONTENT_LENGTH": length, "CONTENT_TYPE": "application/octet-stream"}
    assert Client().generic("POST", f"/api/v1/{WHERE}", b"x", **sent, **headers).status_code == status
