"""What did the world outside really get? A record on disk, written before the answer is given."""

import sqlite3
from pathlib import Path
from threading import Lock

TABLES = """
create table if not exists call (
    id integer primary key, what text not null, message text not null, number integer not null,
    taken integer not null, told text not null
);
create index if not exists call_by_message on call (message);
create table if not exists email (
    id text primary key, reference text not null, address text not null, taken_at real not null, ending text not null
);
create index if not exists email_by_reference on email (reference);
create table if not exists refused (why text not null);
"""


class Record:
    """One file of what a receiver was sent, took and answered."""

    def __init__(self, file: Path):
        self._lock = Lock()
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.executescript(TABLES)

    def next_number(self, message: str) -> int:
        """How often this message has been sent, this time included."""
        with self._lock:
            row = self._connection.execute("select count(*) from call where message = ?", [message]).fetchone()
            return row[0] + 1

    def write(self, statement: str, values: list) -> None:
        """Keep it, on disk, before anybody is answered."""
        with self._lock:
            self._connection.execute(statement, values)

    def read(self, statement: str, values: list | None = None) -> list[tuple]:
        """What was kept."""
        with self._lock:
            return self._connection.execute(statement, values or []).fetchall()
