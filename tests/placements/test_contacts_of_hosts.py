"""A host of which no contact is on file is a task until one is; a successor is reached as those before it were."""

from datetime import date

import pytest

from duties.models import Duty
from notifications import documents
from notifications.directory import directory_watch
from notifications.models import Contact, Document
from placements.models import Placement
from placements.owed import found_again, sweeps
from tests.factories import LEEDS, NOON, acting, authority, person, placement_at
from tests.notifications.test_contacts import enter

pytestmark = pytest.mark.django_db
CUMBRIA, CUMBERLAND = "E10000006", "E06000063"


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


def tasks(hari) -> list[Duty]:
    with acting(hari):
        return list(Duty.objects.filter(kind=directory_watch.FIND, closed_at=None))


def test_the_task_to_find_a_contact_closes_once_one_is_on_file(hari):
    placement_at(Placement.Status.PROPOSED, hari)
    assert [one.title for one in tasks(hari)] == [
        "Find out whom to tell at Leeds: no contact for placement notices is on file"
    ]
    directory_watch.raise_owed(hari.authority_id, at=NOON)
    assert len(tasks(hari)) == 1

    enter(authority(LEEDS).id)
    directory_watch.raise_owed(hari.authority_id, at=NOON)

    assert tasks(hari) == []


def test_of_a_closed_address_it_closes_too_and_never_names_the_host(hari):
    placement_at(Placement.Status.PROPOSED, hari, is_restricted=True)
    [task] = tasks(hari)
    assert "Leeds" not in task.title

    enter(authority(LEEDS).id)
    sweeps.raise_missing_duties(hari.authority_id, at=NOON)

    assert tasks(hari) == []
    with acting(hari):
        task.refresh_from_db()
    assert task.evidence == "A contact of the host is on file by now."


def asked_for(hari) -> list[str]:
    with acting(hari):
        return [one.title for one in found_again.of_authority(hari.authority_id, at=NOON) if one.kind == "find_contact"]


def test_a_successor_needs_no_contact_of_its_own_while_its_predecessors_is_on_file(hari):
    enter(authority(LEEDS).id)
    plan, successor = placement_at(Placement.Status.PROPOSED, hari), authority(CUMBERLAND)
    with acting(hari):
        documents.compose(
            sender_id=hari.authority_id,
            recipient_id=successor.id,
            kind=Document.Kind.ENDING_NOTICE,
            subject_id=plan.id,
            body={"child_reference": "CH-1"},
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            by=hari.name,
            at=NOON,
        )
    assert asked_for(hari) == ["Find out whom to tell at Cumberland: no contact for placement notices is on file"]

    enter(authority(CUMBRIA).id, starts_on=date(2020, 1, 1), purpose=Contact.Purpose.PLACEMENT_NOTICES)

    assert asked_for(hari) == []
