"""The log-book's work for Celery: seal, write a checkpoint, leave a sign of life."""

from celery import shared_task
from django.db import connection

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
    """Say that beat sent a task and that a worker ran it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_signoflife (part, seen_at) "
            "select part, clock_timestamp() from unnest(array['worker', 'beat']) as part "
            "on conflict (part) do update set seen_at = excluded.seen_at"
        )
