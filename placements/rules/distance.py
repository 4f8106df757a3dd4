"""How many miles from home is a place, as the Department for Education's statistics count them?"""

import math
from dataclasses import dataclass
from typing import Any

from placements.rules.finding import Citation
from placements.rules.instruments import STATISTICAL_RETURN

KILOMETRES_IN_A_MILE = 1.6093  # the return's own figure, not the exact 1.609344
FAR_MILES = 20
DISTANCE_CITATION = Citation(STATISTICAL_RETURN, "PL_DISTANCE")


@dataclass(frozen=True, slots=True)
class GridPoint:
    """A point of the British National Grid (EPSG:27700), in metres as delivered."""

    easting_metres: float
    northing_metres: float


@dataclass(frozen=True, slots=True)
class DistanceFromHome:
    """Straight-line miles to 0.1. A statistic: who approves turns on boundaries, never on miles.

    `over_20_miles` compares the distance before rounding, so 20.04 miles prints as 20.0 and is over.
    """

    miles: float
    over_20_miles: bool

    @property
    def sentence(self) -> str:
        over = "over 20 miles" if self.over_20_miles else "not over 20 miles"
        return f"{self.miles} miles from home: {over} (a statistic; it decides nothing)."

    def as_dict(self) -> dict[str, Any]:
        return {
            "miles": self.miles,
            "over_20_miles": self.over_20_miles,
            "sentence": self.sentence,
            "citation": DISTANCE_CITATION.as_dict(),
        }


def distance_from_home(*, home: GridPoint | None, place: GridPoint | None) -> DistanceFromHome | None:
    """None where either point is not held.

    Points off the British grid (Northern Ireland's are on the Irish one) must not be given.
    """
    if home is None or place is None:
        return None
    metres = math.sqrt(
        (home.easting_metres - place.easting_metres) ** 2 + (home.northing_metres - place.northing_metres) ** 2
    )
    miles = metres / 1000 / KILOMETRES_IN_A_MILE
    return DistanceFromHome(miles=round(miles, 1), over_20_miles=miles > FAR_MILES)
