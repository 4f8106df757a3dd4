"""What is known of young people, read for many at once? The only bridge from the tables to the rules' facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from leaving_care.models import Circumstance, Step
from leaving_care.reading import STEP_OF_DUTY, Rows, rows_of
from leaving_care.rules.circumstances import Circumstances, HomeStay, Span, Stay, ending_of
from leaving_care.rules.recorded import FOSTER_CODES, Home, Power, Recorded, Told
from placements.models import Child
from placements.rules.periods_of_care import LegalStatus, PeriodOfCare

Kind = Circumstance.Kind


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
    rows = rows_of([child.id for child in children])
    return {
        child.id: Known(
            child=child,
            circumstances=_circumstances(child, rows),
            recorded=_recorded(child, rows),
            adviser_id=_adviser_id(rows.advising.get(child.id, ()), on),
        )
        for child in children
    }


def _adviser_id(advising: Iterable[tuple[Any, ...]], on: date) -> UUID | None:
    for person_id, starts_on, ends_on in advising:
        if starts_on <= on and (ends_on is None or on < ends_on):
            return person_id
    return None


def _circumstances(child: Child, rows: Rows) -> Circumstances:
    facts = _spans_by_kind(rows.circumstances.get(child.id, ()))
    disputed, education = _only(facts, Kind.AGE_DISPUTED), _only(facts, Kind.EDUCATION)
    adopted, died = _only(facts, Kind.ADOPTED), _only(facts, Kind.DIED)
    decided = _only(facts, Kind.DECIDED_ELIGIBLE)
    at_home = [
        HomeStay(span, is_settled=kind == Kind.SETTLED_AT_HOME)
        for kind in (Kind.SETTLED_AT_HOME, Kind.AT_HOME_NOT_SETTLED)
        for span in facts.get(kind, ())
    ]
    return Circumstances(
        date_of_birth=child.born_on,
        is_date_of_birth_estimated=child.is_born_on_estimated,
        other_date_of_birth=disputed.start_on if disputed else None,
        stays=(
            *(
                Stay(PeriodOfCare(starts_on, ends_on), ending_of(end_code))
                for starts_on, ends_on, end_code in rows.periods.get(child.id, ())
            ),
            *(
                Stay(PeriodOfCare(span.start_on, span.end_on), is_with_us=False)
                for span in facts.get(Kind.CARED_FOR_ELSEWHERE, ())
            ),
        ),
        legal_statuses=tuple(LegalStatus(*status) for status in rows.statuses.get(child.id, ())),
        at_home=tuple(at_home),
        held=tuple(facts.get(Kind.HELD, ())),
        special_guardianship=tuple(facts.get(Kind.SPECIAL_GUARDIANSHIP, ())),
        decided_eligible_on=decided.start_on if decided else None,
        adopted_on=adopted.start_on if adopted else None,
        died_on=died.start_on if died else None,
        support_asked_for=tuple(facts.get(Kind.SUPPORT_ASKED_FOR, ())),
        education_until=education.end_on if education else None,
    )


def _spans_by_kind(facts: Iterable[tuple[Any, ...]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for kind, starts_on, ends_on in facts:
        found.setdefault(kind, []).append(Span(starts_on, ends_on))
    return found


def _only(facts: dict[str, list[Span]], kind: Kind) -> Span | None:
    return facts[kind][0] if kind in facts else None


def _recorded(child: Child, rows: Rows) -> Recorded:
    done = _days_by_step(child, rows)
    advising = rows.advising.get(child.id)
    return Recorded(
        adviser_since=advising[0][1] if advising else None,
        planned_on=done.get(Step.Kind.PLANNED, ()),
        assessed_on=min(done.get(Step.Kind.NEEDS_ASSESSED, ()), default=None),
        plan_made_on=min(done.get(Step.Kind.PLAN_MADE, ()), default=None),
        review_asked_on=done.get(Step.Kind.REVIEW_ASKED, ()),
        reviewed_on=done.get(Step.Kind.REVIEWED, ()),
        visited_on=done.get(Step.Kind.VISITED, ()),
        told=tuple(Told(area=str(area), on=on, has_left=left) for area, on, left in rows.tellings.get(child.id, ())),
        staying_put_decided_on=min(done.get(Step.Kind.STAYING_PUT_DECIDED, ()), default=None),
        contacts=tuple(rows.answers.get(child.id, ())),
        offers=done.get(Step.Kind.OFFERED, ()),
        homes=_homes(child, rows),
    )


def _days_by_step(child: Child, rows: Rows) -> dict[str, tuple[date, ...]]:
    """The days on which each step was done, in order: as somebody recorded it, or closed the duty that asked for it."""
    days: dict[str, set[date]] = defaultdict(set)
    for kind, done_on in rows.steps.get(child.id, ()):
        days[kind].add(done_on)
    for duty_kind, done_on in rows.closed.get(child.id, ()):
        days[STEP_OF_DUTY[duty_kind]].add(done_on)
    return {kind: tuple(sorted(found)) for kind, found in days.items()}


def _homes(child: Child, rows: Rows) -> tuple[Home, ...]:
    """Placements while looked after and homes after care, one after another: each lasts until the next begins at most.

    So the home from which somebody came back into care ends with the placement.
    """
    homes = [
        Home(
            key=str(placement_id),
            from_on=starts_on,
            until_on=ends_on,
            power=Power.LOOKED_AFTER,
            is_foster_home=place_code in FOSTER_CODES,
            **_whose_area(rows.hosts.get(placement_id), child, rows),
        )
        for placement_id, starts_on, ends_on, place_code in rows.placements.get(child.id, ())
    ]
    after = [
        Home(
            key=str(home_id),
            from_on=starts_on,
            until_on=ends_on,
            power=Power(power),
            is_foster_home=is_foster_home,
            **_whose_area(area_id, child, rows),
        )
        for home_id, starts_on, ends_on, area_id, power, is_foster_home in rows.homes.get(child.id, ())
    ]
    return _in_turn([*homes, *after]) if after else tuple(homes)


def _in_turn(homes: list[Home]) -> tuple[Home, ...]:
    """In order; of two that begin on one day the one after care holds."""
    by_start = {home.from_on: home for home in homes}
    ordered = [by_start[day] for day in sorted(by_start)]
    ends = [home.from_on for home in ordered[1:]]
    return tuple(
        replace(home, until_on=min(home.until_on or date.max, end)) for home, end in zip(ordered, ends, strict=False)
    ) + tuple(ordered[-1:])


def _whose_area(area_id: UUID | None, child: Child, rows: Rows) -> dict[str, Any]:
    return {
        "area": str(area_id or ""),
        "is_in_our_area": area_id == child.authority_id,
        "is_in_england_or_wales": area_id not in rows.beyond,
    }
