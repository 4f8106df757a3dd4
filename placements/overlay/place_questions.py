"""What do the authorities around a place share about it, where no child is placed? Within the budget, by squares of 1 km."""

from dataclasses import dataclass
from datetime import datetime

from accounts import policy as permissions
from accounts.acting import Actor
from db.clock import london_date
from geo.areas import authorities_around
from geo.exceptions import NotAPostcode
from geo.place import places_of_postcodes
from geo.postcodes import normalise
from geo.reach import reaches_of
from hotspots.overlay import what_if
from hotspots.overlay.overlay import Place
from placements import policy
from placements.exceptions import DoesNotFit, UnreadableField
from placements.overlay import shadow

PURPOSE = "a question about a place"


@dataclass(frozen=True)
class Answered:
    """What was answered about a postcode; `is_located` false where it has no grid reference, and nobody was asked."""

    postcode: str
    is_located: bool
    radius_metres: int
    authorities: list[dict]


def ask(postcode: str, *, by: Actor, at: datetime) -> Answered:
    """The answer of the postcode's authority and of each around it, disclosed to their owners, counted and logged.

    Raises NotPermitted, UnreadableField, BudgetSpent, and DoesNotFit in shadow mode, where nothing is shown.
    """
    permissions.require("place_questions.ask", by.role)
    if shadow.is_on(by.authority_id):
        raise DoesNotFit(shadow.WORDS)
    try:
        written = normalise(postcode)
    except NotAPostcode as fault:
        raise UnreadableField("postcode", str(fault)) from fault
    on, radius = london_date(at), policy.RADIUS_METRES
    place = places_of_postcodes([written], on)[written]
    if place.easting is None or place.northing is None:
        return Answered(written, is_located=False, radius_metres=radius, authorities=[])
    point = (place.easting, place.northing)
    (around,) = authorities_around([point], radius, on)
    asked = frozenset({one.id for one in around} | ({place.host.id} if place.host else set()))
    where = Place(*point, asked, reach_metres=reaches_of([written])[written])
    (answer,) = what_if.ask([where], radius_metres=radius, by=by, at=at, purpose=PURPOSE)
    return Answered(written, is_located=True, radius_metres=radius, authorities=answer.stored())
