"""Does each of the two walls hold alone, and would the fall of any one stone be noticed?

The application's wall is accounts.scoping (and the filters of actions that look for a row within the authority); the
database's is row-level security. With either down nothing may leak; with both down the probes must find a leak, or
they prove nothing.
"""

from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from psycopg import sql

from accounts import scoping
from accounts.acting import Actor, acting_for
from accounts.roles import Role
from tests import factories
from tests.matrix import asks, expected
from tests.matrix.callers import Caller, leaked
from tests.matrix.expected import Answer
from tests.matrix.routes import Route, guarded
from tests.matrix.world import ADDRESSED, NEITHER, OWN, World, tenant_models

# Read by every authority on purpose: the wall there stands before writing, of a column that the service may write.
PUBLIC = {
    "hotspots_coverage": "superseded_at",
    "leaving_care_localoffer": "superseded_at",
    "notifications_contact": "ends_on",
}
# What was superseded is kept from every change by a trigger: the policy is asked of what stands.
STANDING = {"hotspots_coverage": sql.SQL(" and superseded_at is null")}


# Rows that belong to both sides: the database alone cannot tell at which side's door a party to one asks.
OF_BOTH_SIDES = {"notice", "agreement"}


def strangers(matrix) -> list[tuple[Route, Caller]]:
    """Every address with a permitted person and system of each authority that does not own the world's rows."""
    _, everybody = matrix
    found = []
    for route in guarded():
        for authority in (ADDRESSED, NEITHER):
            permitted = [
                one
                for one in everybody
                if one.authority == authority and route.rule.permits(one.role) and (route.is_api or not one.headers)
            ]
            # The first is a person, the last at the machines' door a system.
            found += [(route, caller) for caller in {permitted[0], permitted[-1]}] if permitted else []
    return found


def leaks(cells: list[tuple[Route, Caller]], world: World, *, by_the_database_alone: bool = False) -> list[str]:
    """What was told, or done, that should not have been."""
    found = []
    for route, caller in cells:
        response = caller.ask(route, world)
        forbidden = world.forbidden_to(caller.authority, by_the_database_alone=by_the_database_alone)
        found += leaked(route, caller, response, forbidden, world)
        is_party = by_the_database_alone and caller.authority == ADDRESSED and asks.of(route).row in OF_BOTH_SIDES
        if expected.answer(route, caller) is Answer.NOTHING_THERE and response.status_code < 400 and not is_party:
            found.append(f"{route} as {caller}: {response.status_code}")
    return found


@contextmanager
def as_owner():
    """The owner's connection of this module's database."""
    with connections["owner"].cursor() as cursor:
        yield cursor


@contextmanager
def row_security_off(*tables: str):
    """Take the database's wall away from tables, and put it back."""
    with as_owner() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable row level security")
    try:
        yield
    finally:
        with as_owner() as cursor:
            for table in tables:
                cursor.execute(f"alter table {table} enable row level security")


def scoping_off(monkeypatch) -> None:
    """Take the application's wall away: every scope answers with every row."""
    for name in ("own", "sent", "received"):
        monkeypatch.setattr(scoping, name, scoping.public)


def tenant_tables() -> list[str]:
    return sorted(model._meta.db_table for model in tenant_models())


def test_with_the_application_s_scoping_off_the_database_alone_leaks_nothing(matrix, monkeypatch):
    world, _ = matrix
    scoping_off(monkeypatch)

    found = leaks(strangers(matrix), world, by_the_database_alone=True)

    assert not found, "\n".join(found)


def test_with_row_level_security_off_the_application_alone_leaks_nothing(matrix):
    world, _ = matrix

    with row_security_off(*tenant_tables()):
        found = leaks(strangers(matrix), world)

    assert not found, "\n".join(found)


def test_with_both_walls_down_the_probes_find_leaks(matrix, monkeypatch):
    world, _ = matrix
    scoping_off(monkeypatch)

    with row_security_off(*tenant_tables()):
        found = leaks(strangers(matrix), world)

    assert len({leak.partition(" as ")[0] for leak in found}) > 20


# Addresses whose own scope is what stands before a row of another authority. An action looks within the authority
# itself, and so do these queries: there the scope is a second wall of the application's.
GUARDED_BY_THE_QUERY = {
    "contacts.changes", "covers.read", "disagreements.read", "disagreements.count", "disclosures.read",
    "handovers.coming", "handovers.received", "health.read", "leaving_care.list", "leaving_care.team",
    "leaving_care.team_duties", "leaving_care.team_list",
    "new_lines.read", "packs.read", "packs.take", "readiness.read", "validity.read",
}  # fmt: skip
SCOPED = [
    route
    for route in guarded()
    if route.is_api
    and route.view.scope != "public"
    and route.method == "GET"
    and route.operation not in {"schema.read"} | GUARDED_BY_THE_QUERY
]


@pytest.mark.parametrize("route", SCOPED, ids=str)
def test_the_scope_of_each_address_is_missed_when_it_is_gone(matrix, monkeypatch, route):
    world, _ = matrix
    monkeypatch.setattr(route.view, "scoped", lambda self, rows: rows)
    cells = [(one, caller) for one, caller in strangers(matrix) if one == route]

    with row_security_off(*tenant_tables()):
        found = leaks(cells, world)

    assert found


def policies() -> list[tuple[str, str]]:
    """Each policy of the database that binds every role, with its table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, polname from pg_policy join pg_class on pg_class.oid = polrelid where polroles = '{0}'"
            # What of the directory is read has a policy for reading alone: tests/notifications/test_contacts_of_approvers.py.
            " and polcmd = '*' and not (pg_get_expr(polqual, polrelid) = 'true' and polwithcheck is null) order by 1, 2"
        )
        return cursor.fetchall()


READ = "select count(*) from {table} where {side} = %s{standing}"
WRITE = (
    "with written as (update {table} set {written} = {written} where {side} = %s{standing} returning 1)"
    " select count(*) from written"
)


def reach(table: str, reader: Actor, owner_id) -> int:
    """How many of Rotherham's rows a stranger can read, or (where all may read) write."""
    side = "sender_id" if has_column(table, "sender_id") else "authority_id"
    query = sql.SQL(WRITE if table in PUBLIC else READ)
    standing = STANDING.get(table, sql.SQL(""))
    written = sql.Identifier(PUBLIC.get(table, side))
    try:
        with transaction.atomic(), acting_for(reader, "probe"), connection.cursor() as cursor:
            cursor.execute(
                query.format(
                    table=sql.Identifier(table), side=sql.Identifier(side), written=written, standing=standing
                ),
                [owner_id],
            )
            return cursor.fetchone()[0]
    except ProgrammingError as error:
        if "violates row-level security" in str(error):
            return 0
        raise


def has_column(table: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from information_schema.columns where table_name = %s and column_name = %s", [table, name]
        )
        return cursor.fetchone() is not None


def test_each_policy_holds_and_is_missed_when_it_is_gone(matrix):
    owner_id = factories.authority(OWN).id
    stranger = Actor(authority_id=factories.authority(NEITHER).id, role=Role.MANAGER, name="A stranger")
    held, missed = [], []
    for table, policy in policies():
        if reach(table, stranger, owner_id):
            held.append(f"{policy} does not hold")
        with as_owner() as cursor:
            cursor.execute("begin")
            cursor.execute(
                "select pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) from pg_policy where polname = %s",
                [policy],
            )
            using, check = cursor.fetchone()
            cursor.execute(f"alter policy {policy} on {table} using (true) with check (true)")
            cursor.execute("commit")
        try:
            if not reach(table, stranger, owner_id):
                missed.append(f"nobody would notice that {policy} is gone")
        finally:
            with as_owner() as cursor:
                cursor.execute(f"alter policy {policy} on {table} using ({using}) with check ({check})")

    assert not held, held
    assert not missed, missed
    assert {table for table, _ in policies()} == set(tenant_tables())


def test_a_restricted_address_needs_a_grant_at_each_wall(matrix):
    """A manager of the owner without a grant: neither wall alone gives the address, or what lies near it."""
    world, everybody = matrix
    manager = next(one for one in everybody if (one.role, one.authority) == (Role.MANAGER, OWN))
    closed = [
        "/api/v1/placements/",
        f"/api/v1/placements/{world.ids['closed']}/",
        f"/api/v1/placements/{world.ids['closed']}/screenings/",
        f"/placements/{world.ids['closed']}/",
        f"/children/{world.ids['closed_child']}/",
        "/placements/",
    ]

    with row_security_off("placements_restrictedaddress", "placements_verdict", "placements_screening"):
        without_database = [manager.client.get(path).content.decode() for path in closed]
    with_both = [manager.client.get(path).content.decode() for path in closed]

    for told in (*without_database, *with_both):
        assert not [word for word, column in world.words.items() if "restricted" in column and word in told]
