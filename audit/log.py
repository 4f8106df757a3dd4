"""How is a line written into the log-book?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

INSERT = """
insert into audit_logentry
    (authority_id, at, person_id, client_id, role, purpose, operation, subject_kind, subject_ids, fields, outcome,
     request_id, detail)
values
    (current_authority(), placewatch_now(), current_person(), nullif(current_setting('app.client', true), '')::uuid,
     coalesce(current_setting('app.role', true), ''), coalesce(current_setting('app.purpose', true), ''),
     %s, %s, %s, %s, %s, nullif(current_setting('app.request', true), '')::uuid, %s)
"""


@dataclass(frozen=True)
class Line:
    """One line: what was done to what, and how it ended."""

    operation: str
    subject_kind: str = ""
    subject_ids: Iterable[UUID] = ()
    fields: str = ""
    outcome: str = "done"
    detail: dict | None = None

    def values(self) -> list:
        """What INSERT asks for."""
        ids = [UUID(str(subject)) for subject in self.subject_ids]
        return [self.operation, self.subject_kind, ids, self.fields, self.outcome, Jsonb(self.detail or {})]


def record(
    *,
    operation: str,
    subject_kind: str = "",
    subject_ids: Iterable[UUID] = (),
    fields: str = "",
    outcome: str = "done",
    detail: dict | None = None,
) -> None:
    """Write one line in the caller's transaction: no line, no answer.

    Who, for which authority and why are read from what `acting_for` set. `fields` names the field set that was
    disclosed; `detail` holds ids, codes and counts only, never a name, an address or a date of birth.
    """
    with connection.cursor() as cursor:
        cursor.execute(INSERT, Line(operation, subject_kind, subject_ids, fields, outcome, detail).values())


def record_each(lines: Iterable[Line]) -> None:
    """Write several lines as `record` writes one, on one way to the database and back."""
    if values := [line.values() for line in lines]:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, values)
