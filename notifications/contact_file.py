"""What does a file of contacts say, which of its rows cannot be read, and what becomes of it? All of it, or nothing."""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts import policy
from accounts.acting import Actor, acting_for, operator
from audit import log
from db.clock import london_date
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from geo.models import Authority
from notifications import contacts, directory
from notifications.exceptions import ContactFileRefused
from notifications.models import Contact

IMPORTING = "contacts.import"
MOST_BYTES, MOST_ROWS, MOST_REASONS = 1_000_000, 5_000, 100
CODES, PURPOSES = ("gss_code", "code"), ("purpose", "role")
# How the association's list names what the directory calls otherwise.
SAID_OTHERWISE = {"oola_notifications": Contact.Purpose.PLACEMENT_NOTICES}
CHANNELS = {
    "": Contact.Channel.EMAIL,
    "email": Contact.Channel.EMAIL,
    "tls": Contact.Channel.EMAIL,
    "egress": Contact.Channel.SECURE_EMAIL,
    "secure_email": Contact.Channel.SECURE_EMAIL,
    "portal": Contact.Channel.PORTAL,
    "telephone": Contact.Channel.TELEPHONE,
}
POLICE = Contact.Purpose.POLICE_MISSING_COORDINATOR


@dataclass(frozen=True)
class Entry:
    """One contact as a row gives it; `number` is the row's line, the heading being line 1."""

    number: int
    authority: Authority
    purpose: Contact.Purpose
    team: str
    channel: Contact.Channel
    email: str
    telephone: str
    confirmed_on: date

    @property
    def where(self) -> dict[str, str]:
        return {"team": self.team, "channel": self.channel, "email": self.email, "telephone": self.telephone}


@dataclass(frozen=True)
class Account:
    """What an import did: entries that are new, the same and confirmed anew, and changes that wait for a call back."""

    sha256: str
    added: int = 0
    confirmed: int = 0
    waiting: int = 0


def read(content: bytes, *, on: date) -> list[Entry]:
    """The entries of a CSV file. Raises ContactFileRefused with every bad row by its number, and then nothing is read."""
    reasons: list[str] = []
    entries: list[Entry] = []
    for number, row in enumerate(_rows(content), start=2):
        try:
            entries += _entries(number, row, on)
        except ValueError as error:
            reasons.append(f"Row {number}: {error}")
    reasons += _twice(entries)
    if reasons:
        raise ContactFileRefused(reasons[:MOST_REASONS])
    return entries


@transaction.atomic
def load(content: bytes, *, at: datetime) -> Account:
    """The operator's import into the directory that all read: no second person, and logged for each authority."""
    entries, sha256 = read(content, on=london_date(at)), digest_of(content)
    counted = {"added": 0, "confirmed": 0}
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
    return Account(sha256, **counted)


@transaction.atomic
def take_in(content: bytes, *, by: Actor, at: datetime) -> Account:
    """A person's import, for their own authority: what is on file otherwise waits for a call back, entry by entry.

    Only of an authority of which nothing at all is on file is an entry taken as it stands. Raises NotPermitted,
    ContactFileRefused.
    """
    policy.require(IMPORTING, by.role)
    on = london_date(at)
    entries, counted = read(content, on=on), {"added": 0, "confirmed": 0, "waiting": 0}
    strangers = {one.authority.id for one in entries if not directory.current_contacts(one.authority.id, on)}
    for one in entries:
        known = _known(one, on)
        if one.authority.id in strangers:
            counted["added"] += 1
            _keep(one, keeper_id=by.authority_id, by=by, on=on)
        elif known is not None and _is_same(known, one):
            counted["confirmed"] += 1
            if known.confirmed_on < one.confirmed_on:
                _keep(one, keeper_id=by.authority_id, by=by, on=on)
        else:
            counted["waiting"] += _propose(one, by=by, at=at)
    account = Account(digest_of(content), **counted)
    log.record(operation=IMPORTING, subject_kind="contact", detail={"sha256": account.sha256, **counted})
    return account


def digest_of(content: bytes) -> str:
    """The hash by which a file is known in the log-book."""
    return hashlib.sha256(content).hexdigest()


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise ContactFileRefused(["The file is larger than 1 MB."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContactFileRefused(["The file is not written in UTF-8. Save it as “CSV UTF-8” and try again."]) from error
    rows = csv.DictReader(io.StringIO(text))
    heads = set(rows.fieldnames or ())
    missing = [names[0] for names in (CODES, PURPOSES) if not heads & set(names)]
    missing += [name for name in ("email", "telephone", "last_confirmed") if name not in heads]
    if missing:
        raise ContactFileRefused([f"The first line lacks the columns {', '.join(missing)}."])
    found = list(rows)
    if len(found) > MOST_ROWS:
        raise ContactFileRefused([f"The file has more than {MOST_ROWS} rows."])
    return found


def _entries(number: int, row: dict, on: date) -> list[Entry]:
    if None in row or any(value is None for value in row.values()):
        raise ValueError("it has not as many columns as the first line.")
    said = {name: value.strip() for name, value in row.items()}
    authority, confirmed_on = _authority(_first(said, CODES), on), _day(said["last_confirmed"], on)
    email, telephone = _email(said["email"]), said["telephone"]
    if not email and not telephone:
        raise ValueError("it gives neither an e-mail address nor a telephone number.")
    channel = CHANNELS.get(said.get("channel", "") or said.get("secure_transport", ""))
    if channel is None:
        raise ValueError("its channel is none of e-mail, secure e-mail, portal and telephone.")
    purpose = _purpose(_first(said, PURPOSES))
    found = [Entry(number, authority, purpose, said.get("team", ""), channel, email, telephone, confirmed_on)]
    if police := _email(said.get("police_missing_coordinator_email", "")):
        force = said.get("police_force", "")
        found.append(Entry(number, authority, POLICE, force, Contact.Channel.EMAIL, police, "", confirmed_on))
    return found


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _authority(code: str, on: date) -> Authority:
    try:
        return authority_by_code(code, on=on)
    except AuthorityNotFound as error:
        raise ValueError(f"{code or 'no code'} is no authority that we know.") from error


def _purpose(said: str) -> Contact.Purpose:
    try:
        return SAID_OTHERWISE.get(said) or Contact.Purpose(said)
    except ValueError as error:
        raise ValueError(f"“{said}” is no purpose that the directory knows.") from error


def _email(said: str) -> str:
    try:
        if said:
            validate_email(said)
    except ValidationError as error:
        raise ValueError("its e-mail address cannot be one.") from error
    return said


def _day(said: str, on: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise ValueError("its last_confirmed is no date such as 2026-09-30.") from error
    if day > on:
        raise ValueError("its last_confirmed lies ahead.")
    return day


def _twice(entries: list[Entry]) -> list[str]:
    """Two rows for one authority and purpose; a police coordinator may stand with several, if all say the same."""
    first: dict[tuple[UUID, str], Entry] = {}
    reasons = []
    for one in entries:
        earlier = first.setdefault((one.authority.id, one.purpose), one)
        if earlier is not one and (one.purpose != POLICE or one.email != earlier.email):
            reasons.append(f"Row {one.number}: it says the same purpose of the same authority as row {earlier.number}.")
    return reasons


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
