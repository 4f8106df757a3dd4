"""How does each test get a database? One template, built once for this state of the migrations; clones of it for all.

Tests connect as the service's own role, which owns nothing. A test that commits gets a clone of its own (about 70 ms)
and never a flush, which that role could not do. A clone is copied file by file: through the journal, as PostgreSQL does
it by itself, it costs three times as much. The product's clock stands at noon on Tuesday 1 December 2026 when a
test's database begins.
"""

import atexit
import hashlib
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from db import clock as product_clock
from geo.importers.postcode_sources import FileSource
from geo.importers.postcodes import load_directory

ROOT = Path(__file__).parent.parent
BUILT_FROM = (
    "requirements.txt",
    "config/settings.py",
    "*/migrations/*.py",
    "db/**/*.sql",
    "*/reference/*",
    "*/importers/*.py",
    "tests/factories/*.csv",
)
POSTCODES = ROOT / "tests" / "factories" / "ONSPD_NOV_2025_tests.csv"
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
BUILD_LOCK = 7_390_017
LEAVING_SECONDS = 10
RIGHTS = """
select privilege_type, array_agg(pg_get_userbyid(grantee)::text)
from pg_database, aclexplode(datacl) where datname = %s and grantee not in (0, datdba) group by privilege_type
"""


def fingerprint() -> str:
    """Names the template: changes with any migration, definer function or reference table."""
    digest = hashlib.sha256()
    for pattern in BUILT_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def administration() -> psycopg.Connection:
    """This process's connection as the owner for creating and dropping databases; never to the base, of which no copy
    is made while another process of the tests is connected to it."""
    connection = psycopg.connect(os.environ["MIGRATION_DATABASE_URL"], dbname="postgres", autocommit=True)
    atexit.register(connection.close)
    return connection


def copy(template: str, name: str) -> None:
    """Make the database `name` as a copy of another, with the base's rights: PostgreSQL would give it its own defaults,
    and with these the service may do more than it may."""
    _execute("create database {} template {} strategy file_copy", name, template)
    _execute("revoke all on database {} from public", name)
    for right, roles in administration().execute(RIGHTS, [_base()]).fetchall():
        _execute(f"grant {right} on database {{}} to {', '.join(['{}'] * len(roles))}", name, *roles)


def _drop(name: str) -> None:
    _execute("drop database if exists {} with (force)", name)


def _execute(statement: str, *names: str) -> None:
    administration().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _exists(name: str) -> bool:
    return administration().execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


@contextmanager
def pointed_to(name: str):
    """Let every Django connection lead to the database `name`, and back again."""
    before = {alias: settings.DATABASES[alias]["NAME"] for alias in connections}
    _point(dict.fromkeys(before, name))
    try:
        yield
    finally:
        _point(before)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def ensure_template() -> str:
    """The template's name; builds it where it does not stand yet (migrations and reference data)."""
    name = f"template_{fingerprint()}"
    administration().execute("select pg_advisory_lock(%s)", [BUILD_LOCK])
    try:
        if not _exists(name):
            _build_template(name)
    finally:
        administration().execute("select pg_advisory_unlock(%s)", [BUILD_LOCK])
    return name


def _base() -> str:
    return psycopg.conninfo.conninfo_to_dict(os.environ["MIGRATION_DATABASE_URL"])["dbname"]


def _build_template(name: str) -> None:
    building = f"{name}_building"
    _drop(building)
    copy(_base(), building)
    with pointed_to(building):
        call_command("migrate", database="owner", verbosity=0)
        call_command("load_reference", verbosity=0)
        load_directory(FileSource(POSTCODES))
    _execute("alter database {} rename to {}", building, name)


def clock():
    """A connection that may set the product's clock, past Django's connections (a test may use only its own)."""
    name = settings.DATABASES["default"]["NAME"]
    return psycopg.connect(os.environ["CLOCK_DATABASE_URL"], dbname=name, autocommit=True)


def set_to_noon(clock) -> None:
    """Let the product's clock stand at noon again."""
    clock.execute("update db_clock set clock_offset = %s - clock_timestamp()", [NOON])


@contextmanager
def cloned(template: str, suffix: str):
    """A clone of the template for as long as the block runs; every Django connection leads to it."""
    name = f"test_{os.getpid()}_{suffix}"
    _drop(name)
    copy(template, name)
    try:
        with pointed_to(name):
            product_clock.set_to(NOON)
            yield name
    finally:
        drop_when_left(name)


def drop_when_left(name: str) -> None:
    """Drop a copy. A backend outlives its client by a moment, and the owner may not end that of another role."""
    deadline = time.monotonic() + LEAVING_SECONDS
    while True:
        try:
            _drop(name)
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def as_role(variable: str):
    """Let the default connection sign in as another role: WORKER_DATABASE_URL, for one."""
    parts = psycopg.conninfo.conninfo_to_dict(os.environ[variable])
    connection = connections["default"]
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=parts["user"], PASSWORD=parts["password"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
