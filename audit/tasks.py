"""The log-book's work for Celery: seal, write a checkpoint, leave a sign of life."""

from celery import shared_task
from celery.signals import before_task_publish
from django.db import close_old_connections

from audit import seal
from audit.life import was_seen
from audit.timetable import Sweep


@shared_task(base=Sweep, part="sealer")
def seal_log():
    """Seal what was written since the last second."""
    seal.seal()


@shared_task(base=Sweep, part="checkpoints")
def write_checkpoint():
    """Write the heads of all chains to the checkpoint file."""
    seal.write_checkpoint()


@shared_task
def heartbeat():
    """Say that a worker runs what beat sends."""
    was_seen("worker")


@before_task_publish.connect(sender="audit.tasks.heartbeat")
def beat_is_alive(**_):
    """Runs in beat, which sends the heartbeat: a dead worker is then not taken for a dead beat."""
    close_old_connections()
    was_seen("beat")
