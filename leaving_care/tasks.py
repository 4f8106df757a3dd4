"""The work of leaving care for Celery: what is owed to young people, kept up authority by authority."""

from uuid import UUID

from celery import shared_task

from audit.timetable import Sweep
from db import clock
from leaving_care import host_duties, milestone_duties, offer_duties
from placements.tasks import of_each_authority


@shared_task(base=Sweep, part="milestones")
def keep_milestones():
    """Bring the leaving-care duties of every authority up to date: birthdays, clocks, and what a lost run left."""
    of_each_authority(milestone_duties.keep_all)


@shared_task(base=Sweep, part="handovers")
def keep_received():
    """Give every authority its tasks about handovers that it received, answers to its own, and its local offers."""
    of_each_authority(host_duties.keep_received)
    of_each_authority(host_duties.keep_answers)
    of_each_authority(offer_duties.keep_offers)


@shared_task
def keep_milestones_of(authority_id: str):
    """The same for one authority now: an import's nudge."""
    milestone_duties.keep_all(UUID(authority_id), at=clock.now())
