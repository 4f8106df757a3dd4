"""By what does somebody who draws on a map find the place? The postcodes of the ground: public, and held here."""

from dataclasses import dataclass

from django.contrib.gis.geos import Polygon

from geo.models import NATIONAL_GRID, Postcode

# Where more lie in a frame, their names would cover one another.
MOST = 60


@dataclass(frozen=True)
class Signpost:
    """A postcode and its point, in metres of the National Grid."""

    postcode: str
    easting: int
    northing: int


def within(west: float, south: float, east: float, north: float) -> list[Signpost]:
    """The live postcodes of a frame, in their order; none where there are more than can be read."""
    frame = Polygon.from_bbox((west, south, east, north))
    frame.srid = NATIONAL_GRID
    live = Postcode.objects.filter(terminated_on=None, point__within=frame).order_by("postcode")
    found = list(live.values_list("postcode", "easting", "northing")[: MOST + 1])
    return [Signpost(*one) for one in found] if len(found) <= MOST else []
