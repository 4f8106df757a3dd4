"""Which areas of concern lie near these places, as far as the acting authority may know, and who says nothing?

Takes plain points and never learns what a point stands for. The database decides what a level tells (hotspots_near,
docs/adr/0005); what comes out is logged here, and disclosed to each owner without place or number.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from uuid import UUID

from django.db import connection, transaction

from audit import log
from db.clock import london_date
from hotspots.models import Disclosure
from hotspots.overlay import fingerprints, sentences
from hotspots.overlay.sentences import AuthorityAnswer
from hotspots.sharing import levels
from hotspots.sharing.levels import Area, Level
from hotspots.sharing.owners import Owners, acting_reader, owners_of

# The level written into a disclosure when an owner's areas were asked about and none lay near.
NONE_NEAR = "none near"


@dataclass(frozen=True)
class Place:
    """A point in metres of the National Grid, and the authorities to answer for: the host and those around it.

    `reach_metres`: how far the place itself may lie from the point that stands for it (geo/reach.py). `is_by_cell`: no
    registered placement stands behind the question, so below geometry level only the square of 1 km counts. `is_closed`:
    it is kept closed, from the areas' owners too: they are not told that it was asked about.
    """

    easting: float
    northing: float
    authority_ids: frozenset[UUID]
    reach_metres: float = 0
    is_by_cell: bool = False
    is_closed: bool = False

    def __post_init__(self) -> None:
        # PostGIS takes a point of not-a-number, and then finds nothing near it.
        if not (isfinite(self.easting) and isfinite(self.northing)):
            raise ValueError("a place needs an easting and a northing: without them nothing could be found near it")


@dataclass(frozen=True)
class Answer:
    """What the overlay says of one place: one answer an authority, by name; an owner of a near area is always there.

    `fingerprint` stands for all that it was made of (hotspots/overlay/fingerprints.py).
    """

    authorities: tuple[AuthorityAnswer, ...]
    fingerprint: UUID

    @property
    def version_ids(self) -> list[UUID]:
        """The versions that were read."""
        return [area.version_id for one in self.authorities for area in one.areas]

    def stored(self) -> list[dict]:
        """The answer as a screening keeps it: facts that the levels tell, and the sentences as they were read."""
        return [sentences.stored(one) for one in self.authorities]


@dataclass(frozen=True)
class Nearest:
    """The area that lies nearest to a place: its owner's reference, and how far; 0 inside it."""

    reference: str
    metres: float


@dataclass(frozen=True)
class Reading:
    """What was read of shared areas by one question: whatever becomes of what was asked for, its owners are told of it.

    `near_closed` was read of closed addresses: kept for a recall, and told to no owner (docs/adr/0135).
    """

    near: Sequence[Mapping[UUID, Sequence[Area]]]
    sharing: frozenset[UUID]
    reader: UUID
    radius_metres: int | None
    places: int
    near_closed: Sequence[Mapping[UUID, Sequence[Area]]] = ()

    def record(self, *, at: datetime, purpose: str) -> None:
        """Write one disclosure for each owner and level, and one line in the log-book."""
        written = {"reader": self.reader, "at": at, "purpose": purpose}
        _disclose(self.near, self.sharing, is_closed=False, **written)
        _disclose(self.near_closed, (), is_closed=True, **written)
        _log(places=self.places, radius_metres=self.radius_metres)


@transaction.atomic
def ask(places: Sequence[Place], *, radius_metres: int, at: datetime, purpose: str) -> list[Answer]:
    """The answer for each place, in order. `radius_metres` serves the reader's own areas and those at geometry level.

    One statement finds the areas near all places. Writes one disclosure for each owner and level and one log line.
    Refuses (NobodyActs) outside acting_for.
    """
    answers, reading = read(places, radius_metres=radius_metres, at=at)
    reading.record(at=at, purpose=purpose)
    return answers


def read(places: Sequence[Place], *, radius_metres: int, at: datetime) -> tuple[list[Answer], Reading]:
    """As `ask`, and nothing is written: for what_if alone, which records the reading once the try is taken back."""
    near = _near(places, radius_metres)
    asked = frozenset[UUID]().union(*(place.authority_ids for place in places), *near)
    told_by = {owner_id for found in near for owner_id in found}
    owners = owners_of(asked, near=told_by, radius_metres=radius_metres, on=london_date(at))
    answers = [_answer(place, found, owners, radius_metres) for place, found in zip(places, near, strict=True)]
    return answers, _reading(places, near, owners, radius_metres)


def _reading(
    places: Sequence[Place], near: Sequence[Mapping[UUID, Sequence[Area]]], owners: Owners, radius_metres: int
) -> Reading:
    """Who is told of the question: the owners of what lies near the open places, and those asked about them."""
    of_open = [found for place, found in zip(places, near, strict=True) if not place.is_closed]
    asked = frozenset[UUID]().union(*(place.authority_ids for place in places if not place.is_closed), *of_open)
    return Reading(
        near=of_open,
        sharing=asked.intersection(owners.sharing) - {owners.reader},
        reader=owners.reader,
        radius_metres=radius_metres,
        places=len(places),
        near_closed=[found for place, found in zip(places, near, strict=True) if place.is_closed],
    )


def _answer(place: Place, found: Mapping[UUID, Sequence[Area]], owners: Owners, radius_metres: int) -> Answer:
    areas = fingerprints.of_areas(area for of_owner in found.values() for area in of_owner)
    return Answer(
        tuple(
            owners.answer(
                authority_id,
                tuple(found.get(authority_id, ())),
                reach_metres=place.reach_metres,
                is_by_cell=place.is_by_cell,
            )
            for authority_id in sorted(place.authority_ids | set(found), key=owners.names.__getitem__)
        ),
        fingerprints.of_place(place, radius_metres, areas, found, owners=owners),
    )


@transaction.atomic
def nearest(places: Sequence[Place], *, at: datetime, purpose: str) -> list[Nearest | None]:
    """The nearest area of each place at any distance, among those whose shape the reader may know; None without any.

    One statement for all places; disclosed and logged as `ask` does. Refuses (NobodyActs) outside acting_for.
    """
    reader = acting_reader()
    found: list[Nearest | None] = [None] * len(places)
    owners: list[dict[UUID, list[Area]]] = [{} for _ in places]
    with connection.cursor() as cursor:
        cursor.execute(
            "select place, owner_id, version_id, level, is_stale, reference, metres"
            " from hotspots_nearest(%s::float8[], %s::float8[])",
            [[float(place.easting) for place in places], [float(place.northing) for place in places]],
        )
        for place, owner_id, version_id, level, is_stale, reference, metres in cursor.fetchall():
            found[place - 1] = Nearest(reference, metres)
            owners[place - 1] = {owner_id: [Area(version_id, Level(level), is_stale)]}
    Reading(owners, frozenset(), reader, None, len(places)).record(at=at, purpose=purpose)
    return found


def _near(places: Sequence[Place], radius_metres: int) -> list[dict[UUID, list[Area]]]:
    """For each place: the areas near it by owner."""
    found: list[dict[UUID, list[Area]]] = [defaultdict(list) for _ in places]
    with connection.cursor() as cursor:
        cursor.execute(
            "select place, owner_id, version_id, level, is_stale, kind_of_place, concern, last_supported_on, review_on,"
            " has_conditions, condition_kinds, within_metres, reference, name, metres, is_inside, containment"
            " from hotspots_near(%s::float8[], %s::float8[], %s, %s::float8[], %s::boolean[])",
            [
                [float(place.easting) for place in places],
                [float(place.northing) for place in places],
                radius_metres,
                [float(place.reach_metres) for place in places],
                [place.is_by_cell for place in places],
            ],
        )
        for place, owner_id, version_id, level, *facts in cursor.fetchall():
            found[place - 1][owner_id].append(levels.told(Area(version_id, Level(level), *facts)))
    return found


def _disclose(
    near: Iterable[Mapping[UUID, Sequence[Area]]],
    owners: Collection[UUID],
    *,
    is_closed: bool,
    reader: UUID,
    at: datetime,
    purpose: str,
) -> None:
    """Tell each owner what was read of its areas, at which level: never of which child, where, or how many."""
    read: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for found in near:
        for owner_id, areas in found.items():
            for area in areas:
                read[owner_id, area.level].add(area.version_id)
    for owner_id in set(owners) - {owner_id for owner_id, _ in read}:
        read[owner_id, NONE_NEAR] = set()
    Disclosure.objects.bulk_create(
        Disclosure(
            sender_id=owner_id,
            recipient_id=reader,
            versions=sorted(versions),
            level=level,
            purpose=purpose,
            at=at,
            is_closed=is_closed,
        )
        for (owner_id, level), versions in read.items()
        if owner_id != reader
    )


def _log(*, places: int, radius_metres: int | None) -> None:
    """Without what was found: the log-book is read by people who may not know what lies near a closed address."""
    log.record(operation="hotspots.overlay", detail={"places": places, "radius_metres": radius_metres})
