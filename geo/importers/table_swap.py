"""How does a newly filled table take the place of a standing one, with its indexes, keys, rights and name?

Read from the catalogue, so that what a later migration adds to the table comes along.
"""

from django.db.backends.utils import CursorWrapper


def make_like(standing: str, new: str, cursor: CursorWrapper) -> None:
    """An empty table with the columns and checks of the standing one, and no index yet: those are cheaper afterwards."""
    cursor.execute(f"create table {new} (like {standing} including defaults including generated including constraints)")


def take_the_place_of(standing: str, new: str, cursor: CursorWrapper) -> None:
    """Index the new table as the standing one is, drop that, and give the new one its name; in the open transaction.

    Refuses (by the database) where another table refers to the standing one.
    """
    cursor.execute("set local maintenance_work_mem = '256MB'")
    cursor.execute(
        """
        select conname, format('alter table %%s add constraint %%I %%s', %s, 'new_' || conname, pg_get_constraintdef(oid))
        from pg_constraint where conrelid = %s::regclass and contype in ('p', 'u', 'f', 'x')
        """,
        [new, standing],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        """
        select relname, regexp_replace(
            pg_get_indexdef(indexrelid), ' INDEX .* USING ', format(' INDEX new_%%s ON %%s USING ', relname, %s)
        )
        from pg_index join pg_class on pg_class.oid = indexrelid
        where indrelid = %s::regclass and not exists (select from pg_constraint where conindid = indexrelid)
        """,
        [new, standing],
    )
    indexes = cursor.fetchall()
    cursor.execute(
        """
        select format('revoke all on %%s from %%I', %s, pg_get_userbyid(grantee)),
               format('grant %%s on %%s to %%I', string_agg(privilege_type, ', '), %s, pg_get_userbyid(grantee))
        from pg_class, aclexplode(relacl) where oid = %s::regclass group by grantee
        """,
        [new, new, standing],
    )
    rights = cursor.fetchall()

    for _, statement in [*constraints, *indexes]:
        cursor.execute(statement)
    for revoke, grant in rights:
        cursor.execute(revoke)
        cursor.execute(grant)
    cursor.execute(f"analyze {new}")
    cursor.execute(f"drop table {standing}")
    cursor.execute(f"alter table {new} rename to {standing}")
    for name, _ in constraints:
        cursor.execute(f"alter table {standing} rename constraint new_{name} to {name}")
    for name, _ in indexes:
        cursor.execute(f"alter index new_{name} rename to {name}")
