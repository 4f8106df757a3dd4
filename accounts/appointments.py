"""Who may act as the director of children's services, from when until when (Care Planning Regulations 2010, reg. 2)?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import policy
from accounts.acting import Actor
from accounts.exceptions import EndedAlready, NotPermitted, Unacceptable
from accounts.membership import members
from accounts.models import ActingAppointment
from audit import log
from db.clock import london_date


def appointments() -> QuerySet[ActingAppointment]:
    """Every appointment of the authority, the latest first."""
    return ActingAppointment.objects.select_related("person").order_by("-starts_at", "id")


def is_acting_director(person_id: UUID | None, *, authority_id: UUID, at: datetime) -> bool:
    """Whether a person held an appointment at an instant; ending it later takes back nothing of what was decided."""
    held = ActingAppointment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        authority_id=authority_id,
        person_id=person_id,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    return held.exists()


@transaction.atomic
def appoint(
    *,
    person_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    appointed_by: str,
    reference: str,
    by: Actor,
    at: datetime,
) -> ActingAppointment:
    """Record that somebody may act as the director: who appointed them, where that is written, and when it ends.

    Raises NotPermitted, also for one's own appointment; Unacceptable for days or a person that cannot be.
    """
    policy.require("appointments.record", by.role)
    if person_id == by.person_id:
        raise NotPermitted("appointments.record", "somebody else: nobody records their own appointment")
    if ends_at <= starts_at:
        raise Unacceptable("ends_at", "The appointment ends before it begins.")
    for field, words in (("appointed_by", appointed_by), ("reference", reference)):
        if not words.strip():
            raise Unacceptable(field, "Say who appointed them, and where that is written.")
    if not members(by.authority_id, on=max(london_date(starts_at), london_date(at))).filter(user_id=person_id).exists():
        raise Unacceptable("person", "This person is not a member of the authority when the appointment begins.")
    made = ActingAppointment.objects.create(
        authority_id=by.authority_id,
        person_id=person_id,
        starts_at=starts_at,
        ends_at=ends_at,
        appointed_by=appointed_by.strip(),
        reference=reference.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation="appointments.record", subject_kind="appointment", subject_ids=[made.id])
    return made


@transaction.atomic
def end_appointment(*, appointment_id: UUID, by: Actor, at: datetime) -> ActingAppointment:
    """End an appointment before its time, from now on. Raises NotPermitted, EndedAlready."""
    policy.require("appointments.record", by.role)
    found = ActingAppointment.objects.select_for_update().get(id=appointment_id, authority_id=by.authority_id)
    if found.ended_at or found.ends_at <= at:
        raise EndedAlready("appointment")
    found.ended_at, found.ended_by = at, by.name
    found.save(update_fields=["ended_at", "ended_by"])
    log.record(operation="appointments.end", subject_kind="appointment", subject_ids=[found.id])
    return found
