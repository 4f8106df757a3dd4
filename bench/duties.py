"""How fast are the duties of 100,000 placements recomputed by the sweep, against a bare SQL read of the same facts?"""

import random
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, connections

from accounts.acting import acting_for, service
from bench.measure import Line, in_own_process
from db import clock
from db.clock import london_date
from duties.models import Duty
from geo.areas import authority_by_code
from placements.models import (
    Approval,
    CarePeriod,
    Child,
    Placement,
    Screening,
    Verdict,
)
from placements.owed import sweeps

AUTHORITY, NEXT_DOOR, FAR_AWAY = "E08000018", "E08000039", "E08000035"
SEED = 28
CHUNK = 5_000
# Everything that a duty turns on, by the statements that fetch it for a batch, and the keys of the duties that stand.
FACTS = (
    "select placement.*, child.reference, child.born_on from placements_placement placement"
    " join placements_child child on child.id = placement.child_id where placement.id = any(%s)",
    "select placement_id, host_id, state, relation, country from placements_verdict"
    " where superseded_at is null and placement_id = any(%s)",
    "select * from placements_approval where superseded_at is null and placement_id = any(%s)",
    "select placement_id, kind, version from placements_amendment"
    " where earlier_place is not null and placement_id = any(%s)",
    "select * from placements_ending where superseded_at is null and placement_id = any(%s)",
    "select planned.child_id, planned.planned_start_on from placements_placement planned"
    " join placements_placement placement on placement.child_id = planned.child_id"
    " where planned.status in ('proposed', 'approved') and placement.id = any(%s)",
    "select placement_id, at, answer from placements_screening where placement_id = any(%s)",
    "select placement_id, recorded_at from placements_judgement where superseded_at is null and placement_id = any(%s)",
    "select key from duties_duty where subject_kind = 'placement' and subject_id = any(%s)",
)


def lines(placements: int) -> list[Line]:
    """One line: a sweep over a register of which every duty stands already, as each hour's is."""
    register = authority_by_code(AUTHORITY).id
    _fill(register, placements)
    at = clock.now()
    sweeps.raise_missing_duties(register, at=at)
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    with acting_for(service(register), "benchmark"):
        standing = Duty.objects.count()
    ours = in_own_process(lambda: _sweep(register))
    raw = in_own_process(lambda: _read(register))
    return [Line("duties recomputed by the sweep", f"{placements:,} placements, {standing:,} duties", ours, raw)]


def _sweep(register: UUID) -> None:
    if sweeps.raise_missing_duties(register, at=clock.now()):
        raise SystemExit("The sweep raised duties that stood already.")


def _read(register: UUID) -> None:
    """The same rows and keys in the same batches, under row-level security, made into nothing."""
    with acting_for(service(register), "benchmark"), connection.cursor() as cursor:
        cursor.execute("select id from placements_placement where authority_id = %s", [register])
        ids = [placement_id for (placement_id,) in cursor.fetchall()]
    for first in range(0, len(ids), sweeps.DUTIES_BATCH):
        with acting_for(service(register), "benchmark"), connection.cursor() as cursor:
            for statement in FACTS:
                cursor.execute(statement, [ids[first : first + sweeps.DUTIES_BATCH]])
                cursor.fetchall()


def _fill(register: UUID, placements: int) -> None:
    """An invented register: a child a placement, in, beside and far from the area, planned, in an emergency or unsaid."""
    chance = random.Random(SEED)
    hosts = [(AUTHORITY, "in_area", "same"), (NEXT_DOOR, "out", "adjoining_land"), (FAR_AWAY, "out", "not_adjoining")]
    hosts = [(authority_by_code(code).id, state, relation) for code, state, relation in hosts]
    at = clock.now()
    numbers = iter(range(placements))
    while batch := list(islice(numbers, CHUNK)):
        with acting_for(service(register), "benchmark"):
            _fill_some(register, batch, hosts, chance, at)


def _fill_some(register: UUID, numbers: list[int], hosts: list, chance: random.Random, at) -> None:
    today = london_date(at)
    kept = {"authority_id": register, "recorded_at": at, "recorded_by": "benchmark"}
    children, periods, made, verdicts, approvals, checks = [], [], [], [], [], []
    for number in numbers:
        started = today - timedelta(days=chance.randrange(300))
        child = Child(
            **kept, reference=f"D{number:07d}", born_on=date(2011, 1, 1) + timedelta(days=chance.randrange(3_000))
        )
        children.append(child)
        periods.append(CarePeriod(authority_id=register, child=child, starts_on=started - timedelta(days=100)))
        host, state, relation = chance.choice(hosts)
        placement = Placement(
            **kept,
            child=child,
            status=Placement.Status.STARTED,
            place_code="U6",
            provider_code=chance.choice(("PR1", "PR4")),
            legal_status="C2",
            starts_on=started,
            is_emergency=chance.choice((True, False, None)),
            breach_reason="benchmark",
        )
        made.append(placement)
        verdict = Verdict(
            authority_id=register,
            placement=placement,
            on=started,
            state=state,
            relation=relation,
            country="england",
            host_id=host,
            recorded_at=at,
        )
        verdicts.append(verdict)
        if relation != "same" and placement.provider_code != "PR1":
            grade = "director" if relation == "not_adjoining" else "nominated_officer"
            approvals.append(
                Approval(
                    authority_id=register,
                    placement=placement,
                    verdict=verdict,
                    under=Approval.Under.REG_11,
                    grade=grade,
                    requested_at=at,
                    requested_by="benchmark",
                    **_decided(chance, grade, at),
                )
            )
        answer = {"authorities": [{"authority_id": str(host), "state": chance.choice(("near", "nothing_near"))}]}
        checks.append(
            Screening(
                authority_id=register, placement=placement, at=at, radius_metres=1_000, answer=answer, versions=[]
            )
        )
    for model, rows in (
        (Child, children),
        (CarePeriod, periods),
        (Placement, made),
        (Verdict, verdicts),
        (Approval, approvals),
        (Screening, checks),
    ):
        model.objects.bulk_create(rows, batch_size=CHUNK)


def _decided(chance: random.Random, grade: str, at) -> dict:
    if chance.random() < 0.5:
        return {}
    return {
        "decision": "approved",
        "decided_as": grade,
        "decided_by": "benchmark",
        "decided_at": at,
        "confirmed_at": at,
        "recorded_by": "benchmark",
        "recorded_at": at,
    }
