"""Which rows may an authority see? The operations by which a migration forces row-level security on a table.

`current_authority()`, `current_person()` read what `accounts.acting.acting_for` set for the transaction; with
nothing set they are null and match nothing. Definer functions and their policies are in db/definers/.
"""

from django.db import migrations

OWN = "authority_id = current_authority()"
ADDRESSED = "current_authority() in (sender_id, recipient_id)"


def forced(table: str, *, using: str, check: str | None = None) -> migrations.RunSQL:
    """Force row-level security on a table: rows that satisfy `using` are seen, rows that satisfy `check` may be written."""
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_rows on {table} using ({using}) with check ({check or using});
        """,
        f"""
        drop policy {table}_rows on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        """,
    )


def own_rows(*tables: str) -> list[migrations.RunSQL]:
    """Own rows only, by the column authority_id."""
    return [forced(table, using=OWN) for table in tables]


def also_for(role: str, *tables: str) -> list[migrations.RunSQL]:
    """One role more for which every row of the tables is open: the worker's delivery envelope, a definer's own policy."""
    return [
        migrations.RunSQL(
            f"create policy {table}_{role} on {table} to {role} using (true) with check (true)",
            f"drop policy {table}_{role} on {table}",
        )
        for table in tables
    ]


def insert_only(*tables: str) -> list[migrations.RunSQL]:
    """The service may add and read rows of these tables and never change one."""
    roles = "placewatch_app, placewatch_worker"
    return [
        migrations.RunSQL(
            f"revoke update, delete, truncate on {table} from {roles}",
            f"grant update, delete on {table} to {roles}",
        )
        for table in tables
    ]


def read_only(*tables: str) -> list[migrations.RunSQL]:
    """The service only reads these tables; the owner loads them."""
    roles = "placewatch_app, placewatch_worker"
    return [
        migrations.RunSQL(
            f"revoke insert, update, delete, truncate on {table} from {roles}",
            f"grant insert, update, delete on {table} to {roles}",
        )
        for table in tables
    ]
