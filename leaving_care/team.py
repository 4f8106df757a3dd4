"""What must a leaving-care manager see: what is late, what nobody has, who turns an age, who lives elsewhere?"""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from duties import board
from duties.models import Duty
from leaving_care.milestone_duties import KINDS
from leaving_care.models import Advising, Handover, Home
from leaving_care.overviews import AHEAD_DAYS, in_view
from notifications.models import Document
from placements.models import Child, Placement, Verdict
from placements.rules.calendar_months import add_months

MONTHS_THAT_MATTER = (16 * 12, 17 * 12 + 6, 18 * 12, 21 * 12)


def late(authority_id: UUID, *, on: date) -> QuerySet[Duty]:
    """Leaving-care duties that are late, by whoever holds them, soonest due first."""
    return board.by_holder(authority_id, on=on).filter(kind__in=KINDS, late_from__lte=on)


def unowned(authority_id: UUID, *, on: date) -> QuerySet[Duty]:
    """Leaving-care duties that no person has, in the board's order."""
    return board.unowned(authority_id, on=on).filter(kind__in=KINDS)


def without_adviser(authority_id: UUID, *, on: date) -> QuerySet[Child]:
    """Those to whom leaving care owes something and who have no adviser today, or one who works here no more."""
    here = board.people_who_may_act(authority_id, on=on).order_by().values("user_id")
    advised = Advising.objects.filter(person_id__in=here, starts_on__lte=on).exclude(ends_on__lte=on)
    owed = Duty.objects.filter(authority_id=authority_id, kind__in=KINDS, closed_at=None, subject_kind="child")
    return (
        in_view(authority_id, on=on).filter(id__in=owed.values("subject_id")).exclude(id__in=advised.values("child_id"))
    )


def awaiting_reply(authority_id: UUID, *, on: date) -> QuerySet[Child]:
    """Whose newest handover nobody at the host has answered: no reply yet, which no law calls late."""
    newer = Handover.objects.filter(child=OuterRef("child"), sent_at__gt=OuterRef("sent_at"))
    answers = Document.objects.filter(
        kind=Document.Kind.HANDOVER_ANSWER, subject_id=OuterRef("document_id"), superseded_by=None
    )
    silent = Handover.objects.filter(~Exists(newer), ~Exists(answers), sent_at__isnull=False)
    return in_view(authority_id, on=on).filter(id__in=silent.values("child_id"))


def turning_soon(authority_id: UUID, *, on: date) -> QuerySet[Child]:
    """Those who reach 16, 17 and a half, 18 or 21 within 90 days: by the age, then by the day."""
    born = {}
    for months in MONTHS_THAT_MATTER:
        born_from = add_months(from_on=on, months=-months)
        born[months] = Q(born_on__gte=born_from, born_on__lt=born_from + timedelta(days=AHEAD_DAYS))
    reached = Case(
        *(When(within, then=Value(months)) for months, within in born.items()), output_field=IntegerField(null=True)
    )
    soon = in_view(authority_id, on=on).annotate(months_reached=reached).filter(months_reached__isnull=False)
    return soon.order_by("months_reached", "born_on", "reference")


def out_of_area(authority_id: UUID, *, on: date) -> QuerySet[Child]:
    """Those who live in another authority's area, by the home or the placement that stands."""
    homes = Home.objects.filter(superseded_at=None, starts_on__lte=on, area__isnull=False)
    elsewhere = homes.exclude(ends_on__lte=on).exclude(area_id=authority_id)
    placed = Verdict.objects.filter(
        superseded_at=None, host__isnull=False, placement__status=Placement.Status.STARTED
    ).exclude(host_id=authority_id)
    after_care = Home.objects.filter(superseded_at=None, starts_on__lte=on)
    return in_view(authority_id, on=on).filter(
        Q(id__in=elsewhere.values("child_id"))
        | Q(id__in=placed.values("placement__child_id")) & ~Q(id__in=after_care.values("child_id"))
    )
