"""Which functions run with more rights than their caller? Each is one reviewed SQL file in this folder.

A definer function belongs to a role that cannot sign in and that row-level security binds by a policy of its own
(never BYPASSRLS). tests/matrix/test_catalogue.py compares this folder with the database's catalogue.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent


def definer(file_name: str, signature: str) -> migrations.RunSQL:
    """The migration operation that creates the function of `file_name` (its SQL ends with owner and grants)."""
    return migrations.RunSQL((FOLDER / file_name).read_text(encoding="utf-8"), f"drop function {signature}")
