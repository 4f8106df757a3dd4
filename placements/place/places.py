"""Where is a placement? The place as it is given, and how its address is kept: openly, or closed (security R18)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.contrib.gis.geos import Point
from django.db import connections

from accounts import secrets
from geo.exceptions import NotAPostcode
from geo.postcodes import normalise
from placements.exceptions import UnreadableField
from placements.models import Placement, PlacementAddress, RestrictedAddress

NATIONAL_GRID = 27700
# As one list, not a parameter each: a whole register asks at once.
GRID_REFERENCES = (
    "select postcode, easting, northing from geo_postcode where postcode = any(%s) and easting is not null"
)


@dataclass(frozen=True)
class Place:
    """An address as somebody gave it. Postcodes may be blank: an unknown place is recordable."""

    line: str = ""
    postcode: str = ""
    home_postcode: str = ""
    urn: str = ""

    def read(self) -> "Place":
        """The same place with its postcodes as directories print them. Raises UnreadableField."""
        return Place(
            line=self.line.strip(),
            postcode=postcode_of_field("postcode", self.postcode),
            home_postcode=postcode_of_field("home_postcode", self.home_postcode),
            urn=self.urn.strip(),
        )


def keep(placement: Placement, place: Place) -> None:
    """Store a placement's address; of a restricted one everything that gives it away is encrypted, bound to its row."""
    if placement.is_restricted:
        RestrictedAddress.objects.create(
            authority_id=placement.authority_id,
            placement=placement,
            sealed=secrets.encrypt(json.dumps(asdict(place)), bound_to=_row(placement)),
        )
        return
    PlacementAddress.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        line=place.line,
        postcode=place.postcode,
        home_postcode=place.home_postcode,
        point=points_of([place.postcode]).get(place.postcode),
    )


def replace(placement: Placement, place: Place) -> None:
    """Store another place in place of the one that is held; what it was is for the caller to keep."""
    PlacementAddress.objects.filter(placement=placement).delete()
    RestrictedAddress.objects.filter(placement=placement).delete()
    if not placement.is_restricted:
        placement.urn = place.urn
    keep(placement, place)


def of(placement: Placement) -> Place | None:
    """The placement's place; None for a restricted one without a grant, and where no address is held."""
    return of_all([placement])[placement]


def of_all(placements: Sequence[Placement]) -> dict[Placement, Place | None]:
    """The places of many placements, two queries for all."""
    by_id = {placement.id: placement for placement in placements}
    found: dict[Placement, Place | None] = dict.fromkeys(placements)
    for address in PlacementAddress.objects.filter(placement__in=by_id):
        placement = by_id[address.placement_id]
        found[placement] = Place(
            line=address.line, postcode=address.postcode, home_postcode=address.home_postcode, urn=placement.urn
        )
    for closed in RestrictedAddress.objects.filter(placement__in=by_id):
        placement = by_id[closed.placement_id]
        kept = json.loads(secrets.decrypt(closed.sealed, bound_to=_row(placement)))
        found[placement] = Place(**{name: kept.get(name) or "" for name in Place.__dataclass_fields__})
    return found


def points_of(postcodes: Iterable[str]) -> dict[str, Point]:
    """The postcodes' points in EPSG:27700; those without a grid reference there (unknown, Northern Ireland) are left out."""
    return {postcode: Point(*grid, srid=NATIONAL_GRID) for postcode, grid in grid_references(postcodes).items()}


def grid_references(postcodes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The same as metres east and north."""
    with connections["default"].cursor() as cursor:
        cursor.execute(GRID_REFERENCES, [list({postcode for postcode in postcodes if postcode})])
        return {postcode: (easting, northing) for postcode, easting, northing in cursor.fetchall()}


def postcode_of_field(field: str, text: str) -> str:
    """A postcode as directories print it, blank where none was given. Raises UnreadableField."""
    if not text.strip():
        return ""
    try:
        return normalise(text)
    except NotAPostcode as error:
        raise UnreadableField(field, str(error)) from error


def _row(placement: Placement) -> str:
    return f"placement:{placement.id}"
