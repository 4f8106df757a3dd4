"""Ten years of many young people: is every milestone that the plain reading expects raised once, and none lost?

Lives are written as rows, as an import writes them; the sweep alone keeps the duties, on the days on which it runs.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from accounts.acting import acting_for, operator
from accounts.models import User
from db import clock
from duties import board
from duties.models import Duty
from leaving_care import milestone_duties
from leaving_care.models import Advising, Circumstance, Home, ReturnAnswer, Step, Telling
from leaving_care.rules.circumstances import Circumstances, Ending, Span, Stay, ending_of
from leaving_care.rules.recorded import Home as HomeFact
from leaving_care.rules.recorded import Power, Recorded, Told
from placements.models import CarePeriod, Child
from placements.rules.periods_of_care import PeriodOfCare
from tests.leaving_care.naive_milestones import Standing

BEGINS_ON = date(2026, 12, 1)
YEARS = 10
ENDS = ("E4A", "E8", "E8", "E3", "E11", "E2", "E9")
POWERS = ("s23B", "s24B", "s24B", "their_own", "not_known")
STEPS = tuple(Step.Kind.values)


@dataclass
class Life:
    """One young person: the row, and everything that will be recorded, each with the day on which it is."""

    child: Child
    stays: list[tuple[date, date | None, str]] = field(default_factory=list)
    homes: list[tuple[date, date | None, UUID | None, str]] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    told: list[tuple[date, UUID, bool]] = field(default_factory=list)
    answers: list[tuple[date, int]] = field(default_factory=list)
    advisers: list[tuple[date, UUID]] = field(default_factory=list)
    education: date | None = None
    support: date | None = None
    expected: set[str] = field(default_factory=set)
    open_now: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Outcome:
    """What came of it, as counts: each of the last four has to be nought."""

    expected: int
    raised: int
    lost: int
    unexpected: int
    twice: int
    unlisted: int


def run(
    *,
    authority_id: UUID,
    areas: Sequence[UUID],
    people: Sequence[User],
    children: int,
    sweeps: Sequence[date],
    seed: int,
) -> Outcome:
    """Live through the sweeps' days; rows that are recorded between two of them are found by the later one."""
    chance = random.Random(seed)  # noqa: S311
    with acting_for(operator(authority_id), "simulation"):
        lives = [_life(number, authority_id, areas, people, chance) for number in range(children)]
        Child.objects.bulk_create([life.child for life in lives], batch_size=1_000)
    before = date.min
    for day in sweeps:
        with acting_for(operator(authority_id), "simulation"):
            _record(lives, authority_id, after=before, until=day)
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        clock.set_to(moment)
        milestone_duties.keep_all(authority_id, at=moment)
        for life in lives:
            standing = Standing(_known(life, day), _done(life, day, authority_id), day).keys()
            life.open_now = {key for key, is_done in standing.items() if not is_done}
            life.expected |= life.open_now
        before = day
    with acting_for(operator(authority_id), "simulation"):
        return _outcome(lives, authority_id, on=sweeps[-1])


def days(*, every: int, stopped: Sequence[date] = ()) -> list[date]:
    """The days on which the sweep runs over ten years, without those on which nothing ran."""
    found = (BEGINS_ON + timedelta(days=number) for number in range(0, YEARS * 365, every))
    return [day for day in found if day not in stopped]


def _life(
    number: int, authority_id: UUID, areas: Sequence[UUID], people: Sequence[User], chance: random.Random
) -> Life:
    born_on = date(2006, 3, 1) + timedelta(days=chance.randrange(4_300))
    if (born_on.month, born_on.day) == (2, 29):
        born_on += timedelta(days=1)
    child = Child(
        authority_id=authority_id,
        reference=f"S{number:06d}",
        born_on=born_on,
        recorded_at=datetime.combine(BEGINS_ON, time(9), tzinfo=UTC),
        recorded_by="simulation",
    )
    life = Life(child)
    day = born_on + timedelta(days=chance.randrange(10 * 365, 17 * 365))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        ends_on = None if chance.random() < 0.4 else day + timedelta(days=chance.randrange(20, 1_500))
        life.stays.append((day, ends_on, chance.choice(ENDS) if ends_on else ""))
        if ends_on is None:
            break
        day = ends_on + timedelta(days=chance.randrange(1, 400))
    eighteen = date(born_on.year + 18, born_on.month, born_on.day)
    day = eighteen - timedelta(days=chance.randrange(0, 500))
    for _ in range(chance.randrange(0, 6)):
        until = None if chance.random() < 0.3 else day + timedelta(days=chance.randrange(20, 700))
        life.homes.append((day, until, chance.choice((*areas, None, authority_id)), chance.choice(POWERS)))
        if until is None:
            break
        day = until
    for _ in range(chance.randrange(0, 25)):
        life.steps.append((eighteen + timedelta(days=chance.randrange(-1_000, 2_500)), chance.choice(STEPS)))
    life.steps = list({(on, kind): (on, kind) for on, kind in life.steps}.values())
    for _ in range(chance.randrange(0, 4)):
        life.told.append(
            (eighteen + timedelta(days=chance.randrange(0, 2_000)), chance.choice(areas), chance.random() < 0.3)
        )
    life.answers = [
        (date(born_on.year + age, born_on.month, born_on.day), age) for age in range(17, 22) if chance.random() < 0.4
    ]
    since = eighteen - timedelta(days=700)
    for _ in range(chance.randrange(0, 4)):
        life.advisers.append((since, chance.choice(people).id))
        since += timedelta(days=chance.randrange(60, 900))
    if chance.random() < 0.2:
        life.education = eighteen + timedelta(days=chance.randrange(1_100, 2_300))
    if chance.random() < 0.2:
        life.support = eighteen + timedelta(days=chance.randrange(1_100, 2_300))
    return life


def _record(lives: Sequence[Life], authority_id: UUID, *, after: date, until: date) -> None:
    """Write what happened after one sweep and up to the next, ends of what stood before among it."""
    rows: dict[type, list] = defaultdict(list)
    at = datetime.combine(until, time(11), tzinfo=UTC)
    kept = {"authority_id": authority_id}
    said = kept | {"recorded_at": at, "recorded_by": "simulation"}

    def is_new(day: date) -> bool:
        return after < day <= until

    for life in lives:
        child = life.child
        for starts_on, ends_on, code in life.stays:
            known_end = ends_on if ends_on and ends_on <= until else None
            if is_new(starts_on):
                code_now = code if known_end else ""
                row = CarePeriod(**kept, child=child, starts_on=starts_on, ends_on=known_end, end_code=code_now)
                rows[CarePeriod].append(row)
            elif ends_on and is_new(ends_on):
                CarePeriod.objects.filter(child=child, starts_on=starts_on).update(ends_on=ends_on, end_code=code)
        for starts_on, ends_on, area, power in life.homes:
            known_end = ends_on if ends_on and ends_on <= until else None
            if is_new(starts_on):
                row = Home(**said, child=child, starts_on=starts_on, ends_on=known_end, area_id=area, power=power)
                rows[Home].append(row)
            elif ends_on and is_new(ends_on):
                Home.objects.filter(child=child, starts_on=starts_on).update(ends_on=ends_on)
        rows[Step] += [Step(**said, child=child, kind=kind, done_on=on) for on, kind in life.steps if is_new(on)]
        rows[Telling] += [
            Telling(**said, child=child, area_id=area, told_on=on, has_left=left, words="By telephone")
            for on, area, left in life.told
            if is_new(on)
        ]
        rows[ReturnAnswer] += [
            ReturnAnswer(**said, child=child, age=age, in_touch="NO", activity="0", accommodation="0", on=on)
            for on, age in life.answers
            if is_new(on)
        ]
        for number, (on, person) in enumerate(life.advisers):
            if is_new(on):
                following = life.advisers[number + 1][0] if number + 1 < len(life.advisers) else None
                rows[Advising].append(Advising(**said, child=child, person_id=person, starts_on=on, ends_on=following))
        if after == date.min and life.education:
            starts_on = life.education - timedelta(days=900)
            rows[Circumstance].append(
                Circumstance(**said, child=child, kind="education", starts_on=starts_on, ends_on=life.education)
            )
        if life.support and is_new(life.support):
            rows[Circumstance].append(
                Circumstance(**said, child=child, kind="support_asked_for", starts_on=life.support)
            )
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=1_000)


def _known(life: Life, on: date) -> Circumstances:
    stays = []
    for starts_on, ends_on, code in life.stays:
        if starts_on <= on:
            is_over = ends_on is not None and ends_on <= on
            ending = ending_of(code) if is_over else Ending.NOT_KNOWN
            stays.append(Stay(PeriodOfCare(starts_on, ends_on if is_over else None), ending))
    return Circumstances(
        date_of_birth=life.child.born_on,
        stays=tuple(stays),
        education_until=life.education,
        support_asked_for=(Span(life.support),) if life.support and life.support <= on else (),
    )


def _done(life: Life, on: date, authority_id: UUID) -> Recorded:
    def steps(kind: str) -> tuple[date, ...]:
        return tuple(sorted(day for day, one in life.steps if one == kind and day <= on))

    homes = tuple(
        HomeFact(
            key=str(number),
            from_on=starts_on,
            until_on=ends_on if ends_on and ends_on <= on else None,
            area=str(area or ""),
            is_in_our_area=area == authority_id,
            power=Power(power),
        )
        for number, (starts_on, ends_on, area, power) in enumerate(life.homes)
        if starts_on <= on
    )
    advisers = [day for day, _ in life.advisers if day <= on]
    return Recorded(
        adviser_since=min(advisers, default=None),
        planned_on=steps("planned"),
        assessed_on=min(steps("needs_assessed"), default=None),
        plan_made_on=min(steps("plan_made"), default=None),
        reviewed_on=steps("reviewed"),
        visited_on=steps("visited"),
        told=tuple(Told(area=str(area), on=day, has_left=left) for day, area, left in life.told if day <= on),
        staying_put_decided_on=min(steps("staying_put_decided"), default=None),
        contacts=tuple((age, day) for day, age in life.answers if day <= on),
        offers=steps("offered"),
        homes=homes,
    )


def _outcome(lives: Sequence[Life], authority_id: UUID, *, on: date) -> Outcome:
    homes = {(home.child_id, home.starts_on): str(home.id) for home in Home.objects.all()}
    found: dict[UUID, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(authority_id=authority_id, kind__in=milestone_duties.KINDS):
        found[duty.subject_id].append(duty)
    unowned = set(board.unowned(authority_id, on=on).values_list("id", flat=True))
    lost = unexpected = twice = unlisted = expected = raised = 0
    for life in lives:
        names = {str(number): homes.get((life.child.id, one[0]), "") for number, one in enumerate(life.homes)}
        wanted = {_named(key, names) for key in life.expected}
        open_wanted = {_named(key, names) for key in life.open_now}
        rows = found[life.child.id]
        keys = [row.key.split(f":{life.child.id}")[0] for row in rows]
        open_keys = [key for key, row in zip(keys, rows, strict=True) if row.closed_at is None]
        expected += len(wanted)
        raised += len(set(keys))
        lost += len(wanted - set(keys)) + len(open_wanted - set(open_keys))
        unexpected += len(set(keys) - wanted) + len(set(open_keys) - open_wanted)
        twice += len(open_keys) - len(set(open_keys))
        unlisted += sum(row.closed_at is None and row.owner_id is None and row.id not in unowned for row in rows)
    return Outcome(expected, raised, lost, unexpected, twice, unlisted)


def _named(key: str, names: dict[str, str]) -> str:
    """The key with the home's own id in place of its number in the life."""
    kind, _, rest = key.partition(":")
    if kind not in ("home_visit", "home_review"):
        return key
    number, _, more = rest.partition(":")
    return f"{kind}:{names[number]}" + (f":{more}" if more else "")
