"""How does an owner's file become areas of concern? All of it or nothing; each bad row is reported, none is mended."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import shapely
from django.db import connection, transaction
from psycopg.types.json import Jsonb
from shapely import MultiPolygon

from accounts.acting import Actor
from audit import log
from geo import geometry
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from geo.geometry import ShapeRefused
from geo.models import Authority
from geo.reading.features import NATIONAL_GRID, Feature, Unreadable
from geo.reading.reader import AREAS, Answer, Limits, read_bytes
from hotspots import nudging
from hotspots.exceptions import FileRefused
from hotspots.files import staging
from hotspots.files.rows import FIELD_OF_PROPERTY, Row, RowRefused, owner_code, read_row
from hotspots.models import Hotspot, StateChange, Version

# Shapes that differ by less are the same: a newer projection library may move the last digits.
SAME_WITHIN_METRES = 0.001
# How far a reading is, is said after each so many rows.
ROWS_BETWEEN_WORDS = 100

SAID = tuple(dict.fromkeys(field for field, _ in FIELD_OF_PROPERTY.values()))
COLUMNS = (
    "id", "authority_id", "hotspot_id", "number", "shape", "received", "correction", "recorded_at", "recorded_by",
)  # fmt: skip
HOTSPOT = ("id", "authority_id", "reference", "state")
STATE_CHANGE = ("id", "authority_id", "hotspot_id", "state", "reason", "at", "by")

TO_NATIONAL_GRID = """
    select ST_AsBinary(ST_Transform(ST_GeomFromWKB(given.shape, %s), %s))
    from unnest(%s::bytea[]) with ordinality as given(shape, place)
    order by given.place
"""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do. `hotspot_ids` are all areas that the file holds of the owner's, changed or not."""

    hotspot_ids: tuple[UUID, ...]
    added_references: tuple[str, ...]
    changed_references: tuple[str, ...]
    unchanged: int
    notes: tuple[str, ...]

    @property
    def added(self) -> int:
        return len(self.added_references)

    @property
    def changed(self) -> int:
        return len(self.changed_references)


@dataclass
class Reading:
    """What an owner's file says, row by row: what passed the gate, as it was delivered, and what did not."""

    sha256: str
    srid: int
    rows: list[tuple[Row, MultiPolygon]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


# Told how many rows were looked at, and how many there are.
Progress = Callable[[int, int], None]


@transaction.atomic
def import_file(
    content: bytes, *, owner: Authority, srid: int | None = None, limits: Limits = AREAS, by: Actor, at: datetime
) -> Imported:
    """Record the owner's rows of a file of any format that is taken: new areas as drafts, changed ones as new versions.

    A row identical to the current version changes nothing; a row that names another owner is left out and named in
    the notes; an area that the file does not mention stays as it is. Refuses (FileRefused) with every bad row by its
    number. `srid` is the coordinate system that the sender stated, where it did; `limits` are the reader's.
    """
    return import_rows(read(content, owner=owner, srid=srid, limits=limits), owner=owner, by=by, at=at)


def read(
    content: bytes, *, owner: Authority, srid: int | None = None, limits: Limits = AREAS, told: Progress | None = None
) -> Reading:
    """The owner's rows as another process reads them, each held to the gate here; no row of an authority is touched.

    Refuses (FileRefused) a file that is refused whole; bad rows are kept with the reading.
    """
    try:
        with read_bytes(content, srid=srid, limits=limits) as answer:
            reading = Reading(hashlib.sha256(content).hexdigest(), answer.srid)
            _read(reading, answer, owner, told)
            if told:
                told(answer.count, answer.count)
            return reading
    except Unreadable as refused:
        raise FileRefused(str(refused), reason=refused.reason) from None


@transaction.atomic
def import_rows(reading: Reading, *, owner: Authority, by: Actor, at: datetime) -> Imported:
    """As `import_file`, for a file that was read; once for a reading."""
    _one_import_at_a_time(owner)
    _to_national_grid(reading)
    known = _known([row.reference for row, _ in reading.rows], owner)
    for row, _ in reading.rows:
        if row.reference in known and known[row.reference][0].state == Hotspot.State.WITHDRAWN:
            reading.faults.append(
                (row.number, f"The area {row.reference} was withdrawn for good. Give a new area a new reference.")
            )
    if reading.faults:
        faults = [f"Row {number}: {reason}" for number, reason in sorted(reading.faults)]
        raise FileRefused("Nothing was imported, because of these rows:", faults)
    imported = _write(reading, known, owner=owner, by=by, at=at)
    log.record(
        operation="hotspots.import",
        subject_kind="hotspot",
        detail={
            "sha256": reading.sha256,
            "added": imported.added,
            "changed": imported.changed,
            "unchanged": imported.unchanged,
        },
    )
    return imported


@transaction.atomic
def preview_rows(reading: Reading, *, owner: Authority, by: Actor, at: datetime) -> Imported:
    """What `import_rows` would do now; nothing is kept. Refuses as it does."""
    with transaction.atomic():
        imported = import_rows(reading, owner=owner, by=by, at=at)
        transaction.set_rollback(True)
    return imported


def _one_import_at_a_time(owner: Authority) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotspots.import {owner.id}"])


def _read(reading: Reading, answer: Answer, owner: Authority, told: Progress | None) -> None:
    numbers: dict[str, int] = {}
    for feature in answer.rows:
        if told and feature.number % ROWS_BETWEEN_WORDS == 0:
            told(feature.number, answer.count)
        if feature.fault:
            reading.faults.append((feature.number, feature.fault))
            continue
        try:
            code = owner_code(feature)
            owned_by = authority_by_code(code) if code else owner
            if owned_by.id != owner.id:
                reading.notes.append(f"Row {feature.number}{_named(feature)} was left out: it is {owned_by.name}'s.")
                continue
            row = read_row(feature)
            if row.reference in numbers:
                raise RowRefused(f"Its reference {row.reference} is that of row {numbers[row.reference]} too.")
            numbers[row.reference] = feature.number
            delivered = geometry.from_geojson(feature.geometry)
            if reading.srid != NATIONAL_GRID:
                geometry.require_degrees(delivered.shape)
            geometry.require_valid(delivered.shape)
        except (RowRefused, ShapeRefused, AuthorityNotFound) as refused:
            reading.faults.append((feature.number, str(refused)))
            continue
        if delivered.had_heights:
            reading.notes.append(f"Row {row.number}: its heights were left out; an area is flat.")
        if not row.has_own_reference:
            reading.notes.append(f"Row {row.number} has no ref; it is known as “{row.reference}”.")
        reading.rows.append((row, delivered.shape))


def _named(feature: Feature) -> str:
    reference = feature.properties.get("ref")
    return f" ({reference[:40]!r})" if isinstance(reference, str) else ""


def _to_national_grid(reading: Reading) -> None:
    """Turn all shapes into National Grid metres in one statement, and hold them to what only metres can tell."""
    if reading.srid != NATIONAL_GRID:
        with connection.cursor() as cursor:
            cursor.execute(
                TO_NATIONAL_GRID, [reading.srid, NATIONAL_GRID, [shapely.to_wkb(shape) for _, shape in reading.rows]]
            )
            shapes = [shapely.from_wkb(bytes(found)) for (found,) in cursor.fetchall()]
        reading.rows = [(row, shape) for (row, _), shape in zip(reading.rows, shapes, strict=True)]
    for row, shape in reading.rows:
        try:
            geometry.require_area_on_grid(shape)
            if reading.srid != NATIONAL_GRID:
                geometry.require_valid(shape)
        except ShapeRefused as refused:
            reading.faults.append((row.number, str(refused)))


def _known(references: Sequence[str], owner: Authority) -> dict[str, tuple[Hotspot, Version]]:
    """The owner's areas of these references with their current versions, locked."""
    hotspots = Hotspot.objects.select_for_update().filter(authority=owner, reference__in=references).order_by("id")
    held = {hotspot.id: hotspot for hotspot in hotspots}
    versions = Version.objects.filter(hotspot_id__in=list(held), superseded_at=None)
    return {held[version.hotspot_id].reference: (held[version.hotspot_id], version) for version in versions}


def _write(
    reading: Reading, known: dict[str, tuple[Hotspot, Version]], *, owner: Authority, by: Actor, at: datetime
) -> Imported:
    added = {row.reference: uuid4() for row, _ in reading.rows if row.reference not in known}
    ids = added | {reference: hotspot.id for reference, (hotspot, _) in known.items()}
    changed = [
        (row, shape)
        for row, shape in reading.rows
        if row.reference not in known or not _says_the_same(known[row.reference][1], row, shape)
    ]
    superseded = [known[row.reference][1].id for row, _ in changed if row.reference in known]
    draft = Hotspot.State.DRAFT.value
    staging.add(Hotspot, HOTSPOT, ((one, owner.id, reference, draft) for reference, one in added.items()))
    staging.add(StateChange, STATE_CHANGE, ((uuid4(), owner.id, one, draft, "", at, by.name) for one in added.values()))
    Version.objects.filter(id__in=superseded).update(superseded_at=at)
    staging.add(
        Version,
        [*COLUMNS, *SAID],
        (
            (
                uuid4(),
                owner.id,
                ids[row.reference],
                known[row.reference][1].number + 1 if row.reference in known else 1,
                shapely.to_wkb(shapely.set_srid(shape, NATIONAL_GRID), hex=True, include_srid=True),
                Jsonb(row.received),
                "",
                at,
                by.name,
                *(row.said[name] for name in SAID),
            )
            for row, shape in changed
        ),
    )
    nudging.check_after_commit(by.authority_id)
    return Imported(
        hotspot_ids=tuple(ids[row.reference] for row, _ in reading.rows),
        added_references=tuple(added),
        changed_references=tuple(row.reference for row, _ in changed if row.reference in known),
        unchanged=len(reading.rows) - len(changed),
        notes=tuple(reading.notes),
    )


def _says_the_same(version: Version, row: Row, shape: MultiPolygon) -> bool:
    return (
        all(getattr(version, name) == value for name, value in row.said.items())
        and version.received == row.received
        and shapely.from_wkb(bytes(version.shape.wkb)).equals_exact(shape, SAME_WITHIN_METRES)
    )
