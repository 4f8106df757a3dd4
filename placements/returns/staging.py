"""How do a return's rows reach the database before anything is changed? By COPY into tables of this session only.

PostgreSQL refuses COPY into a table under row-level security; what is staged here vanishes with the transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection

from placements.returns.folder import Folder
from placements.returns.layout import EPISODES, FILES, ReturnFile
from placements.returns.reading import Reader
from placements.returns.remarks import Remark

ROWS_IN_A_BLOCK = 5_000
# Gone with the transaction; dropped before it where a second import joins the same one.
SESSION_TABLES = (
    *(f"staged_{file.name.lower()}" for file in FILES),
    "account",
    "account_of_others",
    "stay",
    "derived",
    "held",
    "told_placements_careperiod",
    "told_placements_legalstatus",
    "told_placements_missingepisode",
)
READ_OF_AN_EPISODE = ("is_restricted boolean", "place_postcode text", "home_postcode text")
FIRST_OF_THE_SAME_START = """
    select line, child, decom, first_line
    from (
        select line, child, decom, min(line) over (partition by child, decom_on) as first_line from staged_episodes
    ) starts
    where line > first_line
    order by line
"""


def table_of(file: ReturnFile) -> str:
    """The name of the session's table for a file."""
    return f"staged_{file.name.lower()}"


def stage(folder: Folder, reader: Reader) -> None:
    """Fill the session's tables with every row that can be read; what is at fault is in `reader.bad_rows`."""
    _execute("drop table if exists " + ", ".join(f"pg_temp.{name}" for name in SESSION_TABLES))
    for file in FILES:
        _make_table(file)
        path = folder.files.get(file)
        if path is not None:
            copy_lines(table_of(file), reader.staged_lines(file, path))
        _execute(f"analyze {table_of(file)}")
    with connection.cursor() as cursor:
        cursor.execute(FIRST_OF_THE_SAME_START)
        reader.bad_rows += [
            Remark("Episodes", line, "DECOM", decom, f"line {first_line} has the same CHILD ({child}) and DECOM")
            for line, child, decom, first_line in cursor.fetchall()
        ]


def copy_lines(table: str, lines: Iterable[str]) -> None:
    """COPY text lines into a table of the session."""
    rest = iter(lines)
    with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
        while block := list(islice(rest, ROWS_IN_A_BLOCK)):
            copy.write("".join(block))


@contextmanager
def looking_up_postcodes() -> Iterator[None]:
    """For joins of a session's table with the directory: of a small return, row by row, not all 2.7 million read."""
    _execute("set local enable_nestloop = on")
    yield
    _execute("set local enable_nestloop = off")


def _make_table(file: ReturnFile) -> None:
    delivered = [f"{column.lower()} text" for column in file.columns]
    days = [f"{column.lower()}_on date" for column in file.days]
    read = READ_OF_AN_EPISODE if file is EPISODES else ()
    _execute(
        f"create temporary table {table_of(file)} (line integer, {', '.join([*delivered, *days, *read])}) on commit drop"
    )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
