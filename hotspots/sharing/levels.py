"""What may a reader be told of an area of concern, at which level? The database tells no more; this is the second wall.

Contact: that somebody is to be asked. Proximity: near or not, by the distance that the owner chose, with kind and dates,
never metres. Geometry, and what is the reader's own: metres, and whether the place lies inside, surely or possibly, within
the reader's radius.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from hotspots.models import Share


class Level(StrEnum):
    """What a reader is told, from least to most."""

    CONTACT = Share.Level.CONTACT.value
    PROXIMITY = Share.Level.PROXIMITY.value
    GEOMETRY = Share.Level.GEOMETRY.value
    OWN = "own"


class Containment(StrEnum):
    """Whether a place lies inside an area, where the place is known only to within some metres (its reach)."""

    CERTAINLY_INSIDE = "certainly_inside"
    POSSIBLY_INSIDE = "possibly_inside"
    CERTAINLY_OUTSIDE = "certainly_outside"


@dataclass(frozen=True)
class Area:
    """One area near a place, as a reader is told of it; None where the level does not say.

    `within_metres` is the distance that the owner chose; `metres` is the distance to the area, 0 inside it.
    """

    version_id: UUID
    level: Level
    is_stale: bool
    kind_of_place: str | None = None
    concern: str | None = None
    last_supported_on: date | None = None
    review_on: date | None = None
    has_conditions: bool | None = None
    condition_kinds: list[str] | None = None
    within_metres: int | None = None
    reference: str | None = None
    name: str | None = None
    metres: float | None = None
    is_inside: bool | None = None
    containment: Containment | None = None


ALWAYS = frozenset({"version_id", "level", "is_stale"})
KIND = frozenset({"kind_of_place", "concern", "last_supported_on", "review_on", "has_conditions", "condition_kinds"})
PLACE = frozenset({"reference", "name", "metres", "is_inside", "containment"})
TELLS: dict[Level, frozenset[str]] = {
    Level.CONTACT: ALWAYS,
    Level.PROXIMITY: ALWAYS | KIND | {"within_metres"},
    Level.GEOMETRY: ALWAYS | KIND | PLACE,
    Level.OWN: ALWAYS | KIND | PLACE,
}


def told(area: Area) -> Area:
    """The area with nothing left that its level does not tell."""
    return replace(area, **{field.name: None for field in fields(area) if field.name not in TELLS[area.level]})
