"""How is an authority told that a young person lives in its area, or has left it?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor
from db.clock import london_date
from geo.models import Authority
from leaving_care import bodies, facts, register
from leaving_care.entitlements import entitlement_of
from leaving_care.models import Telling
from notifications import documents
from notifications.models import Document
from placements.exceptions import DoesNotFit, UnreadableField
from placements.models import Child

TELL = "leaving_care.tell"


@transaction.atomic
def tell_authority(*, child_id: UUID, area_id: UUID, has_left: bool = False, by: Actor, at: datetime) -> Document:
    """Tell an authority that the young person lives in its area (CA 1989 s. 24C(1)), or has left it.

    What goes is who it is, since when, who stays responsible and whom to ring; never a new address elsewhere. Raises
    NotPermitted, ChildNotFound, UnreadableField, DoesNotFit (never lived there, or lives there still).
    """
    child = register.locked(child_id, TELL, by)
    area = Authority.objects.filter(id=area_id).exclude(id=by.authority_id).first()
    if area is None:
        raise UnreadableField("area", "Choose another authority.")
    on = london_date(at)
    homes = [home for home in facts.of_child(child, on=on).recorded.homes if home.area == str(area.id)]
    lives_there = any(home.holds(on) for home in homes)
    if not homes:
        raise DoesNotFit(f"No home in the area of {area.name} is recorded. Record the move first.")
    if has_left and lives_there:
        raise DoesNotFit(f"The young person still lives in the area of {area.name}. Record the move first.")
    document = documents.compose(
        sender_id=by.authority_id,
        recipient_id=area.id,
        kind=Document.Kind.LEAVING_CARE_NOTICE,
        subject_id=child.id,
        body=_body(child, has_left=has_left, lives_from=homes[0].from_on, left_on=homes[-1].until_on, on=on),
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        supersedes=_latest(child, area),
        by=by.name,
        at=at,
    )
    _keep(child, area, on, has_left=has_left, document_id=document.id, words="", by=by, at=at)
    return document


@transaction.atomic
def record_told(
    *, child_id: UUID, area_id: UUID, told_on: date, words: str, has_left: bool = False, by: Actor, at: datetime
) -> Telling:
    """Record that an authority was told by other means: by telephone or letter, to whom.

    Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    child = register.locked(child_id, TELL, by)
    area = Authority.objects.filter(id=area_id).first()
    if area is None:
        raise UnreadableField("area", "Choose the authority that was told.")
    register.not_ahead("told_on", told_on, on=london_date(at))
    if not words.strip():
        raise UnreadableField("words", "Say how it was told, and to whom.")
    return _keep(child, area, told_on, has_left=has_left, document_id=None, words=words.strip(), by=by, at=at)


def _keep(
    child: Child,
    area: Authority,
    told_on: date,
    *,
    has_left: bool,
    document_id: UUID | None,
    words: str,
    by: Actor,
    at: datetime,
) -> Telling:
    telling = Telling.objects.create(
        authority_id=by.authority_id,
        child=child,
        area=area,
        told_on=told_on,
        has_left=has_left,
        document_id=document_id,
        words=words,
        recorded_at=at,
        recorded_by=by.name,
    )
    register.written(TELL, [child], reason=f"{area.name} was told, recorded by {by.name}.", by=by, at=at)
    return telling


def _body(child: Child, *, has_left: bool, lives_from: date, left_on: date | None, on: date) -> dict:
    answer = entitlement_of(child, on=on)
    known = facts.of_child(child, on=on).circumstances
    stay = known.last_stay(on=on)
    ceased_on = stay.period.end_on if stay else None
    eighteen_on = answer.count.eighteenth_birthday.on
    ceased = min((day for day in (ceased_on, eighteen_on) if day and day <= on), default=None)
    told = {
        **bodies.whom(child),
        **bodies.by_whom_reached(child.authority_id, on=on),
        "stays_responsible": bodies.stays_responsible(child.authority, answer),
        "adviser": bodies.adviser_name(child, on=on),
        "no_longer_looked_after_since": ceased.isoformat() if ceased else None,
    }
    if has_left:
        return told | {"left_on": left_on.isoformat() if left_on else None}
    return told | {"lives_from": lives_from.isoformat()}


def _latest(child: Child, area: Authority) -> Document | None:
    return Document.objects.filter(
        sender_id=child.authority_id,
        recipient_id=area.id,
        kind=Document.Kind.LEAVING_CARE_NOTICE,
        subject_id=child.id,
        superseded_by=None,
    ).first()
