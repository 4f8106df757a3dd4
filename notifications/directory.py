"""By whom, and where, is an authority reached?

Every authority reads the directory. What one found out by ringing is its own; of two entries the one that was confirmed
later is used. An authority without an entry of its own is reached as those were that it took over from.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from geo.models import Authority, Succession
from notifications.models import Contact

APPROVERS = (Contact.Purpose.DIRECTOR, Contact.Purpose.NOMINATED_OFFICER)


def current_contact(authority_id: UUID, purpose: Contact.Purpose, on: date) -> Contact | None:
    """Whom to reach for a purpose on a day. None is not an answer to a person: whoever asks raises a duty."""
    for one in lineage(authority_id, on):
        found = held(on).filter(authority_id=one, purpose=purpose).order_by("-confirmed_on", "-starts_on", "id").first()
        if found is not None:
            return found
    return None


def current_contacts(authority_id: UUID, on: date) -> list[Contact]:
    """Everyone by whom the authority is reached on a day, by purpose; empty where nobody is on file."""
    found: dict[str, Contact] = {}
    for one in lineage(authority_id, on):
        for contact in held(on).filter(authority_id=one).order_by("purpose", "-confirmed_on", "-starts_on", "id"):
            found.setdefault(contact.purpose, contact)
    return [found[purpose] for purpose in sorted(found)]


def numbers_on_file(authority_id: UUID, on: date) -> list[str]:
    """The telephone numbers by which the authority is known today, each once; what a stranger gave is not among them."""
    return list(dict.fromkeys(one.telephone for one in current_contacts(authority_id, on) if one.telephone))


def held(on: date) -> QuerySet[Contact]:
    """The contacts that hold on a day, of every authority."""
    return Contact.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def readable(authority_id: UUID, on: date) -> QuerySet[Contact]:
    """What an authority reads of the directory: the application's own wall in front of the database's."""
    of_approvers = Q(purpose__in=APPROVERS) & ~Q(authority_id=authority_id)
    rows = held(on).filter(Q(kept_by=None) | Q(kept_by_id=authority_id)).exclude(of_approvers)
    return rows.select_related("authority").order_by("authority__name", "purpose", "-confirmed_on", "id")


def authorities(on: date) -> QuerySet[Authority]:
    """Every authority that stands on a day, by name: whom somebody might have to tell."""
    stands = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return Authority.objects.filter(stands).order_by("name", "id")


def lineage(authority_id: UUID, on: date) -> list[UUID]:
    """The authority, then those whose ground it took over by that day, the latest first; each once."""
    found, wanted = [authority_id], [authority_id]
    while wanted:
        earlier = Succession.objects.filter(successor_id__in=wanted, on__lte=on).order_by("-on", "predecessor__name")
        wanted = [one for one in _predecessors(earlier) if one not in found]
        found += wanted
    return found


def _predecessors(successions: Iterable[Succession]) -> list[UUID]:
    return list(dict.fromkeys(one.predecessor_id for one in successions))
