"""Which contacts has nobody confirmed for long, which are missing, and to which does e-mail come back?

Each of the first two is a duty, never an empty list; it closes by itself once the directory answers it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_met, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from geo.models import Authority
from notifications.directory import directory
from notifications.models import Contact, Delivery

# Practice of our own: mailboxes of authorities died unnoticed within a year or two (ADCS asks for corrections).
STALE_AFTER = timedelta(days=183)
TIME_TO_ASK = timedelta(days=14)
NEEDED = (Contact.Purpose.PLACEMENT_NOTICES, Contact.Purpose.DUTY_DESK, Contact.Purpose.OUT_OF_HOURS)
PRACTICE = "Practice: whoever is to be told must be reachable"
CONFIRM, ENTER, FIND = "confirm_contact", "enter_contact", "find_contact"


def is_stale(contact: Contact, on: date) -> bool:
    """Whether nobody has confirmed it for half a year."""
    return contact.confirmed_on + STALE_AFTER <= on


def raise_owed(authority_id: UUID, *, at: datetime) -> None:
    """Ask the authority about its own entries and about those that it keeps of others; and for those that it lacks."""
    with acting_for(service(authority_id), "directory"):
        on = london_date(at)
        own = Q(authority_id=authority_id, kept_by=None)
        kept = directory.held(on).filter(own | Q(kept_by_id=authority_id)).select_related("authority")
        owed = [to_confirm(one, on=on) for one in kept if is_stale(one, on)]
        has = {one.purpose for one in directory.current_contacts(authority_id, on)}
        name = Authority.objects.get(id=authority_id).name
        owed += [_to_enter(authority_id, name, purpose, on=on) for purpose in NEEDED if purpose not in has]
        raise_duties(owed, authority_id=authority_id, by="Placewatch", at=at)
        settle(authority_id, by="Placewatch", at=at)


def settle(authority_id: UUID, *, by: str, at: datetime) -> None:
    """Close what the directory answers by now: a contact that was found, entered, or confirmed in whichever way."""
    on = london_date(at)
    kinds = (CONFIRM, ENTER, FIND)
    rows = Duty.objects.filter(authority_id=authority_id, kind__in=kinds, subject_kind="authority", closed_at=None)
    for duty in rows:
        contact = directory.current_contact(duty.subject_id, _purpose_of(duty), on)
        if contact is not None and not (duty.kind == CONFIRM and is_stale(contact, on)):
            evidence = f"On file: confirmed on {contact.confirmed_on:%-d %B %Y}, {contact.confirmed_by}."
            close_as_met(duty.id, evidence=evidence, by=by, at=at)


def came_back(contacts: Iterable[Contact], *, authority_id: UUID) -> dict[UUID, date]:
    """To which of these contacts the authority's own last e-mail came back, and on which day; one query for all.

    Whoever confirmed the address since then was told that it works.
    """
    listed = [one for one in contacts if one.email]
    sent = (
        # What tells of a closed address is read by few people: the directory is read by many.
        Delivery.objects.filter(sender_id=authority_id, channel=Delivery.Channel.EMAIL, document__only_for=None)
        .filter(address__in={one.email for one in listed})
        .values("address")
        .annotate(returned=Max("ended_at", filter=Q(state=Delivery.State.UNDELIVERABLE)), taken=Max("given_at"))
    )
    days = {
        one["address"]: london_date(one["returned"])
        for one in sent
        if one["returned"] and not (one["taken"] and one["taken"] > one["returned"])
    }
    return {one.id: days[one.email] for one in listed if one.email in days and one.confirmed_on <= days[one.email]}


def to_confirm(contact: Contact, *, on: date) -> Owed:
    """Ask whether an entry is still right; once for each day on which it was last confirmed."""
    return Owed(
        key=f"{CONFIRM}:{contact.purpose}:{contact.id}:{contact.confirmed_on}",
        kind=CONFIRM,
        title=f"Ask whether this is still right: {contact.get_purpose_display().lower()} of {contact.authority.name}",
        basis=Basis.PRACTICE,
        citation=PRACTICE,
        subject_kind="authority",
        subject_id=contact.authority_id,
        subject_reference=contact.authority.name,
        due_on=on + TIME_TO_ASK,
        working=(f"Last confirmed on {contact.confirmed_on:%-d %B %Y}, more than six months ago.",),
        role=Role.PLACEMENT_OFFICER,
    )


def _to_enter(authority_id: UUID, name: str, purpose: Contact.Purpose, *, on: date) -> Owed:
    return Owed(
        key=f"{ENTER}:{purpose}",
        kind=ENTER,
        title=f"Say how others reach us: no contact is on file for {purpose.label.lower()}",
        basis=Basis.PRACTICE,
        citation=PRACTICE,
        subject_kind="authority",
        subject_id=authority_id,
        subject_reference=name,
        due_on=on + TIME_TO_ASK,
        role=Role.ADMINISTRATOR,
    )


def _purpose_of(duty: Duty) -> str:
    """What the contact is for that a duty asks about: of a host that could not be reached, always notices."""
    return Contact.Purpose.PLACEMENT_NOTICES if duty.kind == FIND else duty.key.split(":")[1]
