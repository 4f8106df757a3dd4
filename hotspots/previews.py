"""How often may somebody look at what publishing an area would bring about? Five times a day, then a second person is asked.

Each look tells a little of where children live; the words are coarse, and the number of looks is bounded.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from hotspots.exceptions import HotspotNotFound, PreviewsSpent, SecondPersonIsTheFirst
from hotspots.models import Hotspot, Preview

# Our own choices (docs/adr/0086).
AN_AREA_A_DAY = 5
AN_AUTHORITY_A_DAY = 50


@transaction.atomic
def spend(hotspot_id: UUID, *, by: Actor, at: datetime) -> None:
    """Count one look. Refuses with HotspotNotFound, PreviewsSpent. The operator has no bound, and is counted."""
    _own(hotspot_id, by)
    _one_at_a_time(by)
    today = Preview.objects.filter(authority_id=by.authority_id, on=london_date(at))
    of_area = today.filter(hotspot_id=hotspot_id)
    allowed = AN_AREA_A_DAY * (1 + of_area.filter(is_allowance=True).count())
    if not by.is_operator:
        if of_area.filter(is_allowance=False).count() >= allowed:
            raise PreviewsSpent(allowed)
        if today.filter(is_allowance=False).count() >= AN_AUTHORITY_A_DAY:
            raise PreviewsSpent(AN_AUTHORITY_A_DAY)
    _write(hotspot_id, by, at, is_allowance=False)


@transaction.atomic
def allow_more(hotspot_id: UUID, *, by: Actor, at: datetime) -> int:
    """A second person allows as many looks again today; how many that makes.

    Refuses with HotspotNotFound, SecondPersonIsTheFirst.
    """
    _own(hotspot_id, by)
    _one_at_a_time(by)
    today = Preview.objects.filter(hotspot_id=hotspot_id, on=london_date(at))
    if today.filter(asker=by.caller_id, is_allowance=False).exists():
        raise SecondPersonIsTheFirst
    _write(hotspot_id, by, at, is_allowance=True)
    log.record(operation="previews.allow", subject_kind="hotspot", subject_ids=[hotspot_id])
    return AN_AREA_A_DAY * (1 + today.filter(is_allowance=True).count())


def _own(hotspot_id: UUID, by: Actor) -> None:
    if not Hotspot.objects.filter(id=hotspot_id, authority_id=by.authority_id).exists():
        raise HotspotNotFound


def _one_at_a_time(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotspots.preview {by.authority_id}"])


def _write(hotspot_id: UUID, by: Actor, at: datetime, *, is_allowance: bool) -> None:
    Preview.objects.create(
        authority_id=by.authority_id,
        hotspot_id=hotspot_id,
        asker=by.caller_id,
        on=london_date(at),
        at=at,
        is_allowance=is_allowance,
    )
