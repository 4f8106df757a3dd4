"""The work of registered post for Celery. Each for no authority: envelopes and climbs are open to the worker.

Every sweep selects whatever is overdue, however long nobody looked, and leaves a sign of life for the health page.
"""

from uuid import UUID

from celery import shared_task

from audit.life import was_seen
from audit.timetable import Sweep
from notifications import digest
from notifications.delivery import bounces, delivery, emails, endpoints
from notifications.ladder import climbing


@shared_task
def deliver_due():
    """Send everything that is due: somebody has just written something."""
    delivery.deliver_due()
    was_seen(sweep_due.part)


@shared_task(base=Sweep, part="post")
def sweep_due():
    """Send everything that is due, whoever wrote it and whenever."""
    delivery.deliver_due()


@shared_task(base=Sweep, part="emails")
def ask_about_emails(delivery_id: str | None = None):
    """Read what came back and ask what became of the others; of one in any case, if the e-mail service called about it."""
    bounces.read_waiting()
    emails.ask_due(UUID(delivery_id) if delivery_id else None)


@shared_task(base=Sweep, part="ladders")
def climb_due():
    """Take every step of a ladder that is due."""
    climbing.climb_due()


@shared_task
def look_at_climb(document_id: str, sender_id: str):
    """End the climb of a document that a person has just answered."""
    climbing.look_at(UUID(document_id), UUID(sender_id))


@shared_task(base=Sweep, part="challenges")
def send_challenges():
    """Ask new endpoints for their proof."""
    endpoints.challenge_due()


@shared_task(base=Sweep, part="new_lines")
def send_digests():
    """Tell people how many new lines wait for them."""
    digest.send_waiting()
