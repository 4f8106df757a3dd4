"""Which functions run with more rights than their caller? Each is one reviewed SQL file in this folder.

A definer function belongs to a role that cannot sign in and that row-level security binds by a policy of its own
(never BYPASSRLS). tests/matrix/test_catalogue.py compares this folder with the database's catalogue.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent


def definer(file_name: str, signature: str, *, instead_of: str = "") -> migrations.RunSQL:
    """The migration operation that creates the function of `file_name` (its SQL ends with owner and grants).

    Where the file has changed since an earlier migration read it, that function is dropped first: the one of the same
    signature, or `instead_of` where the signature changed too. Its body is looked at when it is called: on a new
    database the earlier migration already reads the newer file, before the columns that this names stand.
    """
    dropped = "".join(f"drop function if exists {one};\n" for one in dict.fromkeys((signature, instead_of)) if one)
    body = (FOLDER / file_name).read_text(encoding="utf-8")
    return migrations.RunSQL(
        f"set local check_function_bodies = off;\n{dropped}{body}\nset local check_function_bodies = on;",
        f"drop function if exists {signature}",
    )
