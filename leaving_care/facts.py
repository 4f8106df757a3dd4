"""What is known of young people, read for many at once? The only bridge from the tables to the rules' facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Model, QuerySet

from db.clock import london_date
from duties.models import Closing, Duty
from geo.models import Authority, Country
from leaving_care.models import Advising, Circumstance, Home, ReturnAnswer, Step, Telling
from leaving_care.rules.circumstances import Circumstances, HomeStay, Span, Stay, ending_of
from leaving_care.rules.recorded import FOSTER_CODES, Power, Recorded, Told
from leaving_care.rules.recorded import Home as HomeFact
from placements.models import CarePeriod, Child, LegalStatus, Placement, Verdict
from placements.rules.periods_of_care import LegalStatus as StatusSpan
from placements.rules.periods_of_care import PeriodOfCare

Kind = Circumstance.Kind
ENGLAND_AND_WALES = (Country.ENGLAND, Country.WALES)
# A duty that was closed because a row says so is no second record of the same thing.
FROM_THE_RECORD = "Recorded as done on"
# What a duty asks for, as the step that meeting it records.
STEP_OF_DUTY = {
    "plan_ahead_16": Step.Kind.PLANNED,
    "plan_ahead_18": Step.Kind.PLANNED,
    "needs_assessment": Step.Kind.NEEDS_ASSESSED,
    "relevant_assessment": Step.Kind.NEEDS_ASSESSED,
    "pathway_plan": Step.Kind.PLAN_MADE,
    "pathway_review": Step.Kind.REVIEWED,
    "home_review": Step.Kind.REVIEWED,
    "home_visit": Step.Kind.VISITED,
    "staying_put": Step.Kind.STAYING_PUT_DECIDED,
    "offer_of_support": Step.Kind.OFFERED,
}


@dataclass(frozen=True)
class Known:
    """Everything that the rules ask of one young person, and who advises them today."""

    child: Child
    circumstances: Circumstances
    recorded: Recorded
    adviser_id: UUID | None


def of_child(child: Child, *, on: date) -> Known:
    """The same for one."""
    return of_children([child], on=on)[child.id]


def of_children(children: Sequence[Child], *, on: date) -> dict[UUID, Known]:
    """What is known of each, in a query a table whatever their number; all of one authority, under its context."""
    ids = [child.id for child in children]
    rows = _Rows(
        periods=_by_child(CarePeriod.objects.filter(child_id__in=ids)),
        statuses=_by_child(LegalStatus.objects.filter(child_id__in=ids)),
        circumstances=_by_child(Circumstance.objects.filter(child_id__in=ids, superseded_at=None)),
        steps=_by_child(Step.objects.filter(child_id__in=ids, superseded_at=None).order_by("done_on")),
        advising=_by_child(Advising.objects.filter(child_id__in=ids).order_by("starts_on")),
        answers=_by_child(ReturnAnswer.objects.filter(child_id__in=ids, superseded_at=None)),
        tellings=_by_child(Telling.objects.filter(child_id__in=ids)),
        homes=_by_child(Home.objects.filter(child_id__in=ids, superseded_at=None).order_by("starts_on")),
        placements=_by_child(_placements(ids)),
        met=_met_duties(ids),
        hosts=dict(
            Verdict.objects.filter(placement__child_id__in=ids, superseded_at=None).values_list(
                "placement_id", "host_id"
            )
        ),
        beyond=frozenset(Authority.objects.exclude(country__in=ENGLAND_AND_WALES).values_list("id", flat=True)),
    )
    return {child.id: _known(child, rows, on) for child in children}


@dataclass(frozen=True)
class _Rows:
    periods: dict[UUID, list[CarePeriod]]
    statuses: dict[UUID, list[LegalStatus]]
    circumstances: dict[UUID, list[Circumstance]]
    steps: dict[UUID, list[Step]]
    advising: dict[UUID, list[Advising]]
    answers: dict[UUID, list[ReturnAnswer]]
    tellings: dict[UUID, list[Telling]]
    homes: dict[UUID, list[Home]]
    placements: dict[UUID, list[Placement]]
    met: dict[UUID, list[Duty]]
    hosts: dict[UUID, UUID | None]
    beyond: frozenset[UUID]


def _by_child(rows: QuerySet) -> dict[UUID, list]:
    grouped: dict[UUID, list[Model]] = defaultdict(list)
    for row in rows:
        grouped[row.child_id].append(row)
    return grouped


def _met_duties(ids: Sequence[UUID]) -> dict[UUID, list[Duty]]:
    """Duties that somebody closed on the board, with evidence: that is a record of what was done as well."""
    grouped: dict[UUID, list[Duty]] = defaultdict(list)
    met = Duty.objects.filter(
        subject_kind="child", subject_id__in=ids, kind__in=list(STEP_OF_DUTY), closing=Closing.MET
    ).exclude(evidence__startswith=FROM_THE_RECORD)
    for duty in met:
        grouped[duty.subject_id].append(duty)
    return grouped


def _placements(ids: Sequence[UUID]) -> QuerySet[Placement]:
    return Placement.objects.filter(
        child_id__in=ids,
        status__in=[Placement.Status.STARTED, Placement.Status.ENDED],
        superseded_at=None,
        is_disputed=False,
    ).order_by("starts_on")


def _known(child: Child, rows: _Rows, on: date) -> Known:
    advising = rows.advising[child.id]
    current = next((one for one in advising if one.starts_on <= on and (one.ends_on is None or on < one.ends_on)), None)
    return Known(
        child=child,
        circumstances=_circumstances(child, rows),
        recorded=_recorded(child, rows),
        adviser_id=current.person_id if current else None,
    )


def _circumstances(child: Child, rows: _Rows) -> Circumstances:
    facts = rows.circumstances[child.id]
    disputed = _only(facts, Kind.AGE_DISPUTED)
    education = _only(facts, Kind.EDUCATION)
    adopted, died = _only(facts, Kind.ADOPTED), _only(facts, Kind.DIED)
    return Circumstances(
        date_of_birth=child.born_on,
        is_date_of_birth_estimated=child.is_born_on_estimated,
        other_date_of_birth=disputed.starts_on if disputed else None,
        stays=tuple(
            Stay(PeriodOfCare(period.starts_on, period.ends_on), ending_of(period.end_code))
            for period in rows.periods[child.id]
        ),
        legal_statuses=tuple(
            StatusSpan(status.code, status.starts_on, status.ends_on) for status in rows.statuses[child.id]
        ),
        at_home=tuple(
            HomeStay(Span(fact.starts_on, fact.ends_on), is_settled=fact.kind == Kind.SETTLED_AT_HOME)
            for fact in facts
            if fact.kind in (Kind.SETTLED_AT_HOME, Kind.AT_HOME_NOT_SETTLED)
        ),
        held=_spans(facts, Kind.HELD),
        special_guardianship=_spans(facts, Kind.SPECIAL_GUARDIANSHIP),
        adopted_on=adopted.starts_on if adopted else None,
        died_on=died.starts_on if died else None,
        support_asked_for=_spans(facts, Kind.SUPPORT_ASKED_FOR),
        education_until=education.ends_on if education else None,
    )


def _recorded(child: Child, rows: _Rows) -> Recorded:
    def days(kind: Step.Kind) -> tuple[date, ...]:
        recorded = {step.done_on for step in rows.steps[child.id] if step.kind == kind}
        closed = {london_date(duty.done_at) for duty in rows.met[child.id] if STEP_OF_DUTY[duty.kind] == kind}
        return tuple(sorted(recorded | closed))

    advising = rows.advising[child.id]
    return Recorded(
        adviser_since=advising[0].starts_on if advising else None,
        planned_on=days(Step.Kind.PLANNED),
        assessed_on=min(days(Step.Kind.NEEDS_ASSESSED), default=None),
        plan_made_on=min(days(Step.Kind.PLAN_MADE), default=None),
        reviewed_on=days(Step.Kind.REVIEWED),
        visited_on=days(Step.Kind.VISITED),
        told=tuple(
            Told(area=str(telling.area_id), on=telling.told_on, has_left=telling.has_left)
            for telling in rows.tellings[child.id]
        ),
        staying_put_decided_on=min(days(Step.Kind.STAYING_PUT_DECIDED), default=None),
        contacts=tuple((answer.age, answer.on) for answer in rows.answers[child.id]),
        offers=days(Step.Kind.OFFERED),
        homes=_homes(child, rows),
    )


def _homes(child: Child, rows: _Rows) -> tuple[HomeFact, ...]:
    """Placements while looked after; from the first home recorded afterwards, those."""
    after = rows.homes[child.id]
    first = after[0].starts_on if after else date.max
    homes = [
        HomeFact(
            key=str(placement.id),
            from_on=placement.starts_on,
            until_on=min(placement.ends_on or date.max, first) if placement.ends_on or after else None,
            area=str(rows.hosts.get(placement.id) or ""),
            is_in_our_area=rows.hosts.get(placement.id) == child.authority_id,
            is_in_england_or_wales=rows.hosts.get(placement.id) not in rows.beyond,
            power=Power.LOOKED_AFTER,
            is_foster_home=placement.place_code in FOSTER_CODES,
        )
        for placement in rows.placements[child.id]
        if placement.starts_on is not None and placement.starts_on < first
    ]
    homes += [
        HomeFact(
            key=str(home.id),
            from_on=home.starts_on,
            until_on=home.ends_on,
            area=str(home.area_id or ""),
            is_in_our_area=home.area_id == child.authority_id,
            is_in_england_or_wales=home.area_id not in rows.beyond,
            power=Power(home.power),
            is_foster_home=home.is_foster_home,
        )
        for home in after
    ]
    return tuple(homes)


def _only(facts: Iterable[Circumstance], kind: Kind) -> Circumstance | None:
    return next((fact for fact in facts if fact.kind == kind), None)


def _spans(facts: Iterable[Circumstance], kind: Kind) -> tuple[Span, ...]:
    return tuple(Span(fact.starts_on, fact.ends_on) for fact in facts if fact.kind == kind)
