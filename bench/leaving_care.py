"""How fast is leaving care kept up for 100,000 children, against the bare read of their periods?"""

import random
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, connections

from accounts.acting import acting_for, operator, service
from bench.measure import Line, in_own_process
from db import clock
from duties.models import Duty
from geo.areas import authority_by_code
from leaving_care import milestone_duties
from placements.models import CarePeriod, Child, LegalStatus

AUTHORITY = "E08000018"
SEED = 24
CHUNK = 5_000
PERIODS = "select child_id, starts_on, ends_on, end_code from placements_careperiod where child_id = any(%s)"
STATUSES = "select child_id, code, starts_on, ends_on from placements_legalstatus where child_id = any(%s)"


def lines(children: int) -> list[Line]:
    """One line: the sweep of a register of 15 to 24 year olds of whom every duty stands already."""
    register = authority_by_code(AUTHORITY).id
    _fill(register, children)
    milestone_duties.keep_all(register, at=clock.now())
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    with acting_for(service(register), "benchmark"):
        standing = Duty.objects.filter(kind__in=milestone_duties.KINDS).count()
    ours = in_own_process(lambda: _sweep(register))
    raw = in_own_process(lambda: _read(register))
    amount = f"{children:,} children, {standing:,} duties"
    return [Line("entitlement and duties of leaving care", amount, ours, raw)]


def _sweep(register: UUID) -> None:
    if milestone_duties.keep_all(register, at=clock.now()):
        raise SystemExit("The sweep raised duties that stood already.")


def _read(register: UUID) -> None:
    """The periods and statuses in the same batches, under row-level security, made into nothing."""
    with acting_for(service(register), "benchmark"), connection.cursor() as cursor:
        cursor.execute("select id from placements_child where authority_id = %s", [register])
        ids = [child_id for (child_id,) in cursor.fetchall()]
    for first in range(0, len(ids), milestone_duties.BATCH):
        with acting_for(service(register), "benchmark"), connection.cursor() as cursor:
            for statement in (PERIODS, STATUSES):
                cursor.execute(statement, [ids[first : first + milestone_duties.BATCH]])
                cursor.fetchall()


def _fill(register: UUID, children: int) -> None:
    """Invented: each looked after once or twice, most of them eligible by now, some past care."""
    chance = random.Random(SEED)
    today = clock.today()
    numbers = iter(range(children))
    while batch := list(islice(numbers, CHUNK)):
        with acting_for(operator(register), "benchmark"):
            _fill_some(register, batch, chance, today)


def _fill_some(register: UUID, numbers: list[int], chance: random.Random, today: date) -> None:
    made, periods, statuses = [], [], []
    for number in numbers:
        born_on = today - timedelta(days=chance.randrange(15 * 366, 25 * 365))
        child = Child(
            authority_id=register,
            reference=f"L{number:07d}",
            born_on=born_on,
            recorded_at=clock.now(),
            recorded_by="benchmark",
        )
        made.append(child)
        starts_on = born_on + timedelta(days=chance.randrange(5_000, 5_400))
        ends_on = starts_on + timedelta(days=chance.randrange(50, 1_500))
        known_end = ends_on if ends_on < today else None
        periods.append(
            CarePeriod(
                authority_id=register,
                child=child,
                starts_on=starts_on,
                ends_on=known_end,
                end_code="E8" if known_end else "",
            )
        )
        statuses.append(
            LegalStatus(authority_id=register, child=child, code="C2", starts_on=starts_on, ends_on=known_end)
        )
    Child.objects.bulk_create(made, batch_size=CHUNK)
    CarePeriod.objects.bulk_create(periods, batch_size=CHUNK)
    LegalStatus.objects.bulk_create(statuses, batch_size=CHUNK)
