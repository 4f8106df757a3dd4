"""How often is the matching wrong? Generated streets with known truth, asked of the real overlay, and taken back again.

The truth of each address is known because it was made; the overlay is told only the one point of its postcode, as it
would be in earnest. One address of each postcode is counted, so that the cases are independent of one another.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from accounts.acting import Actor
from geo.models import NATIONAL_GRID
from geo.reach import reach_among
from hotspots.method import method
from hotspots.models import Hotspot, Measurement, Version
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place
from hotspots.proportions import Proportion
from hotspots.sharing.levels import Area, Containment

Ground, What = Measurement.Ground, Measurement.What
Point = tuple[float, float]
NEAR_METRES = 1_000
ADDRESSES_OF_A_POSTCODE = 15
MIDDLE = (450_000.0, 400_000.0)
# A house every so many metres, a street every so many, and the side of the generated ground.
STREETS = {
    Ground.TOWN: (8, 80, 3_000),
    Ground.SUBURB: (15, 150, 5_000),
    Ground.VILLAGES: (60, 700, 20_000),
    Ground.HILLS: (200, 2_500, 60_000),
}
SEED = 2015
# How many areas, so that some places are near one and some are not.
AREAS = {Ground.TOWN: 8, Ground.SUBURB: 20, Ground.VILLAGES: 150, Ground.HILLS: 1_000}


@dataclass(frozen=True)
class _Postcode:
    """The point that a directory would give, how far its addresses reach, and one address of it."""

    point: Point
    reach_metres: float
    address: Point


def measure(*, seed: int, by: Actor, at: datetime) -> dict[tuple[Ground, What], Proportion]:
    """Every figure for every kind of ground. Leaves nothing behind: neither areas nor disclosures nor log lines."""
    chance = random.Random(seed)  # noqa: S311
    return {
        (ground, what): figure
        for ground in Ground
        for what, figure in _measured(_postcodes(ground, chance), ground, chance, by=by, at=at).items()
    }


def store(figures: dict[tuple[Ground, What], Proportion], *, seed: int, at: datetime) -> None:
    """Keep a run for the validity page, as the tables' owner."""
    Measurement.objects.using("owner").bulk_create(
        Measurement(
            measured_at=at,
            method=method().version,
            seed=seed,
            ground=ground,
            what=what,
            times=one.times,
            out_of=one.out_of,
        )
        for (ground, what), one in figures.items()
    )


def is_measured() -> bool:
    """Whether the matching that is in use was measured."""
    return Measurement.objects.filter(method=method().version).exists()


def latest() -> list[Measurement]:
    """The figures of the newest run; empty where nobody measured yet."""
    newest = Measurement.objects.order_by("-measured_at").first()
    rows = Measurement.objects.filter(measured_at=newest.measured_at) if newest else Measurement.objects.none()
    order = {ground: place for place, ground in enumerate(Ground)} | {what: place for place, what in enumerate(What)}
    return sorted(rows, key=lambda row: (order[Ground(row.ground)], order[What(row.what)]))


def _postcodes(ground: Ground, chance: random.Random) -> list[_Postcode]:
    units = [unit for street in _streets(*STREETS[ground], chance) for unit in _units(street, chance)]
    points = [_nearest_to_the_middle(unit) for unit in units]
    tree = shapely.STRtree(shapely.points(points))
    return [
        _Postcode(point, _reach(point, points, tree), chance.choice(unit))
        for unit, point in zip(units, points, strict=True)
    ]


def _streets(spacing: float, between: float, side: float, chance: random.Random) -> Iterator[list[Point]]:
    """Streets both ways, with houses at uneven distances on both sides."""
    west, south = MIDDLE[0] - side / 2, MIDDLE[1] - side / 2
    for number in range(int(side / between)):
        for goes_east in (True, False):
            along, houses = 0.0, []
            while along < side:
                along += max(spacing / 2, chance.gauss(spacing, spacing * 0.4))
                across = number * between + chance.choice((-1, 1)) * chance.uniform(8, 15)
                east, north = (along, across) if goes_east else (across, along)
                houses.append((west + east, south + north))
            yield houses


def _units(street: list[Point], chance: random.Random) -> Iterator[list[Point]]:
    first = 0
    while first < len(street):
        size = max(1, round(chance.gauss(ADDRESSES_OF_A_POSTCODE, ADDRESSES_OF_A_POSTCODE / 2)))
        yield street[first : first + size]
        first += size


def _nearest_to_the_middle(unit: list[Point]) -> Point:
    """As ONS places a postcode: at the address nearest the mean of all, in whole metres."""
    middle = (sum(x for x, _ in unit) / len(unit), sum(y for _, y in unit) / len(unit))
    x, y = min(unit, key=lambda one: (one[0] - middle[0]) ** 2 + (one[1] - middle[1]) ** 2)
    return float(round(x)), float(round(y))


def _reach(point: Point, points: list[Point], tree: shapely.STRtree) -> float:
    here = shapely.Point(point)
    distances: list[float] = []
    for wide in (500, 3_000, 100_000):
        found = tree.query(here, predicate="dwithin", distance=wide)
        distances = [metres for one in found if (metres := here.distance(shapely.Point(points[one]))) > 0]
        if len(distances) > 5:
            break
    return reach_among(distances)


def _areas(ground: Ground, chance: random.Random) -> list[shapely.Polygon]:
    side = STREETS[ground][2]
    return [
        shapely.Point(
            MIDDLE[0] + chance.uniform(-side / 2, side / 2), MIDDLE[1] + chance.uniform(-side / 2, side / 2)
        ).buffer(chance.uniform(50, 300), quad_segs=6)
        for _ in range(AREAS[ground])
    ]


def _measured(
    postcodes: list[_Postcode], ground: Ground, chance: random.Random, *, by: Actor, at: datetime
) -> dict[What, Proportion]:
    shapes = _areas(ground, chance)
    told = _told(postcodes, shapes, by=by, at=at)
    times, out_of = Counter[What](), Counter[What]()

    def count(what: What, *, is_so: bool) -> None:
        out_of[what] += 1
        times[what] += is_so

    tree = shapely.STRtree(shapes)
    for postcode, areas in zip(postcodes, told, strict=True):
        address = shapely.Point(postcode.address)
        inside = {int(one) for one in tree.query(address, predicate="intersects")}
        for number in inside:
            area = areas.get(number)
            contained = area.containment if area else Containment.CERTAINLY_OUTSIDE
            count(What.INSIDE_TOLD_OUTSIDE, is_so=contained == Containment.CERTAINLY_OUTSIDE)
            count(What.INSIDE_TOLD_POSSIBLY, is_so=contained == Containment.POSSIBLY_INSIDE)
        for number, area in areas.items():
            if area.containment == Containment.CERTAINLY_INSIDE:
                count(What.OUTSIDE_TOLD_INSIDE, is_so=number not in inside)
        is_near = bool(len(tree.query(address, predicate="dwithin", distance=NEAR_METRES)))
        is_told_near = any(area.metres is not None and area.metres <= NEAR_METRES for area in areas.values())
        if is_near:
            count(What.NEAR_TOLD_NOTHING, is_so=not is_told_near)
        if is_told_near:
            count(What.FAR_TOLD_NEAR, is_so=not is_near)
    return {what: Proportion(times[what], out_of[what]) for what in What}


def _told(
    postcodes: list[_Postcode], shapes: list[shapely.Polygon], *, by: Actor, at: datetime
) -> list[dict[int, Area]]:
    """What the overlay says of each postcode's point, by the number of the area; everything is taken back."""
    with transaction.atomic():
        made = Hotspot.objects.bulk_create(
            Hotspot(authority_id=by.authority_id, reference=f"generated {number}") for number in range(len(shapes))
        )
        Hotspot.objects.filter(id__in=[one.id for one in made]).update(state=Hotspot.State.SHARED)
        versions = Version.objects.bulk_create(
            Version(
                authority_id=by.authority_id,
                hotspot=hotspot,
                number=1,
                shape=GEOSGeometry(shapely.MultiPolygon([shape]).wkb_hex, srid=NATIONAL_GRID),
                review_on=date(2100, 1, 1),
                recorded_at=at,
                recorded_by=by.name,
            )
            for hotspot, shape in zip(made, shapes, strict=True)
        )
        number_of = {version.id: number for number, version in enumerate(versions)}
        places = [Place(*one.point, frozenset(), reach_metres=one.reach_metres) for one in postcodes]
        answers = overlay.ask(places, radius_metres=NEAR_METRES, at=at, purpose="measuring the matching")
        found = [
            {
                number_of[area.version_id]: area
                for one in answer.authorities
                for area in one.areas
                if area.version_id in number_of
            }
            for answer in answers
        ]
        transaction.set_rollback(True)
    return found
