"""The adviser's list, the team's lists and the host's list, as systems and signed-in people read them."""

from datetime import date

import pytest

from accounts.roles import Role
from db import clock
from leaving_care.actions import advisers, handovers, homes, hosting
from leaving_care.actions.handovers import Written
from notifications import documents
from tests import factories
from tests.api.conftest import signed_in, system
from tests.duties.test_who_can_act import covers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lewis(db):
    return factories.person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def carla(db):
    return factories.person(role=Role.MANAGER, name="Carla Dunn")


@pytest.fixture
def leaver(lewis, carla):
    """18 on 1 July 2026, in Leeds since 1 August; Lewis advises, and Leeds was sent a handover."""
    child = factories.child(factories.person(), born_on=date(2008, 7, 1), looked_after_since=date(2020, 1, 1))
    with factories.acting(carla):
        advisers.appoint(
            child_ids=[child.id],
            person_id=lewis.person_id,
            starts_on=date(2026, 1, 1),
            by=carla,
            at=clock.now(),
        )
    done = {"child_id": child.id, "by": lewis, "at": clock.now()}
    with factories.acting(lewis):
        homes.record_move(moved_on=date(2026, 8, 1), postcode="LS1 8ED", power="s24B", **done)
        draft = handovers.begin(host_id=leeds().id, **done)
        parts = {"health": Written(words="A doctor in Leeds", is_agreed=True)}
        handovers.write(handover_id=draft.id, parts=parts, by=lewis, at=clock.now())
        handovers.send(handover_id=draft.id, by=lewis, at=clock.now())
    return child


def leeds():
    return factories.authority(factories.LEEDS)


def answered_by_leeds(question: str) -> None:
    beth = factories.person(factories.LEEDS, Role.HOST_OFFICER, name="Beth Lorne")
    with factories.acting(beth):
        document = documents.received(leeds().id).get(kind="handover")
        hosting.answer_handover(
            document_id=document.id, contact_name="Beth Lorne", question=question, by=beth, at=clock.now()
        )


def results(response) -> list[dict]:
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_an_adviser_reads_their_own_with_what_is_next_where_and_what_the_host_said(lewis, leaver):
    factories.child(factories.person(), born_on=date(2008, 7, 2), looked_after_since=date(2020, 1, 1))
    answered_by_leeds("Has she a bank account?")

    [told] = results(signed_in(lewis).get("leaving-care/"))

    assert told["child"] == str(leaver.id)
    assert (told["status"], told["since"]) == ("former_relevant", "2026-07-01")
    assert told["adviser"] == str(lewis.person_id)
    assert set(told["next"]) == {"id", "kind", "title", "basis", "citation", "due_on", "is_late"}
    assert told["lives"] == {
        "area": str(leeds().id),
        "is_in_our_area": False,
        "since": "2026-08-01",
        "power": "s24B",
    }
    assert told["host"] == {"id": str(leeds().id), "name": leeds().name}
    assert (told["contact_name"], told["question"]) == ("Beth Lorne", "Has she a bank account?")
    assert told["answered_at"] is not None


def test_whoever_covers_reads_those_of_the_colleague_and_a_manager_all(lewis, carla, leaver):
    kofi = factories.person(role=Role.LEAVING_CARE_ADVISER, name="Kofi Mensah")
    assert results(signed_in(kofi).get("leaving-care/")) == []
    covers(lewis, kofi)

    assert [one["child"] for one in results(signed_in(kofi).get("leaving-care/"))] == [str(leaver.id)]
    assert str(leaver.id) in [one["child"] for one in results(signed_in(carla).get("leaving-care/?page_size=1"))]


def test_without_an_answer_the_host_is_named_and_nothing_is_late(carla, leaver):
    [told] = results(signed_in(carla).get("leaving-care/team/young-people/?list=no_reply"))

    assert told["child"] == str(leaver.id)
    assert (told["answered_at"], told["contact_name"], told["question"]) == (None, "", "")


def test_a_manager_reads_the_number_of_each_list_and_then_its_rows(carla, leaver):
    caller = signed_in(carla)

    counts = caller.get("leaving-care/team/").json()

    for name in ("late", "unowned"):
        assert len(results(caller.get(f"leaving-care/team/duties/?list={name}&page_size=200"))) == counts[name]
    for name in ("no_adviser", "no_reply", "ages", "elsewhere"):
        assert len(results(caller.get(f"leaving-care/team/young-people/?list={name}"))) == counts[name]
    assert counts["elsewhere"] == 1
    assert counts["late"] > 0


def test_a_list_that_there_is_not_is_refused_and_so_is_an_adviser(lewis, carla):
    assert signed_in(carla).get("leaving-care/team/duties/?list=ages").status_code == 400
    assert signed_in(carla).get("leaving-care/team/young-people/").status_code == 400
    assert signed_in(lewis).get("leaving-care/team/").status_code == 403


def test_the_host_reads_who_is_coming_and_what_is_asked_without_a_name(leaver):
    caller = system(factories.LEEDS)

    [told] = results(caller.get("handovers/coming/"))

    assert (told["kind"], told["asked"], told["lives_from"]) == ("handover", "answer", "2026-08-01")
    assert told["sender"]["name"] == factories.authority(factories.ROTHERHAM).name
    assert leaver.given_name not in str(told)
    answered_by_leeds("")
    assert results(caller.get("handovers/coming/"))[0]["asked"] == "answered"


def test_the_adviser_reads_in_the_same_list_what_the_host_asked(lewis, leaver):
    answered_by_leeds("Has she a bank account?")

    [told] = results(signed_in(lewis).get("handovers/coming/"))

    assert (told["kind"], told["asked"]) == ("handover_answer", "question")


def test_nobody_else_s_list_holds_it(leaver):
    stranger = factories.person(factories.SHEFFIELD, Role.MANAGER, name="Sol Stranger")

    assert results(signed_in(stranger).get("leaving-care/")) == []
    assert results(signed_in(stranger).get("handovers/coming/")) == []


def test_what_the_host_asked_is_replied_to_without_a_name_and_both_sides_read_that(lewis, leaver):
    answered_by_leeds("Has the account been opened?")
    caller = signed_in(lewis)
    [told] = results(caller.get("leaving-care/"))
    handover = f"handovers/{told['handover']}/reply/"
    assert caller.post(handover, {"words": "  "}).status_code == 400

    assert caller.post(handover, {"words": "It has, with the bank in Leeds."}).status_code == 200

    assert results(caller.get("leaving-care/"))[0]["replied_at"] is not None
    assert results(caller.get("handovers/coming/"))[0]["asked"] == "answered"
    beth = signed_in(factories.person(factories.LEEDS, Role.HOST_OFFICER, name="Beth Lorne"))
    [reply] = [one for one in results(beth.get("handovers/received/")) if one["kind"] == "handover_reply"]
    assert reply["body"]["question"] == "Has the account been opened?"
    assert reply["body"]["reply"] == "It has, with the bank in Leeds."
    assert leaver.given_name not in str(reply)


def test_where_nothing_was_asked_there_is_nothing_to_reply_to(lewis, leaver):
    answered_by_leeds("")
    caller = signed_in(lewis)
    [told] = results(caller.get("leaving-care/"))

    refused = caller.post(f"handovers/{told['handover']}/reply/", {"words": "It has."})

    assert refused.status_code == 409
    assert "has asked nothing about this handover" in refused.json()["detail"]
