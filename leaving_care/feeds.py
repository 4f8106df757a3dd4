"""How does an adviser's calendar learn what is due, without a name in it?"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from icalendar import Calendar, Event

from accounts import cover
from accounts.acting import Actor
from accounts.membership import members
from audit import log
from duties import board
from leaving_care.models import FeedKey

MAKE = "leaving_care.feed"
KEY_BYTES = 32
WORDS = "Placewatch: {kind}"


@transaction.atomic
def new_key(*, by: Actor, at: datetime) -> str:
    """The key of a new feed address, told once; the address before it ends. Raises NotPermitted."""
    cover.require(MAKE, by)
    key = secrets.token_urlsafe(KEY_BYTES)
    FeedKey.objects.filter(authority_id=by.authority_id, person_id=by.person_id, ended_at=None).update(ended_at=at)
    FeedKey.objects.create(authority_id=by.authority_id, person_id=by.person_id, key_hash=_hash(key), made_at=at)
    log.record(operation=MAKE, subject_kind="feed", subject_ids=[by.person_id])
    return key


def person_of(key: str, *, authority_id: UUID, on: date) -> UUID | None:
    """Whose feed a key opens, within the context of the authority; None for a wrong or ended one, or who has left."""
    found = FeedKey.objects.filter(authority_id=authority_id, key_hash=_hash(key), ended_at=None).first()
    is_here = found and members(authority_id, on=on).filter(user_id=found.person_id).exists()
    return found.person_id if is_here else None


def calendar_of(person_id: UUID, *, authority_id: UUID, at: datetime) -> bytes:
    """The person's open duties as a calendar: the kind and the day of each, no name, no reference, no place."""
    calendar = Calendar()
    calendar.add("prodid", "-//Placewatch//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Placewatch")
    rows = board.open_duties().filter(authority_id=authority_id, owner_id=person_id, due_on__isnull=False)
    for duty in rows.order_by("due_on", "id"):
        calendar.add_component(_event(duty.id, duty.kind.replace("_", " ").capitalize(), duty.due_on, at))
    return calendar.to_ical()


def _event(duty_id: UUID, words: str, due_on: date, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{duty_id}@placewatch")
    event.add("dtstamp", at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", WORDS.format(kind=words))
    return event


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
