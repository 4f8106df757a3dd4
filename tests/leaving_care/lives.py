"""An invented life for leaving care: what is recorded of it, on which day, and what is known of it on a day."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from accounts.models import User
from leaving_care.models import Step
from leaving_care.rules.circumstances import Circumstances, Ending, Span, Stay, ending_of
from leaving_care.rules.recorded import Home, Power, Recorded, Told
from placements.models import Child
from placements.rules.periods_of_care import PeriodOfCare
from tests.leaving_care.naive_milestones import Standing

ENDS = ("E4A", "E8", "E8", "E3", "E11", "E2", "E9")
POWERS = ("s23B", "s24B", "s24B", "their_own", "not_known")
STEPS = tuple(Step.Kind.values)
BORN_FROM, BORN_DAYS = date(2006, 3, 1), 4_300
ONE_DAY = timedelta(days=1)


@dataclass
class Life:
    """One young person: the row, and everything that will be recorded, each with the day on which it is.

    `placed` are the placements that the last return brought. Of a life `by_hand` people record one thing a day by the
    actions; of the others an import brings the rows.
    """

    child: Child
    by_hand: bool = False
    stays: list[tuple[date, date | None, str]] = field(default_factory=list)
    homes: list[tuple[date, date | None, UUID | None, str]] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    told: list[tuple[date, UUID, bool]] = field(default_factory=list)
    answers: list[tuple[date, int]] = field(default_factory=list)
    advisers: list[tuple[date, UUID]] = field(default_factory=list)
    education: date | None = None
    support: date | None = None
    placed: list[tuple[date, date | None]] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    open_now: set[str] = field(default_factory=set)

    def expect(self, on: date) -> None:
        """Ask the plain reading what stands on a day, of what is recorded by then. What is open at 25 stays open."""
        born = self.child.born_on
        eve = date(born.year + 25, born.month, born.day) - ONE_DAY
        standing = Standing(self.known(on), self.done(on), min(on, eve)).keys()
        self.open_now = {key for key, is_done in standing.items() if not is_done}
        if on > eve:
            self.open_now &= self.expected
        self.expected |= self.open_now

    def known(self, on: date) -> Circumstances:
        stays = []
        for starts_on, ends_on, code in self.stays:
            if starts_on <= on:
                is_over = ends_on is not None and ends_on <= on
                ending = ending_of(code) if is_over else Ending.NOT_KNOWN
                stays.append(Stay(PeriodOfCare(starts_on, ends_on if is_over else None), ending))
        return Circumstances(
            date_of_birth=self.child.born_on,
            stays=tuple(stays),
            education_until=self.education,
            support_asked_for=(Span(self.support),) if self.support and self.support <= on else (),
        )

    def done(self, on: date) -> Recorded:
        def steps(kind: str) -> tuple[date, ...]:
            return tuple(sorted(day for day, one in self.steps if one == kind and day <= on))

        after_care = [
            Home(
                key=str(number),
                from_on=starts_on,
                until_on=ends_on if ends_on and ends_on <= on else None,
                area=str(area or ""),
                is_in_our_area=area == self.child.authority_id,
                power=Power(power),
            )
            for number, (starts_on, ends_on, area, power) in enumerate(self.homes)
            if starts_on <= on
        ]
        advisers = [day for day, _ in self.advisers if day <= on]
        return Recorded(
            adviser_since=min(advisers, default=None),
            planned_on=steps("planned"),
            assessed_on=min(steps("needs_assessed"), default=None),
            plan_made_on=min(steps("plan_made"), default=None),
            review_asked_on=steps("review_asked"),
            reviewed_on=steps("reviewed"),
            visited_on=steps("visited"),
            told=tuple(Told(area=str(area), on=day, has_left=left) for day, area, left in self.told if day <= on),
            staying_put_decided_on=min(steps("staying_put_decided"), default=None),
            contacts=tuple((age, day) for day, age in self.answers if day <= on),
            offers=steps("offered"),
            homes=self.in_turn(after_care),
        )

    def in_turn(self, after_care: list[Home]) -> tuple[Home, ...]:
        """With the placements, each until the next one begins: nobody lives in two places."""
        found: list[Home] = []
        placed = [Home(key="", from_on=start, until_on=end, power=Power.LOOKED_AFTER) for start, end in self.placed]
        for home in sorted([*placed, *after_care], key=lambda home: (home.from_on, bool(home.key))):
            if found and found[-1].from_on == home.from_on:
                found.pop()
            if found and (found[-1].until_on is None or found[-1].until_on > home.from_on):
                found[-1] = replace(found[-1], until_on=home.from_on)
            found.append(home)
        return tuple(found)


def invented(
    number: int,
    *,
    authority_id: UUID,
    areas: Sequence[UUID],
    people: Sequence[User],
    begins_on: date,
    by_hand: bool,
    chance: random.Random,
) -> Life:
    """A life with one to three stays in care, and homes, work, tellings and advisers in any mixture."""
    born_on = BORN_FROM + timedelta(days=chance.randrange(BORN_DAYS))
    if (born_on.month, born_on.day) == (2, 29):
        born_on += timedelta(days=1)
    child = Child(
        authority_id=authority_id,
        reference=f"S{number:06d}",
        born_on=born_on,
        recorded_at=datetime.combine(begins_on, time(9), tzinfo=UTC),
        recorded_by="simulation",
    )
    life = Life(child, by_hand)
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
    if by_hand:
        _one_thing_a_day(life)
    return life


def _one_thing_a_day(life: Life) -> None:
    """Move what falls on one day apart, so that each is recorded on its own day and asked about there."""
    taken: set[date] = set()

    def free(day: date) -> date:
        while day in taken:
            day += ONE_DAY
        taken.add(day)
        return day

    starts = [free(starts_on) for starts_on, *_ in life.homes]
    ends = [*starts[1:], None]
    life.homes = [(start, end, *rest) for start, end, (_, _, *rest) in zip(starts, ends, life.homes, strict=False)]
    life.steps = [(free(on), kind) for on, kind in life.steps]
    life.told = [(free(on), area, has_left) for on, area, has_left in life.told]
    life.answers = [(free(on), age) for on, age in life.answers]
    life.advisers = sorted((free(on), person) for on, person in life.advisers)
    life.support = free(life.support) if life.support else None
