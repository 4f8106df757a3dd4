"""Is a place answered as it was before? All that an answer is made of, brought down to sixteen bytes. Pure.

An answer follows from the point, from which versions lie near it and what of each is told (a version never changes), and
from what each authority around shares and says. Two answers with one fingerprint are the same, save for the day on which
they were given. The database makes the part of the areas for many places at once (hotspots/overlay/looking.py).
"""

import hashlib
from collections.abc import Collection, Iterable
from typing import Protocol
from uuid import UUID

from hotspots.method import method
from hotspots.sharing.levels import Area
from hotspots.sharing.owners import Owners

# Of a place without a grid reference, about which nothing can be asked.
NOT_LOCATED = UUID(int=0)


class Asked(Protocol):
    """A place as the overlay is asked about it (hotspots.overlay.Place)."""

    easting: float
    northing: float
    authority_ids: frozenset[UUID]
    reach_metres: float
    is_by_cell: bool


def of_areas(areas: Iterable[Area]) -> str:
    """The hash of which areas lie near and what is told of them, blank where none does: as LOOK of looking.py makes it."""
    lines = [_line(area) for area in sorted(areas, key=lambda one: one.version_id)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def of_place(place: Asked, radius_metres: int, areas: str, near: Collection[UUID], *, owners: Owners) -> UUID:
    """The fingerprint of the answer about a place: `areas` as `of_areas` gives it, `near` the owners of those areas."""
    point = (float(place.easting), float(place.northing), float(place.reach_metres), place.is_by_cell)
    parts = [method().version, repr(point), str(radius_metres), areas]
    parts += [owners.facts(one, is_near=one in near) for one in sorted(place.authority_ids.union(near))]
    return UUID(bytes=hashlib.sha256("\n".join(parts).encode()).digest()[:16])


def _line(area: Area) -> str:
    told = (area.version_id, area.level, "ft"[area.is_stale], area.within_metres, area.reference)
    return " ".join("" if value is None else str(value) for value in told)
