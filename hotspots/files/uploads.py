"""How does a file come in by page or API? It is read and judged at once, waits, and is brought in once, or dropped."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor
from audit import log
from geo.models import Authority
from geo.reading.reader import AREAS, MEBIBYTE
from hotspots import actions
from hotspots.exceptions import FileRefused, UploadHasItsAnswer, UploadNotFound
from hotspots.files.importing import Imported, import_file, preview_file
from hotspots.models import Share, Upload

# Somebody waits for the answer: a larger file comes in by command.
LIMITS = replace(AREAS, cpu_seconds=20, wall_seconds=25, input_bytes=16 * MEBIBYTE)
WAITS = timedelta(days=7)


@transaction.atomic
def receive(content: bytes, *, name: str = "", srid: int | None = None, by: Actor, at: datetime) -> Upload:
    """Read a file and keep it until somebody says what shall become of it; nothing else is changed.

    Refuses (FileRefused) with every bad row by its number; then nothing is kept.
    """
    if not content:
        raise FileRefused("The file is empty.", reason="nothing_in_it")
    owner = Authority.objects.get(id=by.authority_id)
    would = preview_file(content, owner=owner, srid=srid, limits=LIMITS, by=by, at=at)
    old = Upload.objects.filter(authority=owner, state=Upload.State.WAITING)
    old.filter(received_at__lt=at - WAITS).update(
        state=Upload.State.DROPPED, content=b"", done_at=at, done_by="nobody for a week"
    )
    upload = Upload.objects.create(
        authority=owner,
        name=name[:200],
        srid=srid,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        would=_written(would),
        received_at=at,
        received_by=by.name,
    )
    log.record(
        operation="hotspots.upload", subject_kind="upload", subject_ids=[upload.id], detail={"sha256": upload.sha256}
    )
    return upload


@dataclass(frozen=True)
class How:
    """How a file is brought in: new areas as drafts; or published, to these partners or to none."""

    is_published: bool = False
    partner_ids: Collection[UUID] = ()
    level: str = Share.Level.PROXIMITY.value
    distance_metres: int = actions.DEFAULT_DISTANCE_METRES


DRAFTS = How()


def question(upload_id: UUID, how: How) -> dict[str, object]:
    """What the effect of bringing in a file so depends on, beside what is there already."""
    return {"upload": upload_id, **asdict(how), "partner_ids": sorted(str(one) for one in how.partner_ids)}


@transaction.atomic
def bring_in(upload_id: UUID, how: How = DRAFTS, *, by: Actor, at: datetime) -> Upload:
    """Import a file that waits.

    Raises UploadNotFound, UploadHasItsAnswer, FileRefused (where something has changed since), AgreementMissing.
    """
    upload = waiting(upload_id, by=by)
    done = carry_out(upload, how, by=by, at=at)
    return _answered(upload, Upload.State.BROUGHT_IN, _written(done), by=by, at=at)


def carry_out(upload: Upload, how: How, *, by: Actor, at: datetime) -> Imported:
    """What bringing it in does to the areas; the file itself still waits. For a look ahead it is taken back again."""
    done = import_file(bytes(upload.content), owner=upload.authority, srid=upload.srid, limits=LIMITS, by=by, at=at)
    if (how.is_published or how.partner_ids) and done.hotspot_ids:
        actions.share(
            done.hotspot_ids,
            partner_ids=how.partner_ids,
            level=Share.Level(how.level),
            distance_metres=how.distance_metres,
            needs_agreement=True,
            by=by,
            at=at,
        )
    return done


def waiting(upload_id: UUID, *, by: Actor) -> Upload:
    """A file that has no answer yet, locked. Raises UploadNotFound, UploadHasItsAnswer."""
    own = Upload.objects.select_for_update(of=["self"]).select_related("authority")
    upload = own.filter(id=upload_id, authority_id=by.authority_id).first()
    if upload is None:
        raise UploadNotFound
    if upload.state != Upload.State.WAITING:
        raise UploadHasItsAnswer(Upload.State(upload.state).label, upload.done_by)
    return upload


@transaction.atomic
def drop(upload_id: UUID, *, by: Actor, at: datetime) -> Upload:
    """Let a file that waits go; nothing of it is kept but that it was here."""
    upload = waiting(upload_id, by=by)
    return _answered(upload, Upload.State.DROPPED, upload.would, by=by, at=at)


def _answered(upload: Upload, state: Upload.State, would: dict, *, by: Actor, at: datetime) -> Upload:
    upload.state, upload.would, upload.content, upload.done_at, upload.done_by = state, would, b"", at, by.name
    upload.save(update_fields=["state", "would", "content", "done_at", "done_by"])
    log.record(operation=f"hotspots.upload_{state}", subject_kind="upload", subject_ids=[upload.id])
    return upload


def _written(imported: Imported) -> dict:
    return {
        "added": list(imported.added_references),
        "changed": list(imported.changed_references),
        "unchanged": imported.unchanged,
        "notes": list(imported.notes),
    }
