"""How is it said by whom an authority is reached, when that was last confirmed, and how its last drill went?"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from notifications.directory import directory_watch
from notifications.directory.contact_file import Account, Becomes
from notifications.directory.contact_rows import BadRow, Entry
from notifications.directory.drills import Readiness
from notifications.models import Contact, ContactChange
from web.presenters import dates
from web.presenters.elements import Lines, Link, Table, Tag, Value

WATCHED = (Contact.Purpose.PLACEMENT_NOTICES, Contact.Purpose.DUTY_DESK, Contact.Purpose.OUT_OF_HOURS)
NO_CONTACT = "No contact on file"


def contacts(
    found: Iterable[Contact], on: date, *, used: set[UUID], came_back: dict[UUID, date], may_confirm: bool
) -> Table:
    """Everyone by whom one authority is reached, now and from a day ahead; and to whom our own e-mail came back.

    Of several entries for one purpose `used` names the one by which it is reached today.
    """
    rows = tuple(
        (
            Lines((*_what_for(one), *((Tag("Used now"),) if one.id in used else ()))),
            Lines((*_where(one), *_how(one), *_from_until(one, on), *_returned(came_back.get(one.id)))),
            Lines((f"{dates.short_day(one.confirmed_on)}, {one.confirmed_by}", *_old(one, on))),
            "We rang" if one.kept_by_id else "The directory",
            Link("Still right", reverse("still_right", args=[one.id]), one.get_purpose_display())
            if may_confirm and one.starts_on <= on
            else "",
        )
        for one in found
    )
    heads = ("What for", "Where", "Last confirmed", "Who found out", "What to do")
    return Table("How it is reached", heads, rows, f"{NO_CONTACT}: find out whom to tell, and write it down.")


def changes(waiting: Iterable[ContactChange], *, may_confirm: bool) -> Table:
    """New addresses that wait for a call back."""
    rows = tuple(
        (
            one.of.name,
            one.get_purpose_display(),
            Lines((*_where(one), *_from(one))),
            f"{one.said_by}; written down by {one.proposed_by}, {dates.instant(one.proposed_at)}",
            Lines(
                (
                    Link("Ring back and confirm", reverse("confirm_contact_change", args=[one.id]), one.of.name),
                    Link("Withdraw", reverse("withdraw_contact_change", args=[one.id]), one.of.name),
                )
            )
            if may_confirm
            else "",
        )
        for one in waiting
    )
    heads = ("Authority", "What for", "New address", "Who said so", "What to do")
    return Table("New addresses that wait for a call back", heads, rows, "None waits.")


def board(found: Iterable[Readiness], on: date, *, came_back: dict[UUID, date]) -> Table:
    """Everybody by name: nobody is ranked, and who has not answered is “no reply yet”."""
    rows = tuple(
        (
            Link(one.authority.name, reverse("directory_of", args=[one.authority.id])),
            *(_reached(one.contacts.get(purpose), on, came_back) for purpose in WATCHED),
            _drill(one),
        )
        for one in found
    )
    heads = ("Authority", "Placement notices", "Duty desk", "Out of hours", "Last drill")
    return Table("Who can be reached", heads, rows)


def to_drill(found: Iterable[Readiness]) -> list[tuple[str, str]]:
    """The authorities of a page, to be ticked."""
    return [(str(one.authority.id), one.authority.name) for one in found]


def numbers(uses: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The numbers on file as choices, each with whose it is: “01632 960400: Placement notices, Duty desk”."""
    return [(number, f"{number}: {', '.join(of)}") for number, of in uses.items()]


def where(one: ContactChange) -> str:
    """An address and a number in a sentence, and the day from which they are to hold, where one was said."""
    return ", ".join((" or ".join(_where(one)), *_from(one)))


def from_when(contact: Contact, on: date) -> str:
    """ "From today", or from the day ahead on which it begins."""
    return "From today" if contact.starts_on <= on else f"From {dates.day(contact.starts_on)}"


def _reached(contact: Contact | None, on: date, came_back: dict[UUID, date]) -> Value:
    if contact is None:
        return Tag(NO_CONTACT)
    confirmed = f"Confirmed {dates.short_day(contact.confirmed_on)}"
    return Lines((confirmed, *_old(contact, on), *_returned(came_back.get(contact.id))))


def _what_for(contact: Contact) -> tuple[str, ...]:
    return tuple(part for part in (contact.get_purpose_display(), contact.team) if part)


def _how(contact: Contact) -> tuple[str, ...]:
    """How an address is used, where it is no plain e-mail."""
    return () if contact.channel == Contact.Channel.EMAIL else (contact.get_channel_display(),)


def _returned(on: date | None) -> tuple[Value, ...]:
    return (Tag(f"Our e-mail to it came back on {dates.short_day(on)}"),) if on else ()


def _from_until(contact: Contact, on: date) -> tuple[str, ...]:
    said = (f"From {dates.short_day(contact.starts_on)}",) if contact.starts_on > on else ()
    return (*said, f"Until {dates.short_day(contact.ends_on)}, not including it") if contact.ends_on else said


def _from(change: ContactChange) -> tuple[str, ...]:
    return (f"from {dates.short_day(change.starts_on)}",) if change.starts_on else ()


def _old(contact: Contact, on: date) -> tuple[Value, ...]:
    return (Tag("Not confirmed for six months"),) if directory_watch.is_stale(contact, on) else ()


def _drill(one: Readiness) -> Value:
    if one.drilled_at is None:
        return "None yet"
    if one.answered_after is None:
        return Lines((dates.instant(one.drilled_at), Tag("No reply yet")))
    return Lines((dates.instant(one.drilled_at), f"{one.answered_by} answered after {_stretch(one.answered_after)}"))


def _stretch(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    said = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    parts = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in said if number]
    return " ".join(parts) or "less than a minute"


def bad_rows(found: Iterable[BadRow]) -> Table:
    """The rows of a file that cannot be read."""
    rows = tuple((str(one.number), f"{one.why[0].upper()}{one.why[1:]}") for one in found)
    return Table("Rows that cannot be read", ("Row", "Why"), rows, "Every row can be read.")


def entries_of_file(found: Iterable[tuple[Entry, Contact | None, Becomes]]) -> Table:
    """What a file says, beside what stands on file, and what would become of each entry."""
    rows = tuple(
        (
            str(one.number),
            one.authority.name,
            one.purpose.label,
            Lines(_where(known)) if known else "Nothing",
            Lines(_where(one)),
            becomes.value,
        )
        for one, known, becomes in found
    )
    heads = ("Row", "Authority", "What for", "On file now", "In the file", "What it would do")
    return Table("What the file says", heads, rows, "The file has no row that can be read.")


def account(done: Account) -> str:
    """What an import did, in a sentence."""
    said = f"{done.added} new, {done.confirmed} the same, {done.waiting} wait for a call back."
    if not done.left_out:
        return said
    rows = "1 row" if len(done.left_out) == 1 else f"{len(done.left_out)} rows"
    return f"{said} Left out: {rows} that cannot be read."


def _where(one: Entry | Contact | ContactChange) -> tuple[str, ...]:
    return tuple(part for part in (one.email, one.telephone) if part)
