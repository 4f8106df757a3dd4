"""How does an edition of boundaries come in? Valid shapes only, one an authority, stored as given."""

from collections.abc import Mapping
from datetime import date

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from geo.exceptions import ImportRefused
from geo.models import NATIONAL_GRID, Authority, Boundary, BoundaryEdition


def store_edition(
    *,
    name: str,
    edition_on: date,
    source: str,
    shapes: Mapping[Authority, BaseGeometry],
    is_active: bool,
    using: str = "owner",
) -> BoundaryEdition:
    """Store an edition in place of what stood under its name and date; shapes are (multi)polygons in EPSG:27700.

    Only active editions give evidence. Raises ImportRefused for a shape that is empty, invalid or of another kind.
    """
    faults = [
        f"{authority.name}: {reason}" for authority, shape in shapes.items() if (reason := _fault(shape)) is not None
    ]
    if faults:
        raise ImportRefused(f"The boundaries {name} were not stored:", faults)
    with transaction.atomic(using=using):
        edition, _ = BoundaryEdition.objects.using(using).update_or_create(
            name=name, edition_on=edition_on, defaults={"source": source, "is_active": is_active}
        )
        edition.boundaries.all().delete()
        edition.boundaries.bulk_create(
            Boundary(edition=edition, authority_id=authority.id, shape=_as_stored(shape))
            for authority, shape in shapes.items()
        )
    return edition


def _fault(shape: BaseGeometry) -> str | None:
    if shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return f"a boundary is a polygon, not {shape.geom_type.lower()}"
    return None if shape.is_valid else shapely.is_valid_reason(shape)


def _as_stored(shape: BaseGeometry) -> GEOSGeometry:
    whole = shapely.MultiPolygon(list(shapely.get_parts(shape)))
    return GEOSGeometry(memoryview(shapely.to_wkb(whole)), srid=NATIONAL_GRID)
