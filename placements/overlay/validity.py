"""How well has the matching served, as far as can be told without finding one child? The figures of one authority."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Min

from audit import log
from db.clock import london_date
from geo.models import Postcode
from hotspots.proportions import Proportion, count_told, is_told, whole_fives
from placements import policy
from placements.models import MissingReport, Screening, ShadowMode
from placements.overlay import ledger, shadow


@dataclass(frozen=True)
class Differing:
    """How often judgements and the overlay differed, each way, between two days; None where it is fewer than five."""

    starts_on: date
    ends_on: date
    shared_and_not_worried: int | None
    nothing_near_and_worried: int | None


@dataclass(frozen=True)
class Incidents:
    """How often the place of an incident had been shared before; None where the numbers are too small to be told."""

    recorded: int | None
    shared_before: Proportion | None


@dataclass(frozen=True)
class InShadow:
    """What shadow mode has stored since it began, and of how much of it something lay near; None where too small."""

    mode: ShadowMode
    screenings: int | None
    near: Proportion | None


@dataclass(frozen=True)
class Figures:
    """All of it, for the authority acted for."""

    differing: Differing
    incidents: Incidents
    in_shadow: InShadow | None


def figures(authority_id: UUID, *, at: datetime) -> Figures:
    """The figures of the twelve months up to now. Counts only, and none that says 1 to 4 or leaves 1 to 4 over."""
    today = london_date(at)
    told = Figures(
        differing=_differing(authority_id, starts_on=_a_year_before(today), ends_on=today, at=at),
        incidents=_incidents(authority_id),
        in_shadow=_in_shadow(authority_id),
    )
    log.record(operation="validity.read")
    return told


def _differing(authority_id: UUID, *, starts_on: date, ends_on: date, at: datetime) -> Differing:
    found = ledger.counts(authority_id, starts_on=starts_on, ends_on=ends_on, as_at=at)
    return Differing(
        starts_on,
        ends_on,
        count_told(found.shared_and_not_worried),
        count_told(found.nothing_near_and_worried),
    )


def _incidents(authority_id: UUID) -> Incidents:
    """Asked of the database as one question: it answers with two numbers, and never which incident.

    The share is that of the first incidents recorded, in whole fives.
    """
    reports = MissingReport.objects.filter(authority_id=authority_id).exclude(place_postcode="")
    reports = reports.order_by("recorded_at", "id")
    given = dict(reports.values_list("id", "place_postcode"))
    since = dict(reports.values_list("id", "missing_since"))
    points = {
        row.postcode: (float(row.easting), float(row.northing))
        for row in Postcode.objects.filter(postcode__in=set(given.values()), easting__isnull=False)
    }
    placed = [(*points[postcode], since[report]) for report, postcode in given.items() if postcode in points]
    recorded, placed = len(placed), placed[: whole_fives(len(placed))]
    with connection.cursor() as cursor:
        cursor.execute(
            "select incidents, shared_before from hotspots_shared_before(%s::float8[], %s::float8[], %s::timestamptz[], %s)",
            [
                [east for east, _, _ in placed],
                [north for _, north, _ in placed],
                [at for *_, at in placed],
                policy.RADIUS_METRES,
            ],
        )
        incidents, shared_before = cursor.fetchone()
    is_enough = incidents and is_told(shared_before, incidents)
    share = Proportion(shared_before, incidents) if is_enough else None
    return Incidents(recorded=count_told(recorded), shared_before=share)


def _in_shadow(authority_id: UUID) -> InShadow | None:
    mode = shadow.current(authority_id)
    if mode is None:
        return None
    stored = Screening.everything.filter(
        authority_id=authority_id, is_shadow=True, is_restricted=False, at__gte=mode.started_at
    )
    in_order = stored.values("placement").annotate(first=Min("at")).order_by("first", "placement")
    places = list(in_order.values_list("placement", flat=True))
    first = places[: whole_fives(len(places))]
    near = stored.filter(placement__in=first, answer__authorities__contains=[{"state": "near"}])
    times = near.values("placement").distinct().count()
    told = Proportion(times, len(first)) if first and is_told(times, len(first)) else None
    return InShadow(mode, count_told(len(places)), told)


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
