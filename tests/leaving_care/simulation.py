"""Ten years of many young people: is every milestone that the plain reading expects raised once, and none lost?

Most lives are written as rows, as an import writes them, every so-manyth by people's actions; each April the year's
return is imported three times over. The sweep keeps the duties on the days on which it runs; after an import, and in
two weeks of the third year, twice a day.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from accounts.acting import Actor, acting_for, operator
from accounts.models import User
from db import clock
from duties import board
from duties.models import Closing, Duty
from leaving_care import milestone_duties
from leaving_care.models import Home
from placements.models import Child
from placements.returns.collection_year import CollectionYear
from tests.leaving_care import lives as inventing
from tests.leaving_care import recording
from tests.leaving_care.lives import Life

BEGINS_ON = date(2026, 12, 1)
YEARS = 10
STOPPED_DAYS = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """What came of it, as counts. `lost`, `unexpected`, `twice`, `again` and `unlisted` have to be nought.

    `again` are duties that a second run on the same day raised; `unlisted` those that nobody has and that do not
    stand on the manager's page.
    """

    expected: int
    raised: int
    lost: int
    unexpected: int
    twice: int
    again: int
    unlisted: int
    unowned: int
    open: int
    by_hand: int
    returns: int

    @property
    def is_right(self) -> bool:
        return not any((self.lost, self.unexpected, self.twice, self.again, self.unlisted))


def run(
    *,
    manager: Actor,
    areas: Sequence[UUID],
    people: Sequence[User],
    children: int,
    sweeps: Sequence[date],
    seed: int,
    by_hand_every: int,
    say: Callable[[str], object] = lambda words: None,
) -> Outcome:
    """Live through the sweeps' days; what is recorded between two of them is found by the later one."""
    chance = random.Random(seed)  # noqa: S311
    authority_id = manager.authority_id
    lives = [
        inventing.invented(
            number,
            authority_id=authority_id,
            areas=areas,
            people=people,
            begins_on=BEGINS_ON,
            by_hand=number % by_hand_every == 0,
            chance=chance,
        )
        for number in range(children)
    ]
    with acting_for(operator(authority_id), "simulation"):
        Child.objects.bulk_create([life.child for life in lives], batch_size=1_000)
        recording.education(lives, authority_id, at=recording.at_work(BEGINS_ON))
    again = by_hand = imported = 0
    before = date.min
    for day in sweeps:
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        clock.set_to(moment)
        by_hand += _record(lives, manager, after=before, until=day)
        over = _years_over(before, day)
        for year in over:
            with acting_for(operator(authority_id), "simulation"):
                recording.returns(lives, authority_id, year, at=moment)
            imported += 1
        milestone_duties.keep_all(authority_id, at=moment)
        if over or day - before == ONE_DAY:
            again += milestone_duties.keep_all(authority_id, at=moment)
        for life in lives:
            life.expect(day)
        say(f"{day.isoformat()}: {sum(len(life.expected) for life in lives):,} milestones expected so far")
        before = day
    with acting_for(operator(authority_id), "simulation"):
        counts = _counts(lives, authority_id, on=sweeps[-1])
    return Outcome(**counts, again=again, by_hand=by_hand, returns=imported)


def days(*, every: int) -> list[date]:
    """The days of ten years on which the sweep runs: every so many, and daily in two weeks of the third year.

    In the middle of those two weeks it stands still for three days.
    """
    some = {BEGINS_ON + timedelta(days=number) for number in range(0, YEARS * 365, every)}
    daily = [BEGINS_ON + timedelta(days=1_000 + number) for number in range(14)]
    stopped = daily[5 : 5 + STOPPED_DAYS]
    return sorted((some | set(daily)) - set(stopped))


def _record(lives: Sequence[Life], manager: Actor, *, after: date, until: date) -> int:
    """What happened between two sweeps. What was before the first came with the rows that each began with."""
    is_first = after == date.min
    with acting_for(operator(manager.authority_id), "simulation"):
        rows = [life for life in lives if is_first or not life.by_hand]
        recording.by_rows(rows, manager.authority_id, after=after, until=until)
    if is_first:
        return 0
    done = 0
    for life in lives:
        if life.by_hand:
            with acting_for(manager, "simulation"):
                done += recording.by_hand(life, manager, after=after, until=until)
    return done


def _years_over(after: date, until: date) -> list[CollectionYear]:
    """The collection years that ended between two sweeps; at the first, none."""
    if after == date.min:
        return []
    years = (CollectionYear(number) for number in range(after.year - 1, until.year + 1))
    return [year for year in years if after <= year.last_day < until]


def _counts(lives: Sequence[Life], authority_id: UUID, *, on: date) -> dict[str, int]:
    homes = {(home.child_id, home.starts_on): str(home.id) for home in Home.objects.filter(superseded_at=None)}
    found: dict[UUID, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(authority_id=authority_id, kind__in=milestone_duties.KINDS):
        found[duty.subject_id].append(duty)
    listed = set(board.unowned(authority_id, on=on).values_list("id", flat=True))
    counts = Counter(
        dict.fromkeys(("expected", "raised", "lost", "unexpected", "twice", "unlisted", "unowned", "open"), 0)
    )
    for life in lives:
        names = {str(number): homes.get((life.child.id, one[0]), "") for number, one in enumerate(life.homes)}
        wanted = {_named(key, names) for key in life.expected}
        open_wanted = {_named(key, names) for key in life.open_now}
        rows = [(duty.key.split(f":{life.child.id}")[0], duty) for duty in found[life.child.id]]
        keys = {key for key, _ in rows}
        open_keys = {key for key, duty in rows if duty.closed_at is None}
        stand = Counter(key for key, duty in rows if duty.closed_at is None or duty.closing == Closing.MET)
        unowned = [duty for _, duty in rows if duty.closed_at is None and duty.owner_id is None]
        counts["expected"] += len(wanted)
        counts["raised"] += len(keys)
        counts["lost"] += len(wanted - keys) + len(open_wanted - open_keys)
        counts["unexpected"] += len(keys - wanted) + len(open_keys - open_wanted)
        counts["twice"] += sum(number - 1 for number in stand.values())
        counts["unlisted"] += sum(duty.id not in listed for duty in unowned)
        counts["unowned"] += len(unowned)
        counts["open"] += len(open_keys)
    return dict(counts)


def _named(key: str, names: dict[str, str]) -> str:
    """The key with the home's own id in place of its number in the life."""
    kind, _, rest = key.partition(":")
    if kind not in ("home_visit", "home_review"):
        return key
    number, _, more = rest.partition(":")
    return f"{kind}:{names[number]}" + (f":{more}" if more else "")
