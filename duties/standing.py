"""What stands of the duties about many subjects, and does it still say what is owed? Read in one statement."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

KEPT = """
    select key, id, subject_id, closed_at is null, due_on, late_from,
        case when closed_at is null then working::text end
    from duties_duty
    where authority_id = %s and subject_kind = %s and subject_id = any(%s) and kind = any(%s)
"""


class Standing(NamedTuple):
    """One duty, as far as a sweep asks: is it open, and what was it counted to? A closed one tells no days."""

    key: str
    id: UUID
    subject_id: UUID
    is_open: bool
    due_on: date | None
    late_from: date | None
    working: str | None

    def says(self, *, due_on: date | None, late_from: date | None, working: Sequence[str]) -> bool:
        """Whether these are the days and the working that the open duty shows."""
        if self.due_on != due_on or self.late_from != late_from or self.working is None:
            return False
        # As the database writes it; read apart only where that differs.
        return self.working == _written(tuple(working)) or json.loads(self.working) == list(working)


# Who shares a birthday shares most days and words: a sweep over many asks for the same few.
@lru_cache(maxsize=4_096)
def _written(working: tuple[str, ...]) -> str:
    return json.dumps(working, ensure_ascii=False)


def about(
    subject_ids: Sequence[UUID], *, authority_id: UUID, subject_kind: str, kinds: Sequence[str]
) -> dict[str, Standing]:
    """By key, every duty of these kinds about these subjects, open or closed; those owed without an instant only."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [authority_id, subject_kind, list(subject_ids), list(kinds)])
        return {row[0]: Standing(*row) for row in cursor.fetchall()}
