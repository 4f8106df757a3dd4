"""For whom is this transaction done? The one way into an authority's rows.

`acting_for` sets what row-level security and the log-book read; without it every tenant table is empty and every
write to one fails.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from accounts.roles import Role

SETTINGS = ("authority", "person", "client", "role", "purpose", "operator", "request")


@dataclass(frozen=True)
class Actor:
    """A person or a system acting for one authority in one role."""

    authority_id: UUID
    role: Role
    name: str
    person_id: UUID | None = None
    client_id: UUID | None = None
    is_operator: bool = False

    @property
    def is_authenticated(self) -> bool:
        """What Django REST Framework asks of whoever calls."""
        return True

    @property
    def caller_id(self) -> UUID | None:
        """The person's or the system's own id."""
        return self.person_id or self.client_id


def operator(authority_id: UUID) -> Actor:
    """Whoever runs a command on the server: every grant, no second person; logged as the operator."""
    return Actor(authority_id=authority_id, role=Role.SYSTEM, name="Operator", is_operator=True)


def service(authority_id: UUID) -> Actor:
    """Placewatch itself, in a task that runs for one authority: it judges and screens restricted addresses too."""
    return Actor(authority_id=authority_id, role=Role.SYSTEM, name="Placewatch", is_operator=True)


@contextmanager
def acting_for(actor: Actor, purpose: str) -> Iterator[Actor]:
    """Act for the actor's authority: opens or joins the transaction, sets the context, restores what it found.

    After an exception the savepoint's rollback restores the context, so only a success has to do it by hand; and not
    where the transaction is its own, with which the context ends.
    """
    joins = connection.in_atomic_block
    with transaction.atomic():
        found = _read() if joins else {}
        enter(actor, purpose, request_id=found.get("request", ""))
        yield actor
        if joins:
            _write(found)


@contextmanager
def opening_closed_addresses() -> Iterator[None]:
    """Let the work of an action reach a restricted address that its actor may not read, until the block ends.

    For judging, screening and telling about it: nothing of it goes back to the actor.
    """
    with transaction.atomic():
        found = _read()
        _write({"operator": "on"})
        yield
        _write({"operator": found["operator"]})


def enter(actor: Actor, purpose: str, *, request_id: str = "") -> None:
    """Set the context until the transaction ends: for the two doors, which hold the request's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("acting outside a transaction: the context would not end with it")
    _write(
        {
            "authority": str(actor.authority_id),
            "person": str(actor.person_id or ""),
            "client": str(actor.client_id or ""),
            "role": actor.role,
            "purpose": purpose,
            "operator": "on" if actor.is_operator else "",
            "request": request_id or str(uuid4()),
        }
    )


def enter_as_person(person_id: UUID) -> None:
    """Say who signed in, before they chose for whom they act: their own memberships become visible, nothing else."""
    _write({"person": str(person_id)})


def _read() -> dict[str, str]:
    columns = ", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns}")
        return dict(zip(SETTINGS, cursor.fetchone(), strict=True))


def _write(values: dict[str, str]) -> None:
    columns = ", ".join(f"set_config('app.{name}', %s, true)" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns}", list(values.values()))
