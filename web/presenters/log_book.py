"""How is a line of the log-book said? Ids and names of operations only, as they were written."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from accounts import policy
from accounts.roles import Role
from audit.models import LogEntry
from web.presenters import dates
from web.presenters.elements import Table, Value


def table(entries: Iterable[LogEntry], names: Mapping[UUID, str]) -> Table:
    """Who did or read what, when, as what, and what came of it."""
    rows = tuple(
        (
            dates.instant(one.at),
            _who(one, names),
            _role(one),
            _what(one),
            _subjects(one),
            one.outcome,
        )
        for one in entries
    )
    return Table("Log-book", ("When", "Who", "As", "What", "Whose record", "Outcome"), rows, "Nothing is written yet.")


def _who(entry: LogEntry, names: Mapping[UUID, str]) -> str:
    """Who did it, and for whom, where it was somebody else's work."""
    who = names.get(entry.person_id, "A system" if entry.client_id else "Placewatch")
    whose = for_whom(entry)
    return f"{who}, for {names[whose]}" if whose in names and whose != entry.person_id else who


def for_whom(entry: LogEntry) -> UUID | None:
    """Whose work was done, where the line says so."""
    return UUID(entry.detail["for"]) if "for" in entry.detail else None


def _role(entry: LogEntry) -> str:
    return Role(entry.role).label if entry.role in Role.values else entry.role


def _what(entry: LogEntry) -> str:
    known = policy.operations().get(entry.operation)
    return f"{known.what} ({entry.operation})" if known else entry.operation


def _subjects(entry: LogEntry) -> Value:
    if not entry.subject_ids:
        return ""
    if len(entry.subject_ids) == 1:
        return f"{entry.subject_kind} {entry.subject_ids[0]}"
    return f"{len(entry.subject_ids)} of kind {entry.subject_kind}"
