"""By whom, and where, is an authority reached?

Every authority reads the directory. What one found out by ringing is its own; of two entries the one that was confirmed
later is used. An authority without an entry of its own is reached as those were that it took over from.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from geo.models import Authority, Succession
from notifications.models import Contact

# Of two entries the one that was confirmed later is used.
NEWEST_FIRST = ("-confirmed_on", "-starts_on", "id")
APPROVERS = (Contact.Purpose.DIRECTOR, Contact.Purpose.NOMINATED_OFFICER)


def current_contact(authority_id: UUID, purpose: Contact.Purpose, on: date) -> Contact | None:
    """Whom to reach for a purpose on a day. None is not an answer to a person: whoever asks raises a duty."""
    return for_purpose(purpose, [authority_id], on).get(authority_id)


def for_purpose(purpose: Contact.Purpose, authority_ids: Collection[UUID], on: date) -> dict[UUID, Contact]:
    """The same for many authorities, three queries at most; who has nobody on file is left out."""
    found = _newest_of_each(purpose, authority_ids, on)
    without = [one for one in authority_ids if one not in found]
    if without:
        lines = lineages(without, on)
        before = _newest_of_each(purpose, {one for line in lines.values() for one in line[1:]}, on)
        found |= {
            asked: next(before[one] for one in line if one in before)
            for asked, line in lines.items()
            if before.keys() & set(line)
        }
    return found


def _newest_of_each(purpose: Contact.Purpose, authority_ids: Collection[UUID], on: date) -> dict[UUID, Contact]:
    found: dict[UUID, Contact] = {}
    for contact in held(on).filter(authority_id__in=authority_ids, purpose=purpose).order_by(*NEWEST_FIRST):
        found.setdefault(contact.authority_id, contact)
    return found


def current_contacts(authority_id: UUID, on: date) -> list[Contact]:
    """Everyone by whom the authority is reached on a day, by purpose; empty where nobody is on file."""
    return contacts_of([authority_id], on)[authority_id]


def contacts_of(authority_ids: Iterable[UUID], on: date) -> dict[UUID, list[Contact]]:
    """The same for many authorities, two queries for all."""
    lines = lineages(authority_ids, on)
    everybody = {one for line in lines.values() for one in line}
    by_authority: dict[UUID, list[Contact]] = {}
    for contact in held(on).filter(authority_id__in=everybody).order_by(*NEWEST_FIRST):
        by_authority.setdefault(contact.authority_id, []).append(contact)
    return {asked: _first_of_each([by_authority.get(one, []) for one in line]) for asked, line in lines.items()}


def numbers_on_file(authority_id: UUID, on: date) -> list[str]:
    """The telephone numbers by which the authority is known today, each once; what a stranger gave is not among them."""
    return list(uses_of_numbers(authority_id, on))


def uses_of_numbers(authority_id: UUID, on: date) -> dict[str, list[str]]:
    """The same numbers, each with what it is on file for."""
    uses: dict[str, list[str]] = {}
    for one in current_contacts(authority_id, on):
        if one.telephone:
            uses.setdefault(one.telephone, []).append(one.get_purpose_display())
    return uses


def held(on: date) -> QuerySet[Contact]:
    """The contacts that hold on a day, of every authority."""
    return Contact.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def readable(authority_id: UUID, on: date) -> QuerySet[Contact]:
    """What an authority reads of the directory: the application's own wall in front of the database's."""
    return _readable(held(on), authority_id).order_by("authority__name", "purpose", "-confirmed_on", "id")


def ahead(authority_id: UUID, on: date) -> QuerySet[Contact]:
    """What an authority reads of entries that hold from a later day."""
    return _readable(Contact.objects.filter(starts_on__gt=on), authority_id).order_by("starts_on", "purpose", "id")


def authorities(on: date) -> QuerySet[Authority]:
    """Every authority that stands on a day, by name: whom somebody might have to tell."""
    stands = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return Authority.objects.filter(stands).order_by("name", "id")


def lineage(authority_id: UUID, on: date) -> list[UUID]:
    """The authority, then those whose ground it took over by that day, the latest first; each once."""
    return lineages([authority_id], on)[authority_id]


def lineages(authority_ids: Iterable[UUID], on: date) -> dict[UUID, list[UUID]]:
    """The same for many authorities, one query for all."""
    before: dict[UUID, list[UUID]] = {}
    for one in Succession.objects.filter(on__lte=on).order_by("-on", "predecessor__name"):
        before.setdefault(one.successor_id, []).append(one.predecessor_id)
    return {one: _with_those_before(one, before) for one in authority_ids}


def _readable(rows: QuerySet[Contact], authority_id: UUID) -> QuerySet[Contact]:
    of_approvers = Q(purpose__in=APPROVERS) & ~Q(authority_id=authority_id)
    rows = rows.filter(Q(kept_by=None) | Q(kept_by_id=authority_id)).exclude(of_approvers)
    return rows.select_related("authority")


def _with_those_before(authority_id: UUID, before: dict[UUID, list[UUID]]) -> list[UUID]:
    found = [authority_id]
    for one in found:
        found += [earlier for earlier in before.get(one, []) if earlier not in found]
    return found


def _first_of_each(lines: Iterable[list[Contact]]) -> list[Contact]:
    found: dict[str, Contact] = {}
    for contact in (one for line in lines for one in line):
        found.setdefault(contact.purpose, contact)
    return [found[purpose] for purpose in sorted(found)]
