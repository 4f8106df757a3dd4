"""What do the tables hold of young people, read for many at once? One statement a table, plain values, no objects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate

from db.clock import LONDON
from duties.models import Closing, Duty
from geo.models import Authority, Country
from leaving_care.models import Advising, Circumstance, Home, ReturnAnswer, Step, Telling
from placements.models import CarePeriod, LegalStatus, Placement, Verdict

ENGLAND_AND_WALES = (Country.ENGLAND, Country.WALES)
# A duty that was closed because a row says so is no second record of the same thing.
FROM_THE_RECORD = "Recorded as done on"
# What a duty asks for, as the step that meeting it records.
STEP_OF_DUTY = {
    "plan_ahead_16": Step.Kind.PLANNED,
    "plan_ahead_18": Step.Kind.PLANNED,
    "plan_ahead_25": Step.Kind.PLANNED,
    "needs_assessment": Step.Kind.NEEDS_ASSESSED,
    "relevant_assessment": Step.Kind.NEEDS_ASSESSED,
    "pathway_plan": Step.Kind.PLAN_MADE,
    "pathway_review": Step.Kind.REVIEWED,
    "home_review": Step.Kind.REVIEWED,
    "home_visit": Step.Kind.VISITED,
    "staying_put": Step.Kind.STAYING_PUT_DECIDED,
    "offer_of_support": Step.Kind.OFFERED,
}
Grouped = dict[UUID, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Rows:
    """What each table holds, by young person, in the order of its columns here; whoever is not among them has no row.

    `closed` are duties that somebody closed on the board, with evidence: a record of what was done as well. `hosts`
    goes by placement. `beyond` are the authorities outside England and Wales.
    """

    periods: Grouped
    statuses: Grouped
    circumstances: Grouped
    steps: Grouped
    closed: Grouped
    advising: Grouped
    answers: Grouped
    tellings: Grouped
    homes: Grouped
    placements: Grouped
    hosts: dict[UUID, UUID | None]
    beyond: frozenset[UUID]


def rows_of(ids: Sequence[UUID]) -> Rows:
    """Everything recorded of these young people; all of one authority, under its context."""
    these = among(ids)
    held = {"child_id__in": these}
    stands = held | {"superseded_at": None}
    periods = CarePeriod.objects.filter(**held)
    statuses = LegalStatus.objects.filter(**held)
    circumstances = Circumstance.objects.filter(**stands)
    steps = Step.objects.filter(**stands)
    advising = Advising.objects.filter(**held).order_by("starts_on")
    answers = ReturnAnswer.objects.filter(**stands)
    tellings = Telling.objects.filter(**held)
    homes = Home.objects.filter(**stands).order_by("starts_on")
    hosts = Verdict.objects.filter(placement__child_id__in=these, superseded_at=None)
    return Rows(
        periods=_grouped(periods.values_list("child_id", "starts_on", "ends_on", "end_code")),
        statuses=_grouped(statuses.values_list("child_id", "code", "starts_on", "ends_on")),
        circumstances=_grouped(circumstances.values_list("child_id", "kind", "starts_on", "ends_on")),
        steps=_grouped(steps.values_list("child_id", "kind", "done_on")),
        closed=_grouped(_closed_on_the_board(these)),
        advising=_grouped(advising.values_list("child_id", "person_id", "starts_on", "ends_on")),
        answers=_grouped(answers.values_list("child_id", "age", "on")),
        tellings=_grouped(tellings.values_list("child_id", "area_id", "told_on", "has_left")),
        homes=_grouped(
            homes.values_list("child_id", "id", "starts_on", "ends_on", "area_id", "power", "is_foster_home")
        ),
        placements=_grouped(_placements(these).values_list("child_id", "id", "starts_on", "ends_on", "place_code")),
        hosts=dict(hosts.values_list("placement_id", "host_id")),
        beyond=frozenset(Authority.objects.exclude(country__in=ENGLAND_AND_WALES).values_list("id", flat=True)),
    )


def among(ids: Sequence[UUID]) -> RawSQL:
    """These ids as one value of a statement, however many they are: a value each takes longer than reading the rows."""
    return RawSQL("select unnest(%s::uuid[])", [f"{{{','.join(map(str, ids))}}}"])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Grouped:
    """By their first value, which is left out."""
    grouped: Grouped = defaultdict(list)
    for child_id, *values in rows:
        grouped[child_id].append(tuple(values))
    return grouped


def _closed_on_the_board(these: RawSQL) -> QuerySet[Duty, tuple[UUID, str, date]]:
    met = Duty.objects.filter(
        subject_kind="child", subject_id__in=these, kind__in=list(STEP_OF_DUTY), closing=Closing.MET
    )
    own = met.exclude(evidence__startswith=FROM_THE_RECORD)
    return own.values_list("subject_id", "kind", TruncDate(F("done_at"), tzinfo=LONDON))


def _placements(these: RawSQL) -> QuerySet[Placement]:
    return Placement.objects.filter(
        child_id__in=these,
        status__in=[Placement.Status.STARTED, Placement.Status.ENDED],
        superseded_at=None,
        is_disputed=False,
        starts_on__isnull=False,
    ).order_by("starts_on")
