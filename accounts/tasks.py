"""The doors' work for Celery: forget what was kept for a while only."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.db.models.functions import Now
from oauth2_provider.models import clear_expired

from accounts.acting import acting_for, service
from accounts.models import IdempotencyKey
from audit.timetable import Sweep
from geo.models import Authority

KEPT_FOR = timedelta(days=30)
PURPOSE = "forget old answers"


@shared_task(base=Sweep, part="old_answers")
def forget_old_answers():
    """Forget the remembered answers of every authority after 30 days, and access tokens that have expired."""
    for authority_id in Authority.objects.values_list("id", flat=True):
        forget_old_answers_of(authority_id)
    clear_expired()


def forget_old_answers_of(authority_id: UUID) -> int:
    """Forget an authority's remembered answers that are older than 30 days; returns how many."""
    with acting_for(service(authority_id), PURPOSE):
        old = IdempotencyKey.objects.filter(authority_id=authority_id, created_at__lt=Now() - KEPT_FOR)
        return old.delete()[0]
