"""How do thousands of rows reach the database at once? By COPY into a table of this session, and on in one statement.

PostgreSQL refuses COPY into a table under row-level security; rows written one statement at a time cost three times as
much. What is staged here vanishes with the transaction.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def add(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into a model's table, with every check, trigger and policy of the table."""
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        none = f"select {names} from {table} limit 0"  # noqa: S608
        cursor.execute(f"create temporary table incoming on commit drop as {none}")
        with cursor.copy(f"copy incoming ({names}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"insert into {table} ({names}) select {names} from incoming")  # noqa: S608
        cursor.execute("drop table incoming")
