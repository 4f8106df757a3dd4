"""Can a system draw, change and share areas, agree and end agreements, and read who was shown what? Through the API."""

import pytest

from accounts.roles import Role
from hotspots.models import Version
from tests import factories
from tests.api.conftest import signed_in
from tests.api.test_requests import problem
from tests.factories import LEEDS, ROTHERHAM
from tests.hotspots import world as areas

pytestmark = pytest.mark.django_db
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[440_000, 390_000], [440_200, 390_000], [440_200, 390_200], [440_000, 390_000]]],
}
AREA = {"reference": "B7", "concern": "collected by car", "grading": "2 B C", "shape": SQUARE, "srid": "27700"}
AGREED = {"purpose": "Placing children", "basis": "Children Act 2004 s. 10", "reference": "ISA 12"}


@pytest.fixture
def client(db):
    return signed_in(factories.person(role=Role.HOTSPOT_ANALYST, name="DC Mark Tolley"))


@pytest.fixture
def leeds(db) -> str:
    return str(factories.authority(LEEDS).id)


def drafted(client) -> str:
    response = client.post("hotspots/", AREA)
    assert response.status_code == 201, response.json()
    return response.json()["id"]


def shared(client, leeds, **how) -> str:
    area = drafted(client)
    assert client.post("agreements/", AGREED | {"partner": leeds}).status_code == 201
    asked = {"partners": [leeds], "level": "proximity", "distance_metres": 640} | how
    assert client.post(f"hotspots/{area}/share/", asked).status_code == 200
    return area


def test_an_area_is_drafted_read_whole_and_its_grading_is_told_nowhere(client):
    area = drafted(client)
    told = client.get(f"hotspots/{area}/").json()
    assert (told["state"], told["version"], told["concern"]) == ("draft", 1, "collected by car")
    whole = client.get(f"hotspots/{area}/whole/").json()
    assert whole["shape"]["coordinates"][0][0][0] == [440_000, 390_000]
    assert "2 B C" not in str([told, whole])
    with areas.acting(ROTHERHAM):
        assert Version.objects.get().grading == "2 B C"


def test_degrees_are_taken_where_the_body_does_not_say_otherwise(client):
    ring = [[-1.37, 53.42], [-1.35, 53.42], [-1.35, 53.43], [-1.37, 53.42]]
    asked = {"reference": "B8", "shape": {"type": "Polygon", "coordinates": [ring]}}
    area = client.post("hotspots/", asked).json()["id"]
    corner = client.get(f"hotspots/{area}/whole/").json()["shape"]["coordinates"][0][0][0]
    assert 441_000 < corner[0] < 443_000
    assert 391_000 < corner[1] < 393_000


def test_a_shape_that_cannot_stand_is_refused_at_its_field(client):
    ring = [[440_000, 390_000], [440_001, 390_000], [440_001, 390_001], [440_000, 390_000]]
    response = client.post("hotspots/", AREA | {"shape": {"type": "Polygon", "coordinates": [ring]}})
    refused = problem(response, 400, "invalid")
    assert "one household" in refused["errors"]["shape"][0]


def test_a_reference_is_taken_once(client):
    drafted(client)
    problem(client.post("hotspots/", AREA), 409, "reference_taken")


def test_a_change_names_the_version_it_was_decided_on(client):
    area = drafted(client)
    asked = {"concern": "collected by bicycle", "shape": SQUARE, "srid": "27700"}
    problem(client.post(f"hotspots/{area}/revise/", asked), 428, "version_missing")
    changed = client.post(f"hotspots/{area}/revise/", asked, **{"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"], changed.headers["ETag"]) == (200, 2, '"2"')
    problem(client.post(f"hotspots/{area}/revise/", asked, **{"If-Match": '"1"'}), 412, "stale_version")
    versions = client.get(f"hotspots/{area}/versions/").json()["results"]
    assert [one["version"] for one in versions] == [2, 1]


def test_a_grading_that_nobody_can_read_is_not_lost_by_a_change_that_leaves_it_out(client):
    area = drafted(client)
    asked = {"concern": "collected by bicycle", "shape": SQUARE, "srid": "27700"}
    assert client.post(f"hotspots/{area}/revise/", asked, **{"If-Match": '"1"'}).status_code == 200
    with areas.acting(ROTHERHAM):
        assert Version.objects.get(superseded_at=None).grading == "2 B C"


def test_sharing_needs_an_agreement_and_names_with_whom_it_is_missing(client, leeds):
    area = drafted(client)
    response = client.post(f"hotspots/{area}/share/", {"partners": [leeds], "level": "contact"})
    assert "no agreement with Leeds" in problem(response, 422, "agreement_missing")["detail"]


def test_levels_are_chosen_per_partner_and_nothing_ends_the_share(client, leeds):
    area = shared(client, leeds)
    told = client.get(f"hotspots/{area}/").json()
    assert told["shared_with"] == [{"partner": leeds, "level": "proximity", "distance_metres": 640}]
    client.post(f"hotspots/{area}/share/", {"partners": [leeds], "level": "nothing"})
    assert client.get(f"hotspots/{area}/").json()["shared_with"] == []


def test_a_withdrawal_has_a_reason_and_stands_in_the_areas_story(client, leeds):
    area = shared(client, leeds)
    assert client.post(f"hotspots/{area}/withdraw/", {"reason": "Source unsafe"}).json()["state"] == "withdrawn"
    problem(client.post(f"hotspots/{area}/publish/", {}), 409, "invalid_transition")
    states = client.get(f"hotspots/{area}/states/").json()["results"]
    assert [(one["state"], one["reason"]) for one in states] == [
        ("withdrawn", "Source unsafe"),
        ("shared", ""),
        ("draft", ""),
    ]


def test_an_agreement_is_ended_once_and_its_partner_reads_it(client, leeds):
    shared(client, leeds)
    (agreement,) = client.get("agreements/").json()["results"]
    assert (agreement["made_how"], agreement["reference"]) == ("person", "ISA 12")
    ended = client.post(f"agreements/{agreement['id']}/end/", {}).json()
    assert ended["ends_at"] is not None
    problem(client.post(f"agreements/{agreement['id']}/end/", {}), 409, "ended_already")
    other = signed_in(factories.person(LEEDS, Role.HOTSPOT_ANALYST, name="Farah Aziz"))
    (with_us,) = other.get("agreements/with-us/").json()["results"]
    assert with_us["id"] == agreement["id"]
    assert "recorded_by" not in with_us


def test_an_owner_reads_a_day_for_each_reader_area_and_purpose(client, leeds):
    area = shared(client, leeds)
    for metres in (100, 200):
        areas.ask(LEEDS, metres)
    (row,) = client.get(f"disclosures/?hotspot={area}").json()["results"]
    assert (row["reader"], row["hotspot"], row["version"], row["level"]) == (leeds, area, 1, "proximity")
    assert (row["purpose"], row["on"]) == ("a placement", "2026-12-01")
    assert set(row) == {"id", "reader", "hotspot", "version", "level", "purpose", "on"}


def test_nobody_looked_on_a_day_still_to_come(client):
    refused = problem(client.post("coverage/", {"shares": False, "last_looked_on": "2080-01-01"}), 400, "invalid")
    assert "still to come" in refused["errors"]["last_looked_on"][0]


def test_what_an_authority_says_of_its_sharing_takes_the_place_of_what_it_said(client):
    said = {"shares": True, "scope": "Streets of the town", "last_looked_on": "2026-11-01"}
    assert client.post("coverage/", said).status_code == 201
    assert client.post("coverage/", said | {"scope": "Parks too"}).json()["scope"] == "Parks too"
    own = str(factories.authority(ROTHERHAM).id)
    (row,) = client.get(f"coverage/?authority={own}").json()["results"]
    assert row["scope"] == "Parks too"
