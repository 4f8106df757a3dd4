"""How does an edition of boundaries come in, and become evidence? Valid shapes only, one an authority, stored as given.

An edition is loaded inactive. It becomes evidence, and the ground of the map, only after it was compared with the
postcodes (geo/importers/boundary_check.py) and agrees with nearly all of them.
"""

from collections.abc import Mapping
from datetime import date, datetime

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connections, transaction
from django.db.models import Max
from shapely.geometry.base import BaseGeometry

from geo.exceptions import ImportRefused
from geo.models import NATIONAL_GRID, Authority, Boundary, BoundaryEdition

# Of the postcodes compared. The detailed layers agree with 99.97 %, one generalised to 250 m with 99.7 %.
LEAST_AGREEING = 0.999
CUT = """
    insert into geo_boundarypiece (boundary_id, shape)
    select id, ST_Subdivide(shape, 256) from geo_boundary where edition_id = %s
"""


def store_edition(
    *,
    name: str,
    edition_on: date,
    source: str,
    shapes: Mapping[Authority, BaseGeometry],
    is_active: bool,
    sha256: str = "",
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
            name=name,
            edition_on=edition_on,
            defaults={
                "source": source,
                "sha256": sha256,
                "is_active": is_active,
                "verified_at": None,
                "agreeing": 0,
                "elsewhere": 0,
                "nowhere": 0,
            },
        )
        edition.boundaries.all().delete()
        edition.boundaries.bulk_create(
            Boundary(edition=edition, authority_id=authority.id, shape=_as_stored(shape))
            for authority, shape in shapes.items()
        )
        with connections[using].cursor() as cursor:
            cursor.execute(CUT, [edition.id])
    return edition


def activate(edition: BoundaryEdition, *, at: datetime, using: str = "owner") -> list[BoundaryEdition]:
    """Let an edition give evidence from now on, in place of those that describe the same authorities; returns those.

    Refuses (ImportRefused) one that was not compared with the postcodes, or agrees with too few of them.
    """
    if edition.verified_at is None or not edition.compared:
        raise ImportRefused(
            f"{edition} was compared with no postcodes. Import the postcodes first, then the file again."
        )
    share = edition.agreeing / edition.compared
    if share < LEAST_AGREEING:
        raise ImportRefused(
            f"{edition} puts {share:.2%} of {edition.compared:,} postcodes where the directory does, fewer than "
            f"{LEAST_AGREEING:.1%}: it is too coarse to be evidence. Take the publisher's detailed layer."
        )
    with transaction.atomic(using=using):
        editions = BoundaryEdition.objects.using(using)
        authorities = edition.boundaries.values("authority_id")
        replaced = list(
            editions.select_for_update(of=["self"])
            .filter(
                is_active=True,
                id__in=Boundary.objects.using(using).filter(authority_id__in=authorities).values("edition_id"),
            )
            .exclude(id=edition.id)
        )
        editions.filter(id__in=[one.id for one in replaced]).update(is_active=False, switched_at=at)
        editions.filter(id=edition.id, is_active=False).update(is_active=True, switched_at=at)
    edition.is_active = True
    return replaced


def deactivate(edition: BoundaryEdition, *, at: datetime, using: str = "owner") -> None:
    """Let an edition give no evidence any more; it stays loaded."""
    BoundaryEdition.objects.using(using).filter(id=edition.id, is_active=True).update(is_active=False, switched_at=at)
    edition.is_active = False


def last_switched_at() -> datetime | None:
    """When any edition began or ceased to give evidence, for the last time; None where none ever did by a switch."""
    return BoundaryEdition.objects.aggregate(last=Max("switched_at"))["last"]


def _fault(shape: BaseGeometry) -> str | None:
    if shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return f"a boundary is a polygon, not {shape.geom_type.lower()}"
    return None if shape.is_valid else shapely.is_valid_reason(shape)


def _as_stored(shape: BaseGeometry) -> GEOSGeometry:
    whole = shapely.MultiPolygon(list(shapely.get_parts(shape)))
    return GEOSGeometry(memoryview(shapely.to_wkb(whole)), srid=NATIONAL_GRID)
