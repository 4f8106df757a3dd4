"""Is a worker woken at the commit by whatever changes who may know of an area, and by nothing before it?"""

import json
import os
from base64 import b64decode
from datetime import timedelta

import pytest
import redis
from celery import current_app
from django.db import connection, transaction

from accounts.acting import acting_for, operator
from db import clock
from hotspots import actions, drafting
from hotspots.models import Agreement, Version
from hotspots.sharing import agreements
from tests import factories
from tests.hotspots import world as areas

QUEUE = "work"
OWNER = areas.SHEFFIELD


@pytest.fixture
def queue(committing, monkeypatch):
    """The broker's other database, where nobody but this test listens."""
    url = os.environ["BROKER_URL"].rsplit("/", 1)[0] + "/14"
    messages = redis.from_url(url)
    messages.delete(QUEUE)
    monkeypatch.setattr(current_app.conf, "broker_write_url", url)
    yield messages
    messages.delete(QUEUE)
    messages.close()


@pytest.fixture
def hotspot_id(committing):
    return areas.publish(OWNER, areas.square("A1", concern="CANARY park"), to=areas.ROTHERHAM)[0]


def told(messages) -> list[tuple[str, list[str]]]:
    """Which tasks were asked for, with what."""
    found = []
    while (raw := messages.lpop(QUEUE)) is not None:
        message = json.loads(raw)
        found.append((message["headers"]["task"], json.loads(b64decode(message["body"]))[0]))
    return found


def owner() -> str:
    return str(factories.authority(OWNER).id)


def test_a_lapse_is_told_once_at_the_commit_and_names_the_owner_alone(hotspot_id, queue):
    with transaction.atomic(), acting_for(operator(factories.authority(OWNER).id), "test") as by:
        actions.lapse(hotspot_id, by=by, at=clock.now())
        actions.publish(hotspot_id, by=by, at=clock.now())
        assert queue.llen(QUEUE) == 0
    assert told(queue) == [("placements.tasks.check_after_changes", [owner()])]


@pytest.mark.parametrize("change", ["revise", "unshare", "withdraw", "end", "import"])
def test_every_change_wakes_a_worker(hotspot_id, queue, change):
    with acting_for(operator(factories.authority(OWNER).id), "test") as by:
        at = clock.now() + timedelta(minutes=1)
        version = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None)
        partner = factories.authority(areas.ROTHERHAM).id
        {
            "revise": lambda: drafting.revise(
                hotspot_id,
                said=drafting.said_in(version),
                shape=drafting.shape_in(version),
                number=version.number,
                correction="It was another park.",
                by=by,
                at=at,
            ),
            "unshare": lambda: actions.unshare([hotspot_id], partner_ids=[partner], by=by, at=at),
            "withdraw": lambda: actions.withdraw(hotspot_id, reason="Closed.", by=by, at=at),
            "end": lambda: agreements.end(Agreement.objects.get().id, by=by, at=at),
            "import": lambda: areas.load(OWNER, areas.square("A1", concern="Another park")),
        }[change]()
    assert told(queue) == [("placements.tasks.check_after_changes", [owner()])]


def test_what_is_taken_back_wakes_nobody(hotspot_id, queue):
    with transaction.atomic():
        with acting_for(operator(factories.authority(OWNER).id), "test") as by:
            actions.lapse(hotspot_id, by=by, at=clock.now())
        transaction.set_rollback(True)
    assert connection.run_on_commit == []
    assert told(queue) == []
