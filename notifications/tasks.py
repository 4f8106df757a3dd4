"""The work of registered post for Celery. Each for no authority: envelopes and climbs are open to the worker.

Every sweep selects whatever is overdue, however long nobody looked, and leaves a sign of life for the health page.
"""

from uuid import UUID

from celery import shared_task

from audit.life import seen_within, unless_just_done, was_seen
from notifications import digest
from notifications.delivery import bounces, delivery, emails, endpoints
from notifications.ladder import climbing

# Half the time between two sweeps of the timetable.
DELIVERED_SECONDS = 1.0
SWEPT_SECONDS = 5.0


@shared_task
def deliver_due():
    """Send everything that is due: somebody has just written something."""
    delivery.deliver_due()
    was_seen("post")


@shared_task
def sweep_due():
    """Send everything that is due, whoever wrote it and whenever."""
    if not seen_within("post", seconds=DELIVERED_SECONDS):
        deliver_due()


@shared_task
def ask_about_emails(delivery_id: str | None = None):
    """Read what came back and ask what became of the others; of one in any case, if the e-mail service called about it."""
    if delivery_id is None and seen_within("emails", seconds=SWEPT_SECONDS):
        return
    bounces.read_waiting()
    emails.ask_due(UUID(delivery_id) if delivery_id else None)
    was_seen("emails")


@shared_task
@unless_just_done("ladders", seconds=SWEPT_SECONDS)
def climb_due():
    """Take every step of a ladder that is due."""
    climbing.climb_due()


@shared_task
def look_at_climb(document_id: str, sender_id: str):
    """End the climb of a document that a person has just answered."""
    climbing.look_at(UUID(document_id), UUID(sender_id))


@shared_task
@unless_just_done("challenges", seconds=SWEPT_SECONDS)
def send_challenges():
    """Ask new endpoints for their proof."""
    endpoints.challenge_due()


@shared_task
def send_digests():
    """Tell people how many new lines wait for them."""
    digest.send_waiting()
