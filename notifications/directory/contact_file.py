"""What becomes of a file of contacts? All of it is taken in, or nothing, unless somebody leaves out its bad rows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor, acting_for, operator
from audit import log
from db.clock import london_date
from notifications.directory import contacts, directory, directory_watch
from notifications.directory.contact_rows import BadRow, Entry, read
from notifications.exceptions import ContactFileRefused
from notifications.models import Contact

IMPORTING = "contacts.import"
MOST_REASONS = 100


class Becomes(Enum):
    """What becomes of one entry when a person takes in a file."""

    ADDED = "New"
    CONFIRMED = "The same as on file: confirmed anew"
    WAITING = "Waits for a call back and a second person"


@dataclass(frozen=True)
class Account:
    """What an import did: entries that are new, the same and confirmed anew, and changes that wait for a call back.

    `left_out` are the rows that could not be read, where it was said that the others are taken in all the same.
    """

    sha256: str
    added: int = 0
    confirmed: int = 0
    waiting: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a person's import would do: each entry with what stands on file and what becomes of it, and the bad rows."""

    entries: tuple[tuple[Entry, Contact | None, Becomes], ...]
    bad: tuple[BadRow, ...]


@transaction.atomic
def load(content: bytes, *, leave_out_bad_rows: bool = False, at: datetime) -> Account:
    """The operator's import into the directory that all read: no second person, and logged for each authority."""
    entries, left_out = _readable(content, leave_out_bad_rows, on=london_date(at))
    sha256, counted = digest_of(content), {"added": 0, "confirmed": 0}
    for authority in {one.authority.id: one.authority for one in entries}.values():
        with acting_for(operator(authority.id), "loading the directory") as actor:
            mine = [one for one in entries if one.authority.id == authority.id]
            for one in mine:
                known = _known(one, london_date(at))
                is_same = known is not None and _is_same(known, one)
                counted["confirmed" if is_same else "added"] += 1
                if not is_same or known.confirmed_on < one.confirmed_on:
                    _keep(one, keeper_id=authority.id, by=actor, on=london_date(at))
            log.record(
                operation=IMPORTING,
                subject_kind="authority",
                subject_ids=[authority.id],
                detail={"entries": len(mine), "sha256": sha256},
            )
    return Account(sha256, **counted, left_out=left_out)


def preview(content: bytes, *, by: Actor, on: date) -> Preview:
    """What `take_in` would do, and nothing is done. Raises NotPermitted, ContactFileRefused (no such file at all)."""
    policy.require(IMPORTING, by.role)
    entries, bad = read(content, on=on)
    return Preview(tuple(_judged(entries, on)), tuple(bad))


@transaction.atomic
def take_in(content: bytes, *, leave_out_bad_rows: bool = False, by: Actor, at: datetime) -> Account:
    """A person's import, for their own authority: what is on file otherwise waits for a call back, entry by entry.

    Only of an authority of which nothing at all is on file is an entry taken as it stands. Raises NotPermitted,
    ContactFileRefused.
    """
    policy.require(IMPORTING, by.role)
    on = london_date(at)
    entries, left_out = _readable(content, leave_out_bad_rows, on=on)
    counted = {"added": 0, "confirmed": 0, "waiting": 0}
    for one, known, becomes in list(_judged(entries, on)):
        counted[becomes.name.lower()] += becomes is not Becomes.WAITING or _propose(one, by=by, at=at)
        if becomes is Becomes.ADDED or (becomes is Becomes.CONFIRMED and known.confirmed_on < one.confirmed_on):
            _keep(one, keeper_id=by.authority_id, by=by, on=on)
    directory_watch.settle(by.authority_id, by=by.name, at=at)
    account = Account(digest_of(content), **counted, left_out=left_out)
    detail = {"sha256": account.sha256, **counted, "left_out": len(left_out)}
    log.record(operation=IMPORTING, subject_kind="contact", detail=detail)
    return account


def digest_of(content: bytes) -> str:
    """The hash by which a file is known in the log-book."""
    return hashlib.sha256(content).hexdigest()


def _readable(content: bytes, leave_out_bad_rows: bool, *, on: date) -> tuple[list[Entry], tuple[str, ...]]:
    entries, bad = read(content, on=on)
    reasons = [str(one) for one in bad]
    if bad and not leave_out_bad_rows:
        raise ContactFileRefused(reasons[:MOST_REASONS])
    return entries, tuple(reasons)


def _judged(entries: list[Entry], on: date) -> Iterable[tuple[Entry, Contact | None, Becomes]]:
    strangers: dict[UUID, bool] = {}
    for one in entries:
        known, of = _known(one, on), one.authority.id
        if of not in strangers:
            strangers[of] = not directory.current_contacts(of, on)
        if strangers[of]:
            yield one, None, Becomes.ADDED
        else:
            is_same = known is not None and _is_same(known, one)
            yield one, known, Becomes.CONFIRMED if is_same else Becomes.WAITING


def _known(entry: Entry, on: date) -> Contact | None:
    return directory.current_contact(entry.authority.id, entry.purpose, on)


def _is_same(known: Contact, entry: Entry) -> bool:
    return (known.email, known.telephone) == (entry.email, entry.telephone)


def _keep(entry: Entry, *, keeper_id: UUID, by: Actor, on: date) -> None:
    contacts.keep(
        entry.authority.id,
        entry.purpose,
        entry.where,
        keeper_id=keeper_id,
        confirmed_on=entry.confirmed_on,
        confirmed_by=f"A file, loaded by {by.name}",
        on=on,
    )


def _propose(entry: Entry, *, by: Actor, at: datetime) -> bool:
    """Whether a change waits now that did not wait before."""
    if contacts.waiting(by.authority_id).filter(of_id=entry.authority.id, purpose=entry.purpose).exists():
        return False
    arguments = {"of_id": entry.authority.id, "purpose": entry.purpose, "said_by": "A file"}
    contacts.write_down(**arguments, **entry.where, by=by, at=at)
    return True
