"""How does somebody become a young person's adviser, and how are many reallocated at once?"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from db.clock import london_date
from duties.actions import assign
from duties.handling import check_taker
from leaving_care import milestone_duties, register
from leaving_care.models import Advising
from placements.exceptions import ChildNotFound, UnreadableField
from placements.models import Child
from placements.rules.written_dates import day_in_words

APPOINT = "leaving_care.appoint"


@transaction.atomic
def appoint(
    *, child_ids: Sequence[UUID], person_id: UUID, starts_on: date, reason: str = "", by: Actor, at: datetime
) -> list[Advising]:
    """Make somebody the adviser of young people from a day; the adviser before ends that day.

    Their open leaving-care duties go to the new adviser. One or many: all, or none. Raises NotPermitted, NotAMember,
    ChildNotFound, UnreadableField (a day ahead, or before the present adviser began).
    """
    cover.require(APPOINT, by)
    register.not_ahead("starts_on", starts_on, on=london_date(at))
    person = check_taker(person_id, by=by, at=at)
    children = list(Child.objects.select_for_update().filter(authority_id=by.authority_id, id__in=child_ids))
    if len(children) != len(set(child_ids)):
        raise ChildNotFound
    made = [_begin(child, person.id, starts_on, reason.strip(), by, at) for child in children]
    for duty in milestone_duties.open_duties(children):
        if duty.owner_id != person.id:
            assign(duty.id, owner=person, by=by.name, at=at)
    register.written(APPOINT, children, reason=f"Adviser from {day_in_words(starts_on)}.", by=by, at=at)
    return made


def _begin(child: Child, person_id: UUID, starts_on: date, reason: str, by: Actor, at: datetime) -> Advising:
    present = Advising.objects.filter(child=child, ends_on=None).first()
    if present is not None:
        if present.starts_on > starts_on:
            raise UnreadableField("starts_on", f"{child.reference}: the present adviser began after that day.")
        if present.person_id == person_id:
            return present
        present.ends_on = starts_on
        present.save(update_fields=["ends_on"])
    return Advising.objects.create(
        authority_id=child.authority_id,
        child=child,
        person_id=person_id,
        starts_on=starts_on,
        reason=reason,
        recorded_at=at,
        recorded_by=by.name,
    )
