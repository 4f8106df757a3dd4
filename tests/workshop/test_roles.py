"""May each role of db/roles.sql do its work, and no more? Asked of the database itself."""

import os
import secrets
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors

from tests import databases

URLS = {
    "owner": "MIGRATION_DATABASE_URL",
    "app": "DATABASE_URL",
    "worker": "WORKER_DATABASE_URL",
    "clock": "CLOCK_DATABASE_URL",
}
# The law of two authorities: each reads its own row; the overlay's role reads both.
TABLE = """
create table stay (authority int);
insert into stay values (1), (2);
alter table stay enable row level security;
alter table stay force row level security;
create policy own on stay using (authority = current_setting('trial.authority', true)::int);
create policy overlay on stay to placewatch_overlay using (true);
grant select on stay to placewatch_overlay;
create function all_stays() returns bigint
    language sql security definer set search_path = public as 'select count(*) from stay';
alter function all_stays() owner to placewatch_overlay;
"""


@pytest.fixture(scope="module")
def connect():
    """Connect to a database of this module's own as one of the roles."""
    name = f"roles_{secrets.token_hex(4)}"

    def to_it(role):
        return psycopg.connect(urlsplit(os.environ[URLS[role]])._replace(path=f"/{name}").geturl())

    databases.copy("placewatch_base", name)
    with to_it("owner") as connection:
        connection.execute(TABLE)
    yield to_it
    databases.drop_when_left(name)


def _count(connect, role, *, authority=None, query="select count(*) from stay"):
    with connect(role) as connection:
        if authority:
            connection.execute("select set_config('trial.authority', %s, true)", [str(authority)])
        return connection.execute(query).fetchone()[0]


@pytest.mark.parametrize("role", ["owner", "app", "worker", "clock"])
def test_no_role_that_anybody_connects_as_is_above_row_level_security(connect, role):
    with connect(role) as connection:
        above = "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"
        assert connection.execute(above).fetchone() == (False,)


@pytest.mark.parametrize("role", ["owner", "app", "worker"])
def test_each_reads_the_rows_of_the_authority_acted_for_and_nothing_without_one(connect, role):
    assert _count(connect, role, authority=1) == 1
    assert _count(connect, role) == 0


def test_the_owner_hands_functions_to_the_overlay_without_getting_its_sight(connect):
    assert _count(connect, "app", query="select all_stays()") == 2
    assert _count(connect, "owner", authority=1) == 1


@pytest.mark.parametrize("role", ["app", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "truncate stay",
        "create table more (number int)",
        "alter table stay disable row level security",
        "set role placewatch_owner",
        "set role placewatch_overlay",
        "set row_security = off; select * from stay",
    ],
)
def test_neither_app_nor_worker_can_step_out_of_its_rights(connect, role, statement):
    with connect(role) as connection, pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
        connection.execute(statement)


def test_the_clocks_role_reads_no_table(connect):
    with pytest.raises(errors.InsufficientPrivilege):
        _count(connect, "clock")


@pytest.mark.parametrize(("role", "limit"), [("app", "30s"), ("worker", "10min"), ("owner", "0")])
def test_a_request_ends_after_thirty_seconds_and_a_migration_never(connect, role, limit):
    with connect(role) as connection:
        assert connection.execute("show statement_timeout").fetchone() == (limit,)


def test_the_backups_role_sees_every_row_and_writes_none(connect):
    with connect("owner") as connection:
        sight = "select rolbypassrls and not rolsuper from pg_roles where rolname = 'placewatch_backup'"
        assert connection.execute(sight).fetchone() == (True,)
        rights = "select string_agg(privilege_type, ' ') from information_schema.table_privileges "
        named = "where grantee = 'placewatch_backup' and table_name = 'stay'"
        assert connection.execute(rights + named).fetchone() == ("SELECT",)
