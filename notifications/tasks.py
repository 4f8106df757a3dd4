"""The work of registered post for Celery: send what is due."""

from celery import shared_task

from notifications import delivery


@shared_task
def deliver_due():
    """Send everything that is due: for no authority, since the envelope is open to the worker (decisions, section 2)."""
    delivery.deliver_due()
