"""What does a file of contacts say, and which of its rows cannot be read?"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from geo.models import Authority
from notifications.exceptions import ContactFileRefused
from notifications.models import Contact

MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
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
class BadRow:
    """A row that cannot be read, by its number, and why."""

    number: int
    why: str

    def __str__(self) -> str:
        return f"Row {self.number}: {self.why}"


def read(content: bytes, *, on: date) -> tuple[list[Entry], list[BadRow]]:
    """The entries of a CSV file, and the rows that cannot be read; of a bad row nothing is an entry.

    Raises ContactFileRefused where it is no such file at all.
    """
    bad: list[BadRow] = []
    entries: list[Entry] = []
    for number, row in enumerate(_rows(content), start=2):
        try:
            entries += _entries(number, row, on)
        except ValueError as error:
            bad.append(BadRow(number, str(error)))
    bad += _twice(entries)
    numbers = {one.number for one in bad}
    return [one for one in entries if one.number not in numbers], sorted(bad, key=lambda one: one.number)


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise ContactFileRefused(["The file is larger than 1 MB."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContactFileRefused(["The file is not written in UTF-8. Save it as “CSV UTF-8” and try again."]) from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        heads, found = set(rows.fieldnames or ()), list(rows)
    except csv.Error as error:
        raise ContactFileRefused([f"Row {rows.line_num} cannot be read as CSV: {error}."]) from error
    missing = [names[0] for names in (CODES, PURPOSES) if not heads & set(names)]
    missing += [name for name in ("email", "telephone", "last_confirmed") if name not in heads]
    if missing:
        raise ContactFileRefused([f"The first line lacks the columns {', '.join(missing)}."])
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


def _twice(entries: list[Entry]) -> list[BadRow]:
    """Two rows for one authority and purpose; a police coordinator may stand with several, if all say the same."""
    first: dict[tuple[UUID, str], Entry] = {}
    found = []
    for one in entries:
        earlier = first.setdefault((one.authority.id, one.purpose), one)
        if earlier is not one and (one.purpose != POLICE or one.email != earlier.email):
            why = f"it says the same purpose of the same authority as row {earlier.number}."
            found.append(BadRow(one.number, why))
    return found
