"""How does an owner say what it knows of one area, change it, and correct it? Each time a new version; none is edited."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction
from shapely import MultiPolygon

from accounts.acting import Actor
from audit import log
from geo import geometry
from geo.geometry import ShapeRefused
from geo.reading.features import NATIONAL_GRID
from hotspots import nudging
from hotspots.exceptions import AreaRefused, HotspotNotFound, IsWithdrawn, ReferenceTaken, StaleVersion
from hotspots.models import Hotspot, StateChange, Version

# Shapes that differ by less are the same: corners are written back to the centimetre.
SAME_WITHIN_METRES = 0.01
ON_NATIONAL_GRID = "select ST_AsBinary(ST_Transform(ST_GeomFromWKB(%s, %s), %s))"


@dataclass(frozen=True)
class Said:
    """What an owner says of an area beside its shape; blank or None is "not said". Meanings: hotspots.models.Version."""

    name: str = ""
    kind_of_place: str = ""
    concern: str = ""
    originator: str = ""
    conditions: str = ""
    condition_kinds: list[str] = field(default_factory=list)
    grading: str = ""
    narrative: str = ""
    first_supported_on: date | None = None
    last_supported_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None


def shape_of(geojson: object, srid: int) -> MultiPolygon:
    """The shape in metres of the National Grid, past the gate. Raises AreaRefused (`shape`) with where and why."""
    try:
        shape = geometry.from_geojson(geojson).shape
        if srid != NATIONAL_GRID:
            geometry.require_degrees(shape)
        geometry.require_valid(shape)
        if srid != NATIONAL_GRID:
            with connection.cursor() as cursor:
                cursor.execute(ON_NATIONAL_GRID, [shapely.to_wkb(shape), srid, NATIONAL_GRID])
                shape = shapely.from_wkb(bytes(cursor.fetchone()[0]))
        geometry.require_area_on_grid(shape)
        geometry.require_valid(shape)
    except ShapeRefused as refused:
        raise AreaRefused("shape", str(refused)) from None
    return shape


@transaction.atomic
def draft(*, reference: str, said: Said, shape: MultiPolygon, by: Actor, at: datetime) -> Hotspot:
    """Begin an area of concern: a draft that nobody is told of. Raises ReferenceTaken, AreaRefused."""
    reference = reference.strip()
    if not reference:
        raise AreaRefused("reference", "Give the area a reference of your own.")
    _require_in_order(said)
    if Hotspot.objects.filter(authority_id=by.authority_id, reference=reference).exists():
        raise ReferenceTaken(reference)
    hotspot = Hotspot.objects.create(authority_id=by.authority_id, reference=reference)
    StateChange.objects.create(
        authority_id=by.authority_id, hotspot=hotspot, state=Hotspot.State.DRAFT, at=at, by=by.name
    )
    _write(hotspot, 1, said, shape, received={}, correction="", by=by, at=at)
    log.record(operation="hotspots.draft", subject_kind="hotspot", subject_ids=[hotspot.id])
    return hotspot


@transaction.atomic
def revise(
    hotspot_id: UUID,
    *,
    said: Said,
    shape: MultiPolygon,
    number: int,
    correction: str = "",
    by: Actor,
    at: datetime,
) -> Version:
    """Say something else of an area from now on: what it was read as before stays as it was. Nothing new: no version.

    `number` is the version that the change was decided on. A `correction` says what was wrong with that version, which is
    then not to be relied on. A police grading that is left out is kept: nobody can read it, so nobody takes it away
    unawares. Raises HotspotNotFound, StaleVersion, IsWithdrawn, AreaRefused.
    """
    hotspot = Hotspot.objects.select_for_update().filter(id=hotspot_id, authority_id=by.authority_id).first()
    if hotspot is None:
        raise HotspotNotFound
    if hotspot.state == Hotspot.State.WITHDRAWN:
        raise IsWithdrawn
    present = Version.objects.get(hotspot=hotspot, superseded_at=None)
    if present.number != number:
        raise StaleVersion(present.number)
    _require_in_order(said)
    said = replace(said, grading=said.grading or present.grading)
    if not correction and _says_the_same(present, said, shape):
        return present
    Version.objects.filter(id=present.id).update(superseded_at=at)
    written = _write(
        hotspot, number + 1, said, shape, received=present.received, correction=correction.strip(), by=by, at=at
    )
    log.record(
        operation="hotspots.revise",
        subject_kind="hotspot",
        subject_ids=[hotspot.id],
        detail={"version": written.number, "corrects": bool(correction)},
    )
    nudging.check_after_commit(by.authority_id)
    return written


def said_in(version: Version) -> Said:
    """What a version says, its shape apart."""
    return Said(**{name: getattr(version, name) for name in Said.__dataclass_fields__})


def shape_in(version: Version) -> MultiPolygon:
    """A version's shape, in metres of the National Grid."""
    return shapely.from_wkb(bytes(version.shape.wkb))


def _require_in_order(said: Said) -> None:
    first, last = said.first_supported_on, said.last_supported_on
    if first and last and last < first:
        raise AreaRefused("last_supported_on", "It was last supported before it was first supported: check both days.")
    if said.review_on and first and said.review_on < first:
        raise AreaRefused("review_on", "Its review date lies before it was first supported: check both days.")


def _says_the_same(version: Version, said: Said, shape: MultiPolygon) -> bool:
    return said_in(version) == said and shape_in(version).equals_exact(shape, SAME_WITHIN_METRES)


def _write(
    hotspot: Hotspot,
    number: int,
    said: Said,
    shape: MultiPolygon,
    *,
    received: dict,
    correction: str,
    by: Actor,
    at: datetime,
) -> Version:
    return Version.objects.create(
        authority_id=hotspot.authority_id,
        hotspot=hotspot,
        number=number,
        shape=GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=NATIONAL_GRID),
        received=received,
        correction=correction,
        recorded_at=at,
        recorded_by=by.name,
        **asdict(said),
    )
