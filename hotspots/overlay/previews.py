"""How often may somebody look at what publishing would bring about, and what was published by whom who had looked?

Five looks at an area a day, then a second person is asked. The same question has the same answer all day, from what
was kept. What is published after a look is published once.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from hotspots.exceptions import (
    HotspotNotFound,
    PreviewNotFound,
    PreviewOfSomethingElse,
    PreviewsSpent,
    SecondPersonIsTheFirst,
)
from hotspots.models import Hotspot, Preview, PublishedAfter

# Our own choices (docs/adr/0086).
AN_AREA_A_DAY = 5
FILES_A_DAY = 10
AN_AUTHORITY_A_DAY = 50


def digest(**asked: object) -> str:
    """What an answer depends on, in one line."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def answered_today(asked: str, *, by: Actor, at: datetime) -> tuple[int, str] | None:
    """The answer that was given today to this very question: of our own, and of partners."""
    kept = Preview.objects.filter(authority_id=by.authority_id, on=london_date(at), own__isnull=False, asked=asked)
    return kept.exclude(asked="").values_list("own", "of_partners").order_by("at").first()


@transaction.atomic
def require_left(*, hotspot_id: UUID | None, by: Actor, at: datetime) -> None:
    """Refuse one look more than a day has, at an area or (None) at a file: PreviewsSpent.

    To be called in the transaction that keeps the look. The operator has no bound, and is counted.
    """
    _one_at_a_time(by)
    today = Preview.objects.filter(authority_id=by.authority_id, on=london_date(at))
    same = today.filter(hotspot_id=hotspot_id)
    allowed = AN_AREA_A_DAY * (1 + same.filter(is_allowance=True).count()) if hotspot_id else FILES_A_DAY
    if by.is_operator:
        return
    if same.filter(is_allowance=False).count() >= allowed:
        raise PreviewsSpent(allowed, of_file=hotspot_id is None)
    if today.filter(is_allowance=False).count() >= AN_AUTHORITY_A_DAY:
        raise PreviewsSpent(AN_AUTHORITY_A_DAY, of_file=True)


def keep(
    own: int,
    of_partners: str,
    *,
    asked: str,
    by: Actor,
    at: datetime,
    hotspot_id: UUID | None = None,
    upload_id: UUID | None = None,
) -> Preview:
    """Count one look, with its answer."""
    answer = {"asked": asked, "own": own, "of_partners": of_partners}
    return _write(by, at, hotspot_id=hotspot_id, upload_id=upload_id, **answer)


@transaction.atomic
def allow_more(hotspot_id: UUID, *, by: Actor, at: datetime) -> int:
    """A second person allows as many looks again today; how many that makes.

    Refuses with HotspotNotFound, SecondPersonIsTheFirst.
    """
    require_own(hotspot_id, by=by)
    _one_at_a_time(by)
    today = Preview.objects.filter(hotspot_id=hotspot_id, on=london_date(at))
    if today.filter(asker=by.caller_id, is_allowance=False).exists():
        raise SecondPersonIsTheFirst
    _write(by, at, hotspot_id=hotspot_id, is_allowance=True)
    log.record(operation="previews.allow", subject_kind="hotspot", subject_ids=[hotspot_id])
    return AN_AREA_A_DAY * (1 + today.filter(is_allowance=True).count())


@transaction.atomic
def publish_after(preview_id: UUID, *, asked: str, by: Actor, at: datetime) -> bool:
    """Say that what is published now was looked at; False where it was published after this look already.

    Refuses a look of another authority's, or none (PreviewNotFound); one at something else, or of another day
    (PreviewOfSomethingElse).
    """
    own = Preview.objects.filter(authority_id=by.authority_id, id=preview_id, own__isnull=False)
    preview = own.first()
    if preview is None:
        raise PreviewNotFound
    _one_at_a_time(by)
    if PublishedAfter.objects.filter(preview=preview).exists():
        return False
    if preview.asked != asked or preview.on != london_date(at):
        raise PreviewOfSomethingElse
    PublishedAfter.objects.create(authority_id=by.authority_id, preview=preview, at=at, by=by.name)
    log.record(operation="previews.follow", subject_kind="preview", subject_ids=[preview.id])
    return True


def was_followed(preview_id: UUID | None, *, by: Actor) -> bool:
    """Whether something was published after this look: then the same form was sent twice."""
    return (
        bool(preview_id) and PublishedAfter.objects.filter(authority_id=by.authority_id, preview_id=preview_id).exists()
    )


def of_area(hotspot_id: UUID) -> QuerySet[Preview]:
    """The looks at an area that were answered, the newest first, with what was published after each."""
    kept = Preview.objects.filter(hotspot_id=hotspot_id, own__isnull=False)
    return kept.select_related("published").order_by("-at", "id")


def require_own(hotspot_id: UUID, *, by: Actor) -> None:
    """Refuse an area that is not the authority's own (HotspotNotFound)."""
    if not Hotspot.objects.filter(id=hotspot_id, authority_id=by.authority_id).exists():
        raise HotspotNotFound


def _one_at_a_time(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotspots.preview {by.authority_id}"])


def _write(by: Actor, at: datetime, **what) -> Preview:
    return Preview.objects.create(authority_id=by.authority_id, asker=by.caller_id, on=london_date(at), at=at, **what)
