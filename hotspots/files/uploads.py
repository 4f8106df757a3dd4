"""How does a file come in by page or API? It is read and judged, waits, and is brought in once, or dropped.

A small file is read, and brought in, while somebody waits. What is asked of a large one is kept with it, and a worker
does it (placements/overlay/large_files.py).
"""

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
from hotspots import actions, nudging
from hotspots.exceptions import FileRefused, UploadHasItsAnswer, UploadIsWorkedOn, UploadNotFound
from hotspots.files.importing import Imported, Reading, import_rows, preview_rows, read
from hotspots.models import Share, Upload
from hotspots.overlay import previews

MOST_BYTES = AREAS.input_bytes
# Somebody waits for the answer to a file of this size; a larger one is a worker's.
AT_ONCE_BYTES = MEBIBYTE
AT_ONCE = replace(AREAS, cpu_seconds=20, wall_seconds=25, memory_bytes=512 * MEBIBYTE)
WAITS = timedelta(days=7)
# Each may hold 64 MiB for a week.
MOST_KEPT = 20


@transaction.atomic
def receive(content: bytes, *, name: str = "", srid: int | None = None, by: Actor, at: datetime) -> Upload:
    """Take a file and keep it until somebody says what shall become of it; nothing else is changed.

    Refuses (FileRefused) a small file with every bad row by its number; then nothing is kept. A large one is read later,
    and says itself that it was refused.
    """
    if not content:
        raise FileRefused("The file is empty.", reason="nothing_in_it")
    owner = Authority.objects.get(id=by.authority_id)
    is_large = len(content) > AT_ONCE_BYTES
    would = None
    if not is_large:
        would = written(preview_rows(read(content, owner=owner, srid=srid, limits=AT_ONCE), owner=owner, by=by, at=at))
    old = Upload.objects.filter(authority=owner, state=Upload.State.WAITING)
    old.filter(received_at__lt=at - WAITS).update(
        state=Upload.State.DROPPED, content=b"", done_at=at, done_by="nobody for a week"
    )
    if Upload.objects.filter(authority=owner, state__in=Upload.KEPT).count() >= MOST_KEPT:
        raise FileRefused(
            f"{MOST_KEPT} files wait for their answer. Bring them in, or drop them, before you send another.",
            reason="too_many_wait",
        )
    upload = Upload.objects.create(
        authority=owner,
        name=name[:200],
        srid=srid,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state=Upload.State.READING if is_large else Upload.State.WAITING,
        would=would,
        received_at=at,
        received_by=by.name,
        **_asked(by),
    )
    log.record(
        operation="hotspots.upload", subject_kind="upload", subject_ids=[upload.id], detail={"sha256": upload.sha256}
    )
    if is_large:
        nudging.work_on_files_after_commit(owner.id)
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
    return {"upload": upload_id, **_kept_as(how)}


def is_large(upload: Upload) -> bool:
    """Whether a worker does what is asked of the file."""
    return upload.size > AT_ONCE_BYTES


def how_of(upload: Upload) -> How:
    """How the file is to be brought in, as it was asked last."""
    how = How(**upload.how)
    return replace(how, partner_ids=[UUID(one) for one in how.partner_ids])


@transaction.atomic
def bring_in(upload_id: UUID, how: How = DRAFTS, *, by: Actor, at: datetime) -> Upload:
    """Import a file that waits; a large one is then being brought in.

    Raises UploadNotFound, UploadIsWorkedOn, UploadHasItsAnswer; and for a small one FileRefused (where something has
    changed since) and AgreementMissing.
    """
    upload = waiting(upload_id, by=by)
    if is_large(upload):
        return _ask(upload, Upload.State.BRINGING_IN, how, by=by)
    done = carry_out(upload, how, reading(upload), by=by, at=at)
    return answered(upload, Upload.State.BROUGHT_IN, written(done), by=by, at=at)


@transaction.atomic
def look_ahead(upload_id: UUID, how: How, *, by: Actor, at: datetime) -> Upload:
    """Let a worker find out what bringing in a large file so would bring about. Refuses with PreviewsSpent too."""
    upload = waiting(upload_id, by=by)
    previews.require_left(hotspot_id=None, by=by, at=at)
    return _ask(upload, Upload.State.LOOKING, how, by=by)


def reading(upload: Upload) -> Reading:
    """The rows of a file for which somebody waits."""
    limits = AREAS if is_large(upload) else AT_ONCE
    return read(bytes(upload.content), owner=upload.authority, srid=upload.srid, limits=limits)


def carry_out(upload: Upload, how: How, rows: Reading, *, by: Actor, at: datetime) -> Imported:
    """What bringing it in does to the areas; the file itself still waits. For a look ahead it is taken back again."""
    done = import_rows(rows, owner=upload.authority, by=by, at=at)
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
    """A file that has no answer yet, locked. Raises UploadNotFound, UploadIsWorkedOn, UploadHasItsAnswer."""
    upload = _kept(upload_id, by=by)
    if upload.state != Upload.State.WAITING:
        raise UploadIsWorkedOn(Upload.State(upload.state).label)
    return upload


@transaction.atomic
def drop(upload_id: UUID, *, by: Actor, at: datetime) -> Upload:
    """Let a file go, also while it is worked on; nothing of it is kept but that it was here."""
    upload = _kept(upload_id, by=by)
    return answered(upload, Upload.State.DROPPED, upload.would, by=by, at=at)


def answered(upload: Upload, state: Upload.State, would: dict | None, *, by: Actor, at: datetime) -> Upload:
    """The file has its answer, and its bytes are gone."""
    upload.state, upload.would, upload.content, upload.done_at, upload.done_by = state, would, b"", at, by.name
    upload.lease = upload.leased_until = None
    upload.save(update_fields=["state", "would", "content", "done_at", "done_by", "lease", "leased_until", "refused"])
    log.record(operation=f"hotspots.upload_{state}", subject_kind="upload", subject_ids=[upload.id])
    return upload


def written(imported: Imported) -> dict:
    """What an import did, or would do, as it is kept with the file."""
    return {
        "added": list(imported.added_references),
        "changed": list(imported.changed_references),
        "unchanged": imported.unchanged,
        "notes": list(imported.notes),
    }


def _kept(upload_id: UUID, *, by: Actor) -> Upload:
    own = Upload.objects.select_for_update(of=["self"]).select_related("authority").defer("content")
    upload = own.filter(id=upload_id, authority_id=by.authority_id).first()
    if upload is None:
        raise UploadNotFound
    if upload.state not in Upload.KEPT:
        raise UploadHasItsAnswer(Upload.State(upload.state).label, upload.done_by)
    return upload


def _ask(upload: Upload, state: Upload.State, how: How, *, by: Actor) -> Upload:
    """Keep what a worker is to do, and in whose name."""
    asked = {"state": state, "how": _kept_as(how), "refused": None, "rows_read": None, "tries": 0, **_asked(by)}
    for name, value in asked.items():
        setattr(upload, name, value)
    upload.save(update_fields=list(asked))
    log.record(operation=f"hotspots.upload_{state}", subject_kind="upload", subject_ids=[upload.id])
    nudging.work_on_files_after_commit(upload.authority_id)
    return upload


def _kept_as(how: How) -> dict[str, object]:
    return asdict(how) | {"partner_ids": sorted(str(one) for one in how.partner_ids)}


def _asked(by: Actor) -> dict[str, object]:
    return {"asked_by": by.name, "role": by.role, "person_id": by.person_id, "client_id": by.client_id}
