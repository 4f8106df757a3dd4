"""What was done for a person while they were away, by whom?"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from accounts.acting import Actor
from accounts.models import Cover
from db.clock import LONDON
from duties.models import DutyEvent


@dataclass(frozen=True)
class Absence:
    """A cover that is over: from the first instant of its first day until it ended."""

    cover: Cover
    since: datetime
    until: datetime


def absences(actor: Actor, *, on: date) -> list[Absence]:
    """The person's own covers that are over, the latest first."""
    over = Cover.objects.filter(
        Q(ends_on__lte=on) | Q(ended_at__isnull=False),
        authority_id=actor.authority_id,
        person_id=actor.person_id,
    )
    found = (_absence(one) for one in over.select_related("covered_by"))
    return sorted((one for one in found if one.since < one.until), key=lambda one: one.until, reverse=True)


def done_for(actor: Actor, absence: Absence) -> QuerySet[DutyEvent]:
    """What others did about the person's duties in that time, in order."""
    return (
        DutyEvent.objects.filter(
            authority_id=actor.authority_id,
            for_person_id=actor.person_id,
            at__gte=absence.since,
            at__lt=absence.until,
        )
        .exclude(by_person_id=actor.person_id)
        .select_related("duty")
        .order_by("at", "id")
    )


def _absence(cover: Cover) -> Absence:
    return Absence(cover, _midnight(cover.starts_on), cover.ended_at or _midnight(cover.ends_on))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=LONDON)
