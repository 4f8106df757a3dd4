"""How fast is the whole postcode directory loaded, against COPY of the same rows plus the same indexes?"""

import tempfile
from pathlib import Path

from django.db import connections, transaction

from bench.measure import Line, in_own_process
from geo.importers.postcode_sources import PackageSource
from geo.importers.postcodes import load_directory
from geo.models import Postcode

BLOCK_BYTES = 1 << 20


def lines() -> list[Line]:
    """One line; leaves the whole directory loaded for the benchmarks after it."""
    ours = in_own_process(_load)
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "postcodes.copy"
        _dump(dump)
        raw = in_own_process(lambda: _copy_and_index(dump))
    rows = Postcode.objects.using("owner").count()
    return [Line("postcode directory", f"{rows:,} postcodes", ours, raw)]


def _load() -> None:
    load_directory(PackageSource())


def _dump(path: Path) -> None:
    with (
        connections["owner"].cursor() as cursor,
        open(path, "wb") as file,
        cursor.copy("copy geo_postcode to stdout") as copy,
    ):
        for block in copy:
            file.write(block)


def _copy_and_index(path: Path) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "create table bare (like geo_postcode including defaults including generated including constraints)"
        )
        with open(path, "rb") as file, cursor.copy("copy bare from stdin") as copy:
            while block := file.read(BLOCK_BYTES):
                copy.write(block)
        cursor.execute("set local maintenance_work_mem = '256MB'")
        cursor.execute(
            "select replace(pg_get_indexdef(indexrelid), ' ON public.geo_postcode ', ' ON bare '), relname"
            " from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = 'geo_postcode'::regclass"
        )
        for definition, name in cursor.fetchall():
            cursor.execute(definition.replace(f" INDEX {name} ", " INDEX "))
        cursor.execute("drop table bare")
