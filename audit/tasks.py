"""The log-book's work for Celery: seal, write a checkpoint, leave a sign of life."""

from celery import shared_task
from celery.signals import before_task_publish
from django.db import close_old_connections, connection

from audit import seal


@shared_task
def seal_log():
    """Seal what was written since the last second."""
    seal.seal()


@shared_task
def write_checkpoint():
    """Write the heads of all chains to the checkpoint file."""
    seal.write_checkpoint()


@shared_task
def heartbeat():
    """Say that a worker runs what beat sends."""
    _was_seen("worker")


@before_task_publish.connect(sender="audit.tasks.heartbeat")
def beat_is_alive(**_):
    """Runs in beat, which sends the heartbeat: a dead worker is then not taken for a dead beat."""
    close_old_connections()
    _was_seen("beat")


def _was_seen(part: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_signoflife (part, seen_at) values (%s, clock_timestamp()) "
            "on conflict (part) do update set seen_at = excluded.seen_at",
            [part],
        )
