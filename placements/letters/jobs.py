"""How are the letters of many children made? Asked for as rows; workers make them, child by child, whatever stops.

A worker takes one child at a time under a lease that is committed before the letters are made, so that one that dies
leaves nothing behind but a child whose turn comes again. What cannot be done for one child holds up no other.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import policy
from accounts.acting import Actor, acting_for, service
from accounts.roles import Role
from audit import log
from audit.models import ClockTimestamp
from db import clock
from notifications.delivery import outbox
from placements.actions.placements import locked
from placements.exceptions import PlacementError, PlacementNotFound, UnreadableField
from placements.letters import check, offered, prepare, printing
from placements.letters.check import About, Standing
from placements.letters.exceptions import NothingToWrite, PrintNotReady
from placements.models import Letter, LetterJob, LetterJobLine, Placement

ASKING = "letters.prepare_many"
MAKE = "placements.tasks.make_letters"
PURPOSE = "making letters for many children"
CHILDREN_AT_ONCE = 500
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
KEPT_FOR = timedelta(days=7)
# A task makes letters for so long and then lets the next one go on, so that other work has its turn.
MAKING_SECONDS = 20.0
FAULT = "These letters could not be made: a fault of Placewatch’s own, three times. Make them on the child’s own page."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """How far a job is, in children; and for which of them no letter was made, with why."""

    children: int
    done: int
    refused: tuple[LetterJobLine, ...]

    @property
    def is_finished(self) -> bool:
        return self.done == self.children


def jobs(authority_id: UUID) -> QuerySet[LetterJob]:
    """An authority's jobs, the latest first, without their bytes."""
    return LetterJob.objects.filter(authority_id=authority_id).defer("content").order_by("-asked_at", "id")


def progress(job: LetterJob) -> Progress:
    """How far a job is now."""
    lines = list(job.lines.select_related("placement__child").order_by("number"))
    done = [one for one in lines if one.done_at]
    return Progress(len(lines), len(done), tuple(one for one in done if one.refused))


@transaction.atomic
def ask(*, placement_ids: Iterable[UUID], about: str, by: Actor, at: datetime) -> LetterJob:
    """Ask for all letters that can be made for many children; workers make them.

    Raises NotPermitted, NothingToWrite, PlacementNotFound, UnreadableField (too many at once).
    """
    policy.require(ASKING, by.role)
    wanted = list(dict.fromkeys(placement_ids))
    if not wanted:
        raise NothingToWrite
    if len(wanted) > CHILDREN_AT_ONCE:
        raise UnreadableField("placements", f"Choose {CHILDREN_AT_ONCE} children at most, and the others after them.")
    if Placement.objects.filter(authority_id=by.authority_id, id__in=wanted).count() < len(wanted):
        raise PlacementNotFound
    job = LetterJob.objects.create(
        authority_id=by.authority_id,
        about=About(about),
        asked_at=at,
        asked_by=by.name,
        role=by.role,
        person_id=by.person_id,
        client_id=by.client_id,
    )
    LetterJobLine.objects.bulk_create(
        LetterJobLine(authority_id=by.authority_id, job=job, placement_id=one, number=number)
        for number, one in enumerate(wanted, start=1)
    )
    log.record(operation=ASKING, subject_kind="letter_job", subject_ids=[job.id], detail={"children": len(wanted)})
    _nudge(by.authority_id)
    return job


def make_waiting(authority_id: UUID, *, at: datetime) -> int:
    """Make what waits in an authority's jobs, and empty the files that expired; for how many children, as the worker."""
    with acting_for(service(authority_id), PURPOSE):
        _forget(authority_id, at=at)
        waiting = list(jobs(authority_id).filter(made_at=None).order_by("asked_at", "id"))
    ends, made = time.monotonic() + MAKING_SECONDS, 0
    for job in waiting:
        while line := _taken(job):
            made += _make(job, line)
            if time.monotonic() > ends:
                outbox.nudge(MAKE, str(authority_id))
                return made
        _print(job)
    return made


def is_printed(job: LetterJob, going: list[Letter], *, at: datetime) -> bool:
    """Whether the job's file for the printer is kept and holds exactly the letters that may go out now."""
    references = [one.reference for one in offered.on_paper(going)]
    return job.content is not None and at < job.expires_at and job.holds == references


def printed(job: LetterJob, going: list[Letter], *, at: datetime) -> bytes:
    """The job's file for the printer. Raises PrintNotReady."""
    if not is_printed(job, going, at=at):
        raise PrintNotReady
    return bytes(job.content)


@transaction.atomic
def print_anew(*, job_id: UUID, by: Actor, at: datetime) -> LetterJob:
    """Let the file for the printer be made again: it expired, or what may go out has changed.

    Raises NotPermitted, LetterJob.DoesNotExist.
    """
    policy.require(ASKING, by.role)
    job = LetterJob.objects.select_for_update().get(authority_id=by.authority_id, id=job_id)
    LetterJob.objects.filter(id=job.id).update(made_at=None, content=None, holds=[], expires_at=None)
    log.record(operation=ASKING, subject_kind="letter_job", subject_ids=[job.id])
    _nudge(by.authority_id)
    return job


def _nudge(authority_id: UUID) -> None:
    transaction.on_commit(partial(outbox.nudge, MAKE, str(authority_id)), robust=True)


def _asker(job: LetterJob) -> Actor:
    """Whoever asked: the letters are theirs, and reach what they may read."""
    role = Role(job.role)
    return Actor(job.authority_id, role, job.asked_by, person_id=job.person_id, client_id=job.client_id)


def _taken(job: LetterJob) -> LetterJobLine | None:
    """The next child that nobody holds, now held for two minutes; None where none is left."""
    with acting_for(service(job.authority_id), PURPOSE):
        free = Q(lease=None) | Q(leased_until__lte=ClockTimestamp())
        rows = LetterJobLine.objects.filter(free, job=job, done_at=None).order_by("number")
        line = rows.select_for_update(skip_locked=True).first()
        if line is None:
            return None
        line.lease, line.tries = uuid4(), line.tries + 1
        held = {"lease": line.lease, "leased_until": ClockTimestamp() + LEASE, "tries": line.tries}
        LetterJobLine.objects.filter(id=line.id).update(**held)
        return line


def _make(job: LetterJob, line: LetterJobLine) -> bool:
    try:
        with acting_for(_asker(job), PURPOSE):
            if not LetterJobLine.objects.select_for_update().filter(id=line.id, lease=line.lease).exists():
                return False
            at = clock.now()
            # Workers that died with it are tries too.
            return _end(line, FAULT if line.tries > MOST_TRIES else _why_not(job, line, at=at), at=at)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        logger.exception("line %s of letter job %s stopped", line.id, job.id)
        with acting_for(service(job.authority_id), PURPOSE):
            if line.tries >= MOST_TRIES:
                return _end(line, FAULT, at=clock.now())
            LetterJobLine.objects.filter(id=line.id, lease=line.lease).update(lease=None, leased_until=None)
        return False


def _end(line: LetterJobLine, refused: str, *, at: datetime) -> bool:
    held = LetterJobLine.objects.filter(id=line.id, lease=line.lease)
    return bool(held.update(done_at=at, refused=refused, lease=None, leased_until=None))


def _why_not(job: LetterJob, line: LetterJobLine, *, at: datetime) -> str:
    """Make a child's letters; blank where they are made, else why not."""
    by = _asker(job)
    try:
        with transaction.atomic():
            placement = locked(line.placement_id, None, by)
            listed = check.lines(placement, About(job.about), on=clock.london_date(at))
            ready = [one.correspondent.id for one in listed if one.standing is Standing.READY]
            arguments = {"placement_id": line.placement_id, "about": job.about, "correspondent_ids": ready}
            prepare.prepare(**arguments, batch=job.id, by=by, at=at)
    except PlacementError as refusal:
        return str(refusal)
    return ""


def _print(job: LetterJob) -> None:
    """Make the one file for the printer once every child is done; by one worker."""
    with acting_for(_asker(job), PURPOSE):
        rows = LetterJob.objects.select_for_update(skip_locked=True).filter(id=job.id, made_at=None)
        if not rows.exists() or LetterJobLine.objects.filter(job=job, done_at=None).exists():
            return
        going = offered.on_paper(offered.to_go_out(offered.of_batch(job.id)))
        at = clock.now()
        LetterJob.objects.filter(id=job.id).update(
            made_at=at,
            content=printing.job([one.html for one in going]) if going else None,
            holds=[one.reference for one in going],
            expires_at=at + KEPT_FOR,
        )
        log.record(
            operation=ASKING, subject_kind="letter_job", subject_ids=[job.id], detail={"letters_on_paper": len(going)}
        )


def _forget(authority_id: UUID, *, at: datetime) -> None:
    gone = LetterJob.objects.filter(authority_id=authority_id, content__isnull=False, expires_at__lte=at)
    forgotten = list(gone.values_list("id", flat=True))
    if forgotten:
        gone.update(content=None)
        log.record(operation="letters.forget", subject_kind="letter_job", subject_ids=forgotten)
