"""What is shared about each postcode of a list, as far as the acting authority may know? The rows of `bin/manage screen`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from accounts.acting import Actor
from db.clock import london_date
from geo.exceptions import NotAPostcode
from geo.place import Place as Located
from geo.place import places_of_postcodes
from geo.postcodes import normalise
from hotspots.overlay import overlay, what_if
from hotspots.overlay.overlay import Answer, Nearest, Place

COLUMNS = ("postcode", "state", "inside_refs", "nearest_ref", "nearest_metres", "within_refs")
PURPOSE = "screening a list of postcodes"


@dataclass(frozen=True)
class Row:
    """One postcode's line. `state` is the host's; `fault` says, in words, why a line is blank."""

    postcode: str
    state: str = ""
    inside_refs: str = ""
    nearest_ref: str = ""
    nearest_metres: str = ""
    within_refs: str = ""
    fault: str = ""

    def as_columns(self) -> dict[str, str]:
        """The line as it is printed."""
        return {name: value for name, value in asdict(self).items() if name in COLUMNS}


def screened(postcodes: Sequence[str], *, radius_metres: int, by: Actor, at: datetime) -> list[Row]:
    """A line for each postcode, in order; three statements for all of them.

    Metres and references only of the authority's own areas and those at geometry level. Below it the state depends on
    the square of 1 km alone: no placement stands behind a list. Disclosed to the owners and logged.
    """
    read = [_read(text) for text in postcodes]
    located = places_of_postcodes([one for one in read if isinstance(one, str)], london_date(at))
    faults = {text: _fault(one, located) for text, one in zip(postcodes, read, strict=True)}
    asked = {text: located[one] for text, one in zip(postcodes, read, strict=True) if not faults[text]}
    places = [Place(one.easting, one.northing, frozenset([one.host.id])) for one in asked.values()]
    answers = what_if.ask(places, radius_metres=radius_metres, by=by, at=at, purpose=PURPOSE) if places else []
    nearest = overlay.nearest(places, at=at, purpose=PURPOSE) if places else []
    rows = {
        text: _row(text, one, answer, near)
        for (text, one), answer, near in zip(asked.items(), answers, nearest, strict=True)
    }
    return [rows.get(text) or Row(text, fault=faults[text]) for text in postcodes]


def _read(text: str) -> str | NotAPostcode:
    try:
        return normalise(text)
    except NotAPostcode as fault:
        return fault


def _fault(read: str | NotAPostcode, located: dict[str, Located]) -> str:
    if isinstance(read, NotAPostcode):
        return str(read)
    place = located[read]
    if place.easting is None:
        return place.reason or "This postcode has no grid reference here, so nothing can be said of what lies near it."
    return "" if place.host else place.reason


def _row(text: str, place: Located, answer: Answer, nearest: Nearest | None) -> Row:
    areas = [area for one in answer.authorities for area in one.areas if area.reference is not None]
    inside = sorted(area.reference for area in areas if area.is_inside)
    (of_host,) = [one for one in answer.authorities if one.authority_id == place.host.id]
    return Row(
        postcode=text,
        state=of_host.state,
        inside_refs="|".join(inside),
        nearest_ref="" if inside or nearest is None else nearest.reference,
        nearest_metres="" if nearest is None else f"{nearest.metres:.1f}",
        within_refs="|".join(sorted(area.reference for area in areas)),
    )
