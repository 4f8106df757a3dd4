"""What is done with a file of areas that is too large to wait for? A worker reads it, looks ahead, or brings it in.

The row is first: whoever sent the file, or asked, may go away. A worker commits its lease before it reads, says how far it
is, and does the rest in one transaction that holds only while the lease does: one that dies leaves nothing behind but a
file whose turn comes again.
"""

import logging
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.db.models import Q

from accounts.acting import Actor, acting_for, service
from accounts.roles import Role
from audit.models import ClockTimestamp
from db import clock
from hotspots import changes, nudging
from hotspots.exceptions import FileRefused, HotspotError
from hotspots.files import importing, uploads
from hotspots.files.importing import Progress, Reading
from hotspots.models import Upload
from notifications.delivery import outbox
from placements.overlay import effect

PURPOSE = "a large file of areas"
# Longer than the reader may take before the first row (geo/reading/reader.py); each word of how far it is renews it.
LEASE = timedelta(minutes=4)
MOST_TRIES = 3
SECONDS_BETWEEN_WORDS = 1.0
# A task works for so long and then lets the next one go on, so that other work has its turn.
WORKING_SECONDS = 20.0
FAULT = "This file could not be worked on: a fault of Placewatch’s own, three times. Divide it, or tell who runs Placewatch."

logger = logging.getLogger(__name__)


class _Dropped(Exception):
    """The file was let go, or is another worker's, while it was being read."""


def owners_waiting() -> list[UUID]:
    """The authorities of whose files something is to be done: one question for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("select uploads_waiting(%s::uuid[])", [changes.owners()])
        return [owner_id for (owner_id,) in cursor.fetchall()]


def work_on_waiting(owner_id: UUID, *, at: datetime) -> int:
    """Do what waits to be done with an owner's files, one after another; how many were done with, as the worker."""
    ends, done = time.monotonic() + WORKING_SECONDS, 0
    while upload := _taken(owner_id):
        done += _work(upload)
        if time.monotonic() > ends:
            outbox.nudge(nudging.FILES, str(owner_id))
            break
    return done


def _taken(owner_id: UUID) -> Upload | None:
    """The next file that nobody holds, now held; None where none is left."""
    with acting_for(service(owner_id), PURPOSE):
        free = Q(lease=None) | Q(leased_until__lte=ClockTimestamp())
        rows = Upload.objects.filter(free, authority_id=owner_id, state__in=Upload.WORKED_ON).order_by(
            "received_at", "id"
        )
        upload = rows.select_for_update(of=["self"], skip_locked=True).select_related("authority").first()
        if upload is None:
            return None
        upload.lease, upload.tries = uuid4(), upload.tries + 1
        held = {"lease": upload.lease, "leased_until": ClockTimestamp() + LEASE, "tries": upload.tries}
        Upload.objects.filter(id=upload.id).update(**held)
        return upload


def _work(upload: Upload) -> bool:
    try:
        # Workers that died with it are tries too.
        if upload.tries > MOST_TRIES:
            raise FileRefused(FAULT, reason="fault")
        rows = importing.read(
            bytes(upload.content), owner=upload.authority, srid=upload.srid, told=_word_of_progress(upload)
        )
        with acting_for(_asker(upload), PURPOSE) as by:
            if not Upload.objects.select_for_update().filter(id=upload.id, lease=upload.lease).exists():
                return False
            _do(upload, rows, by=by, at=clock.now())
            return True
    except SoftTimeLimitExceeded:
        raise
    except _Dropped:
        return False
    except HotspotError as refusal:
        return _refuse(upload, refusal)
    except Exception:
        logger.exception("upload %s stopped", upload.id)
        return _try_again(upload)


def _do(upload: Upload, rows: Reading, *, by: Actor, at: datetime) -> None:
    """What was asked of the file; a refusal takes all of it back."""
    match upload.state:
        case Upload.State.READING:
            would = importing.preview_rows(rows, owner=upload.authority, by=by, at=at)
            _waits(upload, would=uploads.written(would))
        case Upload.State.LOOKING:
            effect.preview_of_rows(upload, uploads.how_of(upload), rows, by=by, at=at)
            _waits(upload)
        case Upload.State.BRINGING_IN:
            done = uploads.carry_out(upload, uploads.how_of(upload), rows, by=by, at=at)
            uploads.answered(upload, Upload.State.BROUGHT_IN, uploads.written(done), by=by, at=at)


def _waits(upload: Upload, **also: object) -> None:
    """The file waits for its answer."""
    waits = {"state": Upload.State.WAITING, "lease": None, "leased_until": None, **also}
    Upload.objects.filter(id=upload.id, lease=upload.lease).update(**waits)


def _refuse(upload: Upload, refusal: HotspotError) -> bool:
    """Say why on the file: one that was being read has its answer, any other goes on waiting."""
    why = {
        "sentence": getattr(refusal, "sentence", str(refusal)),
        "code": getattr(refusal, "reason", "refused"),
        "rows": list(getattr(refusal, "faults", ())),
    }
    with acting_for(service(upload.authority_id), PURPOSE) as by:
        held = Upload.objects.select_for_update().filter(id=upload.id, lease=upload.lease).defer("content").first()
        if held is None:
            return False
        if held.state == Upload.State.READING:
            held.refused = why
            uploads.answered(held, Upload.State.REFUSED, None, by=by, at=clock.now())
        else:
            _waits(upload, refused=why)
        return True


def _try_again(upload: Upload) -> bool:
    """Give the file back; after the last try say so on it."""
    if upload.tries >= MOST_TRIES:
        return _refuse(upload, FileRefused(FAULT, reason="fault"))
    with acting_for(service(upload.authority_id), PURPOSE):
        Upload.objects.filter(id=upload.id, lease=upload.lease).update(lease=None, leased_until=None)
    return False


def _asker(upload: Upload) -> Actor:
    """Whoever asked: what the file brings is theirs."""
    return Actor(
        upload.authority_id,
        Role(upload.role),
        upload.asked_by,
        person_id=upload.person_id,
        client_id=upload.client_id,
    )


def _word_of_progress(upload: Upload) -> Progress:
    """Keep how far the reading is, and the lease with it, at most once a second."""
    said_at = 0.0

    def tell(looked_at: int, rows: int) -> None:
        nonlocal said_at
        if looked_at < rows and time.monotonic() - said_at < SECONDS_BETWEEN_WORDS:
            return
        said_at = time.monotonic()
        with acting_for(service(upload.authority_id), PURPOSE):
            held = Upload.objects.filter(id=upload.id, lease=upload.lease)
            far = {"rows": rows, "rows_read": looked_at, "leased_until": ClockTimestamp() + LEASE}
            if not held.update(**far):
                raise _Dropped

    return tell
