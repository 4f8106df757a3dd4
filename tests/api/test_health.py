"""Does the health page name the part that is missing, and nothing else?"""

from datetime import timedelta

from celery import current_app
from django.db import connection
from django.test import Client

from tests import databases


def seen(part: str, ago: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_signoflife (part, seen_at) values (%s, clock_timestamp() - %s)"
            " on conflict (part) do update set seen_at = excluded.seen_at",
            [part, ago],
        )


def test_ready_when_all_parts_were_seen_within_30_seconds(committing):
    seen("worker", timedelta(seconds=5))
    seen("post", timedelta(seconds=5))
    seen("beat", timedelta(seconds=5))

    response = Client().get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "broker": "ok", "worker": "ok", "post": "ok", "beat": "ok"}


def test_a_part_that_was_not_seen_is_named(committing):
    seen("worker", timedelta(seconds=5))
    seen("post", timedelta(seconds=5))
    seen("beat", timedelta(seconds=31))

    response = Client().get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "ok", "worker": "ok", "post": "ok", "beat": "down"}


def test_without_a_broker_the_broker_is_named(committing, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis://127.0.0.1:1/0")

    assert Client().get("/health/ready").json()["broker"] == "down"


def test_without_a_database_ready_answers_and_live_does_not_care(committing):
    with databases.pointed_to("no_such_database"):
        ready = Client().get("/health/ready")
        live = Client().get("/health/live")

    assert ready.status_code == 503
    assert ready.json() == {
        "database": "down",
        "broker": "ok",
        "worker": "unknown",
        "post": "unknown",
        "beat": "unknown",
    }
    assert live.status_code == 200
