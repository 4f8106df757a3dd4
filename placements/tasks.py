"""The register's work for Celery: screen what an import left, raise what is owed. Each runs for one authority."""

import logging
from collections.abc import Callable
from uuid import UUID

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from db import clock
from placements import sweeps

logger = logging.getLogger(__name__)


@shared_task
def screen_pending():
    """Screen what is not screened, authority by authority."""
    _of_each_authority(sweeps.screen_pending)


@shared_task
def raise_duties():
    """Raise the duties that should exist and do not, authority by authority."""
    _of_each_authority(sweeps.raise_missing_duties)


@shared_task
def screen_register(authority_id: str):
    """Screen one authority's register now, and raise what it owes: an import's nudge."""
    at = clock.now()
    sweeps.screen_pending(UUID(authority_id), at=at)
    sweeps.raise_missing_duties(UUID(authority_id), at=at)


def _of_each_authority(sweep: Callable[..., int]) -> None:
    """Run a sweep for one authority after another; a fault in the rows of one must not hold up the others."""
    at = clock.now()
    for authority_id in sweeps.responsible_authorities():
        try:
            sweep(authority_id, at=at)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("the %s of authority %s failed", sweep.__name__, authority_id)
