"""The register's work for Celery: screen what an import left, raise what is owed. Each runs for one authority."""

from uuid import UUID

from celery import shared_task

from db import clock
from placements import return_interviews, sweeps
from placements.pack import requests


@shared_task
def screen_pending():
    """Screen what is not screened, authority by authority."""
    at = clock.now()
    for authority_id in sweeps.responsible_authorities():
        sweeps.screen_pending(authority_id, at=at)


@shared_task
def raise_duties():
    """Raise the duties that should exist and do not, authority by authority."""
    at = clock.now()
    for authority_id in sweeps.responsible_authorities():
        sweeps.raise_missing_duties(authority_id, at=at)


@shared_task
def screen_register(authority_id: str):
    """Screen one authority's register now, and raise what it owes: an import's nudge."""
    at = clock.now()
    sweeps.screen_pending(UUID(authority_id), at=at)
    sweeps.raise_missing_duties(UUID(authority_id), at=at)


@shared_task
def take_in_missing(authority_id: str):
    """Take in what was said of one authority's missing children now: the nudge of whoever said it."""
    return_interviews.take_in(UUID(authority_id), at=clock.now())


@shared_task
def take_in_all_missing():
    """The same for every authority: what a lost nudge left behind."""
    at = clock.now()
    for authority_id in sweeps.responsible_authorities():
        return_interviews.take_in(authority_id, at=at)


@shared_task
def make_packs(authority_id: str):
    """Make one authority's inspection packs that wait: the nudge of whoever asked."""
    requests.make_waiting(UUID(authority_id), at=clock.now())


@shared_task
def make_all_packs():
    """The same for every authority, and forget the packs that expired."""
    at = clock.now()
    for authority_id in sweeps.responsible_authorities():
        requests.make_waiting(authority_id, at=at)
