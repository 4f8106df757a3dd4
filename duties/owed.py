"""What does a rule ask a person to do? The form in which a storey above hands over something that is owed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from duties.models import Basis


@dataclass(frozen=True)
class Owed:
    """Something owed by an authority, as a rule found it. `key` is its name within the authority: raised once.

    `due_on` and `due_at` may both be empty: owed, without a time limit in law. `late_from` is the first day on which
    it is late. `working` lists the days counted and skipped, one sentence each.
    """

    key: str
    kind: str
    title: str
    basis: Basis
    citation: str
    subject_kind: str
    subject_id: UUID
    subject_reference: str
    due_on: date | None = None
    due_at: datetime | None = None
    late_from: date | None = None
    working: tuple[str, ...] = ()
    role: str = ""
    team: str = ""
    owner_id: UUID | None = None
