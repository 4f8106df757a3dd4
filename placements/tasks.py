"""The register's work for Celery: screen what an import left, raise what is owed. Each runs for one authority."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from audit.timetable import Sweep
from db import clock
from hotspots import changes
from notifications.directory import directory_watch
from placements import return_interviews
from placements.letters import jobs
from placements.overlay import large_files, recheck
from placements.owed import sweeps
from placements.pack import requests
from placements.place import new_boundaries
from placements.telling import bounced

logger = logging.getLogger(__name__)


@shared_task(base=Sweep, part="screening")
def screen_pending():
    """Screen what is not screened, or not since shadow mode ended, in those registers in which something waits."""
    at = clock.now()
    _of_each(sweeps.registers_waiting(at=at), screen_register_now, at)


@shared_task(base=Sweep, part="duties")
def raise_duties():
    """Raise the duties that should exist and do not, authority by authority."""
    of_each_authority(sweeps.raise_missing_duties)
    of_each_authority(directory_watch.raise_owed)


@shared_task(base=Sweep, part="came_back")
def look_at_notices_that_came_back():
    """Reopen what an e-mail that came back had closed, authority by authority."""
    of_each_authority(bounced.look_at)


@shared_task
def screen_register(authority_id: str):
    """Screen one authority's register now, and raise what it owes: the nudge of an import, or of shadow mode's end."""
    at = clock.now()
    screen_register_now(UUID(authority_id), at=at)
    sweeps.raise_missing_duties(UUID(authority_id), at=at)


@shared_task
def check_after_changes(owner_id: str):
    """Check every register anew for what changed about one owner's areas: the nudge of whoever changed them.

    What time alone brought is left to the sweep.
    """
    recheck.answer_changes(UUID(owner_id), at=clock.now(), time_passes=False)


@shared_task(base=Sweep, part="changes")
def check_after_all_changes():
    """The same for every owner for whom something waits: a lost nudge, an expiry, an agreement's end, a recall."""
    _of_each(changes.owners_waiting(), recheck.answer_changes, clock.now())


@shared_task(base=Sweep, part="judging")
def judge_again():
    """Judge every register again that was not since boundaries were switched."""
    of_each_authority(new_boundaries.judge_again)


@shared_task
def take_in_missing(authority_id: str):
    """Take in what was said of one authority's missing children now: the nudge of whoever said it."""
    return_interviews.take_in(UUID(authority_id), at=clock.now())


@shared_task(base=Sweep, part="missing")
def take_in_all_missing():
    """The same for every authority: what a lost nudge left behind."""
    of_each_authority(return_interviews.take_in)


@shared_task
def make_packs(authority_id: str):
    """Make one authority's inspection packs that wait: the nudge of whoever asked."""
    requests.make_waiting(UUID(authority_id), at=clock.now())


@shared_task(base=Sweep, part="packs")
def make_all_packs():
    """The same for every authority, and forget the packs that expired."""
    of_each_authority(requests.make_waiting)


@shared_task
def make_letters(authority_id: str):
    """Make what waits of one authority's letters for many children: the nudge of whoever asked."""
    jobs.make_waiting(UUID(authority_id), at=clock.now())


@shared_task(base=Sweep, part="letters")
def make_all_letters():
    """The same for every authority: what a lost nudge or a dead worker left; and forget the files that expired."""
    of_each_authority(jobs.make_waiting)


def screen_register_now(authority_id: UUID, *, at: datetime) -> None:
    sweeps.screen_pending(authority_id, at=at)
    recheck.check_after_shadow(authority_id, at=at)


@shared_task
def work_on_files(owner_id: str):
    """Do what waits to be done with one owner's large files: the nudge of whoever asked."""
    large_files.work_on_waiting(UUID(owner_id), at=clock.now())


@shared_task(base=Sweep, part="files")
def work_on_all_files():
    """The same for every owner for whom something waits: what a lost nudge or a dead worker left."""
    _of_each(large_files.owners_waiting(), large_files.work_on_waiting, clock.now())


def of_each_authority(sweep: Callable[..., object]) -> None:
    _of_each(sweeps.responsible_authorities(), sweep, clock.now())


def _of_each(authority_ids: Iterable[UUID], sweep: Callable[..., object], at: datetime) -> None:
    """Run a sweep for one authority after another; a fault in the rows of one must not hold up the others."""
    for authority_id in authority_ids:
        try:
            sweep(authority_id, at=at)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("the %s of authority %s failed", sweep.__name__, authority_id)
