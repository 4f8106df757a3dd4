"""What does an owner learn from the list of who was shown what? Of a closed address nothing, wherever it moves its area."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection

from accounts.acting import acting_for, operator, service
from accounts.roles import Role
from db import clock
from hotspots import actions
from hotspots.models import Disclosure, Recall, Shown
from notifications.models import Document
from placements.models import NewLine, RecalledHere
from placements.overlay import recalls, recheck
from tests import databases, factories
from tests.hotspots import world as areas
from tests.placements.test_recheck import (  # noqa: F401
    NEAR,
    OWNER,
    READER,
    answer,
    placed,
    published,
    sam,
)

FAR = 2_000


def shown() -> list[tuple[str, str]]:
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        return sorted(Shown.objects.values_list("level", "purpose"))


def closed_one(by):
    return factories.placement_at("proposed", by, of=factories.child(by), place=NEAR, is_restricted=True)


def withdraw(hotspot_id, at) -> None:
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    with acting_for(farah, "test"):
        actions.withdraw(hotspot_id, reason="Source unsafe", by=farah, at=at)


def test_an_area_that_is_published_beside_a_closed_address_and_one_far_from_it_read_alike(sam):  # noqa: F811
    closed_one(sam)
    registered = shown()
    published(metres_east=FAR, reference="A1")
    answer()
    after_the_far_one = shown()
    published(metres_east=300, reference="A2")
    answer()
    assert registered == after_the_far_one == shown() == []
    with acting_for(sam, "test"):
        assert [line.words for line in NewLine.objects.all()] == [["Ask Sheffield's exploitation lead."]]
        assert list(Disclosure.objects.values_list("is_closed", flat=True)) == [True]


def test_a_closed_address_among_open_ones_adds_nothing_to_the_list(sam):  # noqa: F811
    published()
    answer()
    placed(sam)
    without = shown()
    closed_one(sam)
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.check_all(sam.authority_id, at=clock.now())
    assert {level for level, _ in without} == {"proximity"}
    assert {level for level, _ in shown()} == {"proximity"}


def test_who_was_told_about_a_closed_address_alone_hears_of_a_recall_and_the_owner_not_of_them(sam):  # noqa: F811
    hotspot_id = published()
    answer()
    closed_one(sam)
    withdraw(hotspot_id, clock.now())
    answer()
    with acting_for(service(sam.authority_id), "test"):
        assert RecalledHere.objects.count() == 1
        assert not Document.objects.filter(kind=Document.Kind.AREA_RECALL).exists()
        assert NewLine.objects.filter(what="recalled").exists()
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        assert [one.told for one in Recall.objects.all()] == [[]]


def test_a_colleague_without_a_grant_reads_of_a_recall_nothing_about_a_closed_address(sam):  # noqa: F811
    hotspot_id = published()
    answer()
    closed_one(sam)
    withdraw(hotspot_id, clock.now())
    answer()
    colleague = factories.person(READER, Role.SUPERVISOR, name="Ines Costa")
    with acting_for(sam, "test"):
        assert len(recalls.uses(recalls.here().get()).screenings) == 1
    with acting_for(colleague, "test"):
        used = recalls.uses(recalls.here().get())
    assert (used.screenings, used.readings, used.other_readings) == ([], [], [])


def test_who_was_shown_an_area_long_ago_hears_that_it_was_taken_back(sam):  # noqa: F811
    hotspot_id = published()
    answer()
    placed(sam)
    later = clock.now() + timedelta(days=200)
    clock.set_to(later)
    assert shown() == [], "the owner's page goes no further back than 92 days"
    withdraw(hotspot_id, later)
    answer(at=later)
    with acting_for(service(sam.authority_id), "test"):
        assert Document.objects.filter(kind=Document.Kind.AREA_RECALL, recipient_id=sam.authority_id).count() == 1
        assert RecalledHere.objects.count() == 1
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        assert [one.told for one in Recall.objects.all()] == [[factories.authority(READER).id]]


def test_the_web_may_not_ask_who_was_told_about_closed_addresses(committing):
    with pytest.raises(ProgrammingError, match="permission denied"), areas.acting(OWNER), connection.cursor() as cursor:
        cursor.execute("select * from hotspots_told('{}')")
