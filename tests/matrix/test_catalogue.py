"""Does the database itself hold what the application relies on? Asked of its catalogue, table by table."""

import re
import tomllib
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, connections

from db.definers import FOLDER

pytestmark = pytest.mark.usefixtures("matrix")

EXEMPT = tomllib.loads(Path(__file__).with_name("exempt_tables.toml").read_text(encoding="utf-8"))
SERVING = ("placewatch_app", "placewatch_worker")


def rows(query: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_every_table_forces_row_level_security_with_a_policy_or_says_why_not():
    tables = rows(
        "select relname, relrowsecurity and relforcerowsecurity,"
        " exists (select from pg_policy where polrelid = pg_class.oid)"
        " from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    )

    without = {name for name, forced, has_policy in tables if not (forced and has_policy)}

    assert without == set(EXEMPT)
    assert all(EXEMPT.values())


def test_no_view_walks_round_row_level_security():
    views = rows(
        "select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace"
        " and not coalesce(reloptions @> '{security_invoker=true}', false)"
        " and (has_table_privilege('placewatch_app', oid, 'select')"
        " or has_table_privilege('placewatch_worker', oid, 'select'))"
        " and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')"
    )

    assert views == []


def test_the_roles_that_serve_own_nothing_and_bypass_nothing():
    for role in SERVING:
        assert rows("select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = %s", role) == []
        assert rows("select 1 from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = %s", role) == []
        assert rows(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = %s", role
        ) == [(False, False, False, False)]
        assert (
            rows("select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = %s", role) == []
        )


def test_only_the_back_up_role_bypasses_row_level_security():
    bypassing = rows("select rolname from pg_roles where rolbypassrls and not rolsuper and rolname like 'placewatch%%'")

    assert bypassing == [("placewatch_backup",)]


def test_the_service_cannot_turn_row_level_security_off():
    for statement in (
        "alter table placements_child disable row level security",
        "drop policy placements_child_rows on placements_child",
        "set role placewatch_owner",
    ):
        with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_definer_functions_of_the_database_are_those_of_the_folder():
    held = {
        name: (body.strip(), settings, owner, can_sign_in)
        for name, body, settings, owner, can_sign_in in rows(
            "select p.proname, p.prosrc, p.proconfig, r.rolname, r.rolcanlogin from pg_proc p"
            " join pg_roles r on r.oid = p.proowner where p.prosecdef and p.pronamespace = 'public'::regnamespace"
            " and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
        )
    }
    files = {name: body for path in FOLDER.glob("*.sql") for name, body in definers(path.read_text(encoding="utf-8"))}

    assert {name: body for name, (body, *_) in held.items()} == files
    for name, (_, settings, owner, can_sign_in) in held.items():
        assert "search_path=public, pg_temp" in settings, name
        assert all(one.startswith(("search_path=", "plan_cache_mode=")) for one in settings), name
        assert owner not in SERVING, name
        assert not can_sign_in, name


def test_nobody_but_the_serving_roles_may_call_a_definer_function():
    open_to_all = rows(
        "select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
        " and has_function_privilege('public', oid, 'execute')"
        " and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')"
    )

    assert open_to_all == []


def test_without_a_context_every_tenant_table_reads_empty():
    forced = rows("select relname from pg_class where relrowsecurity order by relname")
    public = {"hotspots_coverage", "notifications_contact"}

    for (table,) in forced:
        if table not in public:
            assert rows(f"select count(*) from {table}") == [(0,)], table  # noqa: S608


def test_the_owner_is_bound_too():
    with connections["owner"].cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)


def definers(text: str) -> list[tuple[str, str]]:
    """Name and body of each function that a file of the folder creates as a definer."""
    found = re.findall(r"create function (\w+)\(.*?\bas (\$\w*\$)(.*?)\2", text, re.DOTALL)
    return [(name, body.strip()) for name, _, body in found]
