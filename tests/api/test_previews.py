"""Does a system look ahead at a draft, a posted shape and an upload, and publish after it, once, naming the look?"""

import pytest

from accounts.roles import Role
from hotspots.models import PublishedAfter, StateChange, Version
from tests import factories
from tests.api.conftest import signed_in
from tests.api.test_requests import problem
from tests.api.test_sharing import AREA, SQUARE, drafted, shared
from tests.api.test_uploads import WHERE, send
from tests.factories import LEEDS, ROTHERHAM
from tests.hotspots import world as areas

pytestmark = pytest.mark.django_db
NOTHING_NEAR = "Newly near: 0 of our own. Of partner authorities: fewer than five."
MOVED = {
    "type": "Polygon",
    "coordinates": [[[450_000, 390_000], [450_200, 390_000], [450_200, 390_200], [450_000, 390_000]]],
}
VERSION = {"If-Match": '"1"'}


@pytest.fixture
def client(db):
    return signed_in(factories.person(role=Role.HOTSPOT_ANALYST, name="DC Mark Tolley"))


@pytest.fixture
def leeds(db) -> str:
    return str(factories.authority(LEEDS).id)


def looked(client, where: str, asked: dict) -> str:
    """The id of a look; of nobody's child near, in the words of the pages."""
    answer = client.post(f"{where}effect/", asked)
    assert answer.status_code == 200, answer.json()
    told = answer.json()
    assert (told["own"], told["of_partners"], told["sentence"]) == (0, "fewer_than_five", NOTHING_NEAR)
    return told["preview"]


def test_a_draft_is_published_after_a_look_and_only_once(client):
    where = f"hotspots/{drafted(client)}/"
    preview = looked(client, where, {})
    for _ in range(2):
        assert client.post(f"{where}publish/", {"preview": preview}).json()["state"] == "shared"
    with areas.acting(ROTHERHAM):
        assert StateChange.objects.filter(state="shared").count() == 1
        assert str(PublishedAfter.objects.get().preview_id) == preview


def test_a_posted_shape_is_looked_at_and_is_a_new_version_once(client, leeds):
    area = shared(client, leeds)
    where, said = f"hotspots/{area}/", {**AREA, "shape": MOVED}
    del said["reference"]
    preview = looked(client, where, {"shape": MOVED, "srid": "27700"})
    for _ in range(2):
        revised = client.post(f"{where}revise/", said | {"preview": preview}, **VERSION)
        assert revised.status_code == 200, revised.json()
    with areas.acting(ROTHERHAM):
        assert Version.objects.count() == 2


def test_what_was_not_looked_at_is_not_published_in_its_name(client, leeds):
    area = shared(client, leeds)
    where, said = f"hotspots/{area}/", {**AREA, "shape": MOVED}
    del said["reference"]
    preview = looked(client, where, {"shape": SQUARE, "srid": "27700"})
    refused = client.post(f"{where}revise/", said | {"preview": preview}, **VERSION)
    problem(refused, 409, "preview_of_something_else")
    problem(client.post(f"{where}revise/", said | {"preview": area}, **VERSION), 404, "not_found")


def test_partners_are_looked_at_before_they_are_told(client, leeds):
    area = shared(client, leeds)
    where, asked = f"hotspots/{area}/", {"partners": [leeds], "level": "contact", "distance_metres": 900}
    preview = looked(client, where, asked)
    told = client.post(f"{where}share/", asked | {"preview": preview})
    assert told.status_code == 200, told.json()


def test_a_file_is_looked_at_as_one_answer_and_published_after_it(client):
    sent = send(client, areas.file(areas.square("A1"), areas.square("A2"))).json()
    where = f"{WHERE}{sent['id']}/"
    preview = looked(client, where, {"is_published": True})
    for _ in range(2):
        done = client.post(f"{where}bring-in/", {"is_published": True, "preview": preview})
        assert (done.status_code, done.json()["state"]) == (200, "brought_in")


def test_after_five_looks_in_a_day_a_second_person_is_asked(client):
    where = f"hotspots/{drafted(client)}/"
    for _ in range(5):
        looked(client, where, {})
    problem(client.post(f"{where}effect/", {}), 429, "previews_spent")
