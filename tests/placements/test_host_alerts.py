"""Is a host alerted where that was agreed, and told nothing that it must not read?"""

import pytest

from accounts.acting import acting_for, operator
from accounts.roles import Role
from db import clock
from hotspots import actions
from hotspots.models import Hotspot
from notifications.models import Document
from placements.exceptions import UnreadableField
from placements.overlay import host_alerts, recalls, recheck
from tests import databases, factories
from tests.hotspots import world as areas
from tests.placements.test_recheck import NEAR, point

READER, HOST, NEIGHBOUR = areas.ROTHERHAM, areas.SHEFFIELD, areas.BARNSLEY


@pytest.fixture
def priya(committing):
    """A placements officer of Rotherham, with a child in Sheffield of whom Sheffield was told."""
    priya = factories.person(READER, Role.PLACEMENT_OFFICER)
    factories.placement_at("proposed", priya, place=NEAR)
    return priya


def agreed(by):
    with acting_for(by, "test"):
        return host_alerts.agree(host_id=factories.authority(HOST).id, reference="Protocol 7", by=by, at=clock.now())


def alerts_after_a_change(owner: str, **said) -> list[Document]:
    east, north = point()
    area = areas.square("A1", geometry=areas.polygon(east + 300, north - 100), concern="CANARY-PARK", **said)
    areas.publish(owner, area, to=READER)
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.answer_changes(factories.authority(owner).id, at=clock.now())
    with acting_for(operator(factories.authority(HOST).id), "test"):
        return list(Document.objects.filter(kind="area_alert"))


def test_a_host_with_whom_it_was_agreed_is_asked_to_ring_about_the_notice_that_it_holds(priya):
    agreed(priya)
    (alert,) = alerts_after_a_change(NEIGHBOUR)
    with acting_for(operator(factories.authority(HOST).id), "test"):
        notice = Document.objects.get(kind="placement_notice")
    assert alert.body["about_reference"] == notice.reference
    assert alert.body["area_alert"] == host_alerts.RING_US
    assert "CANARY" not in str(alert.body)
    assert "Barnsley" not in str(alert.body)


def test_without_an_agreement_no_host_is_told(priya):
    assert alerts_after_a_change(NEIGHBOUR) == []


def test_an_agreement_that_was_ended_tells_nothing_more(priya):
    held = agreed(priya)
    with acting_for(priya, "test"):
        host_alerts.end(held.id, by=priya, at=clock.now())
    assert alerts_after_a_change(NEIGHBOUR) == []


def test_the_owner_of_the_area_is_never_told_which_child_lives_near_it(priya):
    agreed(priya)
    assert alerts_after_a_change(HOST) == []


def test_a_condition_that_forbids_other_bodies_forbids_the_alert(priya):
    agreed(priya)
    assert alerts_after_a_change(NEIGHBOUR, condition_kinds=["not_beyond_readers"], conditions="Us only") == []


def test_whoever_was_alerted_by_what_is_taken_back_is_listed_with_the_recall(priya):
    agreed(priya)
    (alert,) = alerts_after_a_change(NEIGHBOUR)
    with acting_for(operator(factories.authority(NEIGHBOUR).id), "test") as by:
        hotspot = Hotspot.objects.get()
        actions.withdraw(hotspot.id, reason="Source unsafe", by=by, at=clock.now())
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.answer_changes(hotspot.authority_id, at=clock.now())
    with acting_for(priya, "test"):
        assert [one.id for one in recalls.uses(recalls.here().get()).alerts] == [alert.id]


def test_alerts_are_agreed_once_and_with_another_authority(priya):
    agreed(priya)
    with pytest.raises(UnreadableField, match="agreed with this host already"):
        agreed(priya)
    with acting_for(priya, "test"), pytest.raises(UnreadableField, match="We are the host"):
        host_alerts.agree(host_id=priya.authority_id, reference="R", by=priya, at=clock.now())
