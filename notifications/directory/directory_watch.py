"""Which contacts has nobody confirmed for long, and which are missing? Each is a duty, never an empty list."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from geo.models import Authority
from notifications.directory import directory
from notifications.models import Contact

# Practice of our own: mailboxes of authorities died unnoticed within a year or two (ADCS asks for corrections).
STALE_AFTER = timedelta(days=183)
TIME_TO_ASK = timedelta(days=14)
NEEDED = (Contact.Purpose.PLACEMENT_NOTICES, Contact.Purpose.DUTY_DESK, Contact.Purpose.OUT_OF_HOURS)
PRACTICE = "Practice: whoever is to be told must be reachable"


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


def to_confirm(contact: Contact, *, on: date) -> Owed:
    """Ask whether an entry is still right; once for each day on which it was last confirmed."""
    return Owed(
        key=f"confirm_contact:{contact.id}:{contact.confirmed_on}",
        kind="confirm_contact",
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
        key=f"enter_contact:{purpose}",
        kind="enter_contact",
        title=f"Say how others reach us: no contact is on file for {purpose.label.lower()}",
        basis=Basis.PRACTICE,
        citation=PRACTICE,
        subject_kind="authority",
        subject_id=authority_id,
        subject_reference=name,
        due_on=on + TIME_TO_ASK,
        role=Role.ADMINISTRATOR,
    )
