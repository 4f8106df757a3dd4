"""How fast is a file of 10,000 areas of concern imported, against COPY of the very same rows with the same constraints?"""

import json
import math
import random
import resource
import tempfile
from pathlib import Path

from django.db import connections, transaction

from accounts.acting import acting_for, operator
from bench.measure import Line, in_own_process
from db import clock
from geo.areas import authority_by_code
from hotspots.files.importing import import_file
from tests.hotspots.making import geometry_blob, geopackage, shapefile

# Barnsley to Sheffield, then Leeds and its neighbours, Manchester: the owners of as many files.
OWNERS = (
    "E08000016", "E08000017", "E08000018", "E08000019", "E08000032", "E08000033", "E08000034", "E08000035", "E08000036",
    "E08000003",
)  # fmt: skip
FEWEST_VERTICES, MOST_VERTICES = 30, 200
SEED = 27_700
# The tables that an import fills, in the order of their foreign keys.
TABLES = ("hotspots_hotspot", "hotspots_statechange", "hotspots_version")
BLOCK_BYTES = 1 << 20
# What the database works out itself of each version, by a trigger: in the raw limit too.
SKETCH = ["box", "near", "far"]
SKETCHED = (
    "create trigger sketched before insert on bare_hotspots_version for each row execute function hotspot_is_sketched()"
)


def lines(name: str, areas: int, files: int = 1) -> list[Line]:
    """One line for a format: the import, and COPY of the rows that it left. Wants a database without areas.

    One file is at most 64 MiB: ten times as many areas come in the files of ten owners.
    """
    rings = list(_rings(areas * files))
    contents = [FORMATS[name](rings[first : first + areas]) for first in range(0, len(rings), areas)]
    ours = in_own_process(lambda: _import(contents))
    with tempfile.TemporaryDirectory() as folder:
        _dump(Path(folder))
        raw = in_own_process(lambda: _copy(Path(folder)))
    mebibytes = sum(map(len, contents)) / 2**20
    amount = f"{len(rings):,} areas, {sum(map(len, rings)):,} vertices, {files} x {mebibytes / files:.0f} MiB"
    return [Line(f"import of areas of concern, {name}", amount, ours, raw)]


def reader_peak_mib() -> float:
    """The most memory that a process which was started and has ended took, in MiB: the reader's."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _rings(areas: int):
    """Ragged discs of 30 to 200 vertices all over England, on metres of the National Grid to the centimetre."""
    chance = random.Random(SEED)
    for _ in range(areas):
        east, north = chance.uniform(300_000, 600_000), chance.uniform(100_000, 550_000)
        corners = chance.randint(FEWEST_VERTICES, MOST_VERTICES)
        radius = chance.uniform(60, 600)
        ring = []
        for corner in range(corners):
            away = radius * chance.uniform(0.9, 1)
            angle = -corner / corners * math.tau
            ring.append((round(east + away * math.cos(angle), 2), round(north + away * math.sin(angle), 2)))
        yield [*ring, ring[0]]


def _geojson(rings) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"ref": f"A{number}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(rings, start=1)
    ]
    grid = {"type": "name", "properties": {"name": "EPSG:27700"}}
    return json.dumps({"type": "FeatureCollection", "crs": grid, "features": features}).encode()


def _geopackage(rings) -> bytes:
    return geopackage(rows=[geometry_blob(ring) for ring in rings])


def _shapefile(rings) -> bytes:
    return shapefile([[ring] for ring in rings])


def _import(contents: list[bytes]) -> None:
    for code, content in zip(OWNERS, contents, strict=False):
        owner = authority_by_code(code)
        with acting_for(operator(owner.id), "benchmark") as by:
            imported = import_file(content, owner=owner, by=by, at=clock.now())
        if not imported.added:
            raise SystemExit("The benchmark imported nothing.")
    print(f"reader: {reader_peak_mib():.0f} MiB at most")


def _dump(folder: Path) -> None:
    """The rows as they stand, read with row-level security as each owner of areas."""
    for code in OWNERS:
        with acting_for(operator(authority_by_code(code).id), "benchmark"), connections["default"].cursor() as cursor:
            for table in TABLES:
                given = f"copy (select {_columns(table)} from {table}) to stdout"
                with open(folder / table, "ab") as file, cursor.copy(given) as copy:
                    for block in copy:
                        file.write(block)


def _copy(folder: Path) -> None:
    """The same rows by COPY into tables with the same checks, keys and indexes; no row security and no triggers."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"create table bare_{table} (like {table} including all)")
            if table == "hotspots_version":
                cursor.execute(SKETCHED)
            given = f"copy bare_{table} ({_columns(table)}) from stdin"
            with open(folder / table, "rb") as file, cursor.copy(given) as copy:
                while block := file.read(BLOCK_BYTES):
                    copy.write(block)
        for table in reversed(TABLES):
            cursor.execute(f"drop table bare_{table}")


def _columns(table: str) -> str:
    """Every column that is given; the database works out the others itself, in both."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select string_agg(attname, ', ' order by attnum) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and attgenerated = '' and not attisdropped"
            " and not attname = any(%s)",
            [table, SKETCH],
        )
        return cursor.fetchone()[0]


FORMATS = {"GeoJSON": _geojson, "GeoPackage": _geopackage, "Shapefile": _shapefile}
