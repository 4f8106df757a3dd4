"""What if the broker is away? Saved work stays saved, and waits for whoever sweeps."""

import logging
import os
import socket

import pytest
import redis
from celery import current_app
from django.db import connection, transaction

from notifications.delivery import delivery, outbox

QUEUE = "post"


@pytest.fixture
def broker(monkeypatch):
    """Celery is led to another broker for one test."""

    def lead_to(url):
        monkeypatch.setattr(current_app.conf, "broker_write_url", url)

    return lead_to


@pytest.fixture
def silent():
    """A listener that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def refusing():
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_a_dead_broker_is_a_line_in_the_log_and_no_error(kind, request, broker, caplog):
    broker(request.getfixturevalue(kind))
    with caplog.at_level(logging.WARNING, logger="notifications.delivery.outbox"):
        outbox.nudge()
    assert ["no worker was nudged" in record.message for record in caplog.records] == [True]


def test_a_name_that_leads_nowhere_is_no_error_either(broker):
    broker("redis://broker.invalid:6379/0")
    outbox.nudge()


def test_a_notice_is_saved_with_the_broker_gone(post, broker, refusing, receiver, worker):
    broker(refusing)
    document = post.send()
    with worker():
        delivery.deliver_due()
    assert receiver.taken == [str(post.delivery(document).id)]


def test_a_commit_nudges_once_however_many_documents_it_composed(post, broker):
    other_database = os.environ["BROKER_URL"].rsplit("/", 1)[0] + "/15"
    messages = redis.from_url(other_database)
    messages.delete(QUEUE)
    broker(other_database)
    try:
        with transaction.atomic():
            for _ in range(5):
                post.send()
            assert messages.llen(QUEUE) == 0, "nothing is said before the commit"
        assert messages.llen(QUEUE) == 1
        assert b"notifications.tasks.deliver_due" in messages.lindex(QUEUE, 0)
        assert b"CANARY" not in messages.lindex(QUEUE, 0)
    finally:
        messages.delete(QUEUE)
        messages.close()


def test_a_rollback_nudges_nobody(post):
    with transaction.atomic():
        post.send()
        transaction.set_rollback(True)
    assert connection.run_on_commit == []
