"""Are judgements, conversations, concerns and the ledger written and read through the API as the policy says?"""

import pytest

from accounts.roles import Role
from placements.models import Placement
from tests import factories
from tests.api.conftest import signed_in
from tests.placements.judgement_world import social_worker, supervisor, write

pytestmark = pytest.mark.django_db
BOXES = {
    "known_and_not_known": "He knows nobody there.",
    "thinks_and_why": "No worry: he is driven.",
    "look_again_on": "2027-01-13",
    "agreement": "nothing_said",
    "asked_whom": "PC Lang",
    "asked_on": "2026-11-30",
    "they_said": "Nothing known.",
}


@pytest.fixture
def sam(db):
    return social_worker()


@pytest.fixture
def placement(sam):
    return factories.placement_at(Placement.Status.PROPOSED, sam)


def read_ids(caller, placement) -> dict:
    (check,) = caller.get(f"placements/{placement.id}/screenings/").json()["results"]
    return {"screening": check["id"], "supersedes": None}


def test_a_judgement_is_written_talked_through_and_read(sam, placement):
    worker, ruth = signed_in(sam), supervisor()

    made = worker.post(f"placements/{placement.id}/judgements/", BOXES | read_ids(worker, placement))
    about = [{"judgement": made.json()["id"], "words": "Agreed."}]
    talked = signed_in(ruth).post("conversations/", {"held_at": "2026-12-01T09:00:00Z", "about": about})

    assert (made.status_code, talked.status_code) == (201, 201)
    assert (talked.json()["supervisor_name"], talked.json()["about"]) == ("Ruth Adeyemi", about)
    told = worker.get(f"judgements/{made.json()['id']}/").json()
    assert {name: told[name] for name in BOXES} == BOXES
    assert told["written_by"] == "Sam Field"
    assert [(one["supervisor_name"], one["words"]) for one in told["conversations"]] == [("Ruth Adeyemi", "Agreed.")]


def test_one_written_on_an_older_reading_is_told_what_changed(sam, placement):
    worker = signed_in(sam)
    ids = read_ids(worker, placement)
    worker.post(f"placements/{placement.id}/judgements/", BOXES | ids)

    again = worker.post(f"placements/{placement.id}/judgements/", BOXES | ids)

    assert (again.status_code, again.json()["code"]) == (409, "read_since_then")


def test_a_box_that_cannot_be_true_is_named(sam, placement):
    worker = signed_in(sam)

    refused = worker.post(
        f"placements/{placement.id}/judgements/", BOXES | read_ids(worker, placement) | {"agreement": "agrees"}
    )

    assert refused.status_code == 400
    assert "nobody around shares" in refused.json()["errors"]["agreement"][0]


def test_a_judgement_twice_in_one_conversation_is_refused(sam, placement):
    judgement = write(placement, sam)
    about = [{"judgement": str(judgement.id), "words": words} for words in ("One.", "Two.")]

    refused = signed_in(supervisor()).post("conversations/", {"held_at": "2026-12-01T09:00:00Z", "about": about})

    assert refused.status_code == 400
    assert "about" in refused.json()["errors"]


def test_about_a_closed_address_a_colleague_without_a_grant_reads_none_and_writes_none(sam):
    placement = factories.placement_at(Placement.Status.PROPOSED, sam, is_restricted=True)
    judgement = write(placement, sam)
    colleague = signed_in(social_worker("Lena Orr"))

    assert colleague.get(f"placements/{placement.id}/judgements/").json()["results"] == []
    assert colleague.get(f"judgements/{judgement.id}/").status_code == 404
    given = BOXES | {"screening": None, "supersedes": None}
    assert colleague.post(f"placements/{placement.id}/judgements/", given).json()["code"] == "kept_closed"
    assert signed_in(sam).get(f"judgements/{judgement.id}/").status_code == 200


def test_the_ledger_tells_words_and_two_counts_and_no_child(sam):
    placement = factories.placement_at(Placement.Status.PROPOSED, sam, place=factories.PlaceTo.IN_AREA)
    write(placement, sam, agreement="worried")
    director = signed_in(factories.person(role=Role.DIRECTOR))
    december = "?starts_on=2026-12-01&ends_on=2026-12-31"

    lines = director.get(f"disagreements/{december}")
    counts = director.get(f"disagreements/counts/{december}").json()

    assert [line["agreement"] for line in lines.json()["results"]] == ["worried"]
    for gives_away in ("Kayla", "Brent", placement.child.reference, str(placement.child_id), str(placement.id)):
        assert gives_away not in lines.content.decode()
    assert counts == {
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-31",
        "shared_and_not_worried": 0,
        "nothing_near_and_worried": 1,
    }
    assert director.get("disagreements/?starts_on=2026-12-02&ends_on=2026-12-31").json()["results"] == []


def test_the_ledger_is_not_for_whoever_works_with_one_child(sam):
    assert signed_in(sam).get("disagreements/counts/").status_code == 403


def test_a_concern_is_recorded_assessed_closed_and_stays_to_be_read(sam):
    worker, ruth, child = signed_in(sam), supervisor(), factories.child(sam)
    first = {"assessed_on": "2026-10-21", "words": "Collected by car.", "not_known": "By whom."}

    made = worker.post(f"children/{child.id}/concerns/", first)
    where = f"concerns/{made.json()['id']}/"
    before = made.json()["days_since_looked"]
    assessed = worker.post(f"{where}assess/", {"assessed_on": "2026-11-30", "words": "Twice more."})
    closing = {"reason": "They are in custody.", "supervisor": str(ruth.person_id), "look_again_on": "2027-03-01"}
    closed = worker.post(f"{where}close/", closing)
    again = worker.post(f"{where}close/", closing)

    assert (made.status_code, before) == (201, 41)  # 21 October to 1 December 2026
    assert (assessed.json()["last_looked_on"], assessed.json()["days_since_looked"]) == ("2026-11-30", 1)
    assert (closed.json()["closing_supervisor"], closed.json()["closed_by"]) == ("Ruth Adeyemi", "Sam Field")
    assert (again.status_code, again.json()["code"]) == (409, "concern_is_closed")
    (told,) = worker.get(f"children/{child.id}/concerns/").json()["results"]
    assert [one["words"] for one in told["assessments"]] == ["Twice more.", "Collected by car."]
