"""In whose area does a home lie, and which home goes on from the last placement?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Q

from geo.models import Authority
from geo.place import places_of_postcodes
from leaving_care.models import Home
from leaving_care.rules.recorded import FOSTER_CODES
from placements.models import Child, Placement
from placements.place import places, verdicts
from placements.place.places import NATIONAL_GRID
from placements.place.places import Place as GivenPlace

KEPT_CLOSED = "As the last placement, whose address is kept closed: it does not stand here."


@dataclass(frozen=True)
class Found:
    """Where a postcode lies: the authority if there is one answer, and what it rests on."""

    postcode: str
    area: Authority | None
    point: Point | None
    why: str


def found(postcode: str, *, on: date) -> Found:
    """The area of a postcode on a day; none for an empty, unknown or shared one, with the reason.

    Raises placements' UnreadableField for what is no postcode.
    """
    given = GivenPlace(postcode=postcode).read().postcode
    if not given:
        return Found("", None, None, "No postcode is recorded.")
    place = places_of_postcodes([given], on).get(given)
    if place is None:
        return Found(given, None, None, "The directory does not hold this postcode.")
    point = Point(place.easting, place.northing, srid=NATIONAL_GRID) if place.easting and place.northing else None
    return Found(given, place.host, point, place.source if place.host else place.reason)


def kept(home: Home) -> dict[str, Any]:
    """What of a home stays when only its power changes."""
    return {
        "line": home.line,
        "postcode": home.postcode,
        "point": home.point,
        "area": home.area,
        "why_this_area": home.why_this_area,
        "is_foster_home": home.is_foster_home,
    }


def of_last_placement(child: Child, *, on: date, after: date | None = None) -> dict[str, Any] | None:
    """The place of the placement that stood on that day or the day before; None if none did.

    With `after`, of those only that began later than that day.
    """
    placement = (
        Placement.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            child=child,
            starts_on__lte=on,
            starts_on__gt=after or date.min,
            superseded_at=None,
            status__in=[Placement.Status.STARTED, Placement.Status.ENDED],
            is_disputed=False,
        )
        .order_by("-starts_on")
        .first()
    )
    if placement is None:
        return None
    if placement.is_restricted:
        # A home is read by whoever works with the young person; the address by whoever holds a grant.
        return _without_a_place(placement)
    place, judged = places.of(placement), verdicts.current(placement)
    return {
        "line": place.line if place else "",
        "postcode": place.postcode if place else "",
        "point": places.points_of([place.postcode]).get(place.postcode) if place else None,
        "area": judged.host if judged else None,
        "why_this_area": "As the last placement.",
        "is_foster_home": placement.place_code in FOSTER_CODES,
    }


def _without_a_place(placement: Placement) -> dict[str, Any]:
    """What goes on from a placement whose address is kept closed: that they live there, and not where that is."""
    return {
        "line": "",
        "postcode": "",
        "point": None,
        "area": None,
        "why_this_area": KEPT_CLOSED,
        "is_foster_home": placement.place_code in FOSTER_CODES,
    }
