"""How does a contact of an authority change, and who says that it is still right?

A new address counts only after somebody else than whoever heard of it has rung a number that was on file before, and
heard it there (decisions, section 3): from that day, or from a later one that was said. What one authority finds out so
about another is its own.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import policy
from accounts.acting import Actor
from accounts.roles import Role
from audit import log
from db.clock import london_date
from duties.actions import close_as_not_owed, meet, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from notifications.directory import directory, directory_watch
from notifications.exceptions import AnotherPersonNeeded, CannotBeReached, ChangeNotFound, ChangeWaits, NumberNotOnFile
from notifications.models import Contact, ContactChange

PROPOSING, CONFIRMING = "contacts.propose", "contacts.confirm"
TO_CONFIRM = "confirm_contact_change"
WHERE = ("team", "channel", "email", "telephone")


def propose(*, by: Actor, **said: object) -> ContactChange:
    """Write down a new address as somebody gave it. It changes nothing until a second person has rung back.

    Takes what `write_down` takes. Raises NotPermitted, CannotBeReached, ChangeWaits.
    """
    policy.require(PROPOSING, by.role)
    return write_down(by=by, **said)


@transaction.atomic
def write_down(
    *,
    of_id: UUID,
    purpose: str,
    said_by: str,
    team: str = "",
    channel: str = Contact.Channel.EMAIL,
    email: str = "",
    telephone: str = "",
    starts_on: date | None = None,
    by: Actor,
    at: datetime,
) -> ContactChange:
    """The same for whoever may do more, as take in a file. Raises CannotBeReached, ChangeWaits."""
    if not (email.strip() or telephone.strip()) or not said_by.strip():
        raise CannotBeReached
    if waiting(by.authority_id).filter(of_id=of_id, purpose=purpose).exists():
        raise ChangeWaits
    made = ContactChange.objects.create(
        authority_id=by.authority_id,
        of_id=of_id,
        purpose=Contact.Purpose(purpose),
        team=team.strip(),
        channel=Contact.Channel(channel),
        email=email.strip(),
        telephone=telephone.strip(),
        starts_on=starts_on,
        said_by=said_by.strip(),
        proposed_at=at,
        proposed_by=by.name,
        proposer_id=by.person_id,
    )
    log.record(operation=PROPOSING, subject_kind="contact_change", subject_ids=[made.id])
    raise_duties([_to_confirm(made, on=london_date(at))], authority_id=by.authority_id, by=by.name, at=at)
    return made


@transaction.atomic
def confirm_change(*, change_id: UUID, number_rung: str, spoke_to: str, by: Actor, at: datetime) -> Contact:
    """The second person rang a number on file and heard the new address there: it counts from today, or its own day.

    Raises NotPermitted, ChangeNotFound, AnotherPersonNeeded, NumberNotOnFile, CannotBeReached (nobody named).
    """
    policy.require(CONFIRMING, by.role)
    change = _open(change_id, by)
    if by.person_id is None or by.person_id == change.proposer_id:
        raise AnotherPersonNeeded
    on = london_date(at)
    if number_rung not in directory.numbers_on_file(change.of_id, on):
        raise NumberNotOnFile
    if not spoke_to.strip():
        raise CannotBeReached
    change.number_rung, change.spoke_to = number_rung, spoke_to.strip()
    change.confirmed_at, change.confirmed_by, change.confirmer_id = at, by.name, by.person_id
    change.save(update_fields=["number_rung", "spoke_to", "confirmed_at", "confirmed_by", "confirmer"])
    said = f"{change.spoke_to}, on {number_rung}; rung by {by.name}"
    contact = keep(
        change.of_id,
        change.purpose,
        {name: getattr(change, name) for name in WHERE},
        keeper_id=by.authority_id,
        confirmed_on=on,
        confirmed_by=said,
        on=max(change.starts_on or on, on),
    )
    log.record(operation=CONFIRMING, subject_kind="contact_change", subject_ids=[change.id, contact.id])
    meet(_key(change), authority_id=by.authority_id, evidence=f"Rung back: {said}.", by=by.name, at=at)
    directory_watch.settle(by.authority_id, by=by.name, at=at)
    return contact


@transaction.atomic
def withdraw(*, change_id: UUID, by: Actor, at: datetime) -> ContactChange:
    """Leave a change: it was wrong, or nobody could confirm it. Raises NotPermitted, ChangeNotFound."""
    policy.require(PROPOSING, by.role)
    change = _open(change_id, by)
    change.withdrawn_at, change.withdrawn_by = at, by.name
    change.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log.record(operation=PROPOSING, subject_kind="contact_change", subject_ids=[change.id])
    for duty in Duty.objects.filter(authority_id=by.authority_id, key=_key(change), closed_at=None):
        close_as_not_owed(duty.id, reason="The new address was withdrawn.", by=by.name, at=at)
    return change


@transaction.atomic
def still_right(*, contact_id: UUID, spoke_to: str, by: Actor, at: datetime) -> Contact:
    """Somebody asked, and the entry is still right: who said so, and today. Raises NotPermitted, Contact.DoesNotExist.

    Of an entry that the other authority keeps, this one keeps the confirmation for itself.
    """
    policy.require(CONFIRMING, by.role)
    on = london_date(at)
    asked = directory.readable(by.authority_id, on).get(id=contact_id)
    if not spoke_to.strip():
        raise CannotBeReached
    kept = keep(
        asked.authority_id,
        asked.purpose,
        {name: getattr(asked, name) for name in WHERE},
        keeper_id=by.authority_id,
        confirmed_on=on,
        confirmed_by=f"{spoke_to.strip()}; asked by {by.name}",
        on=on,
    )
    log.record(operation=CONFIRMING, subject_kind="contact", subject_ids=[asked.id, kept.id])
    directory_watch.settle(by.authority_id, by=by.name, at=at)
    return kept


def keep(
    authority_id: UUID,
    purpose: str,
    where: dict[str, str],
    *,
    keeper_id: UUID,
    confirmed_on: date,
    confirmed_by: str,
    on: date,
) -> Contact:
    """The keeper's entry about an authority from a day on, until the next that is known already.

    Another address ends the entry that was; the same one only moves the day on which it was last confirmed.
    """
    kept_by = None if keeper_id == authority_id else keeper_id
    entry = {"authority_id": authority_id, "purpose": purpose, "kept_by_id": kept_by}
    rows = Contact.objects.select_for_update().filter(**entry)
    present = rows.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on).first()
    said = {"confirmed_on": confirmed_on, "confirmed_by": confirmed_by}
    if present and (present.starts_on == on or all(getattr(present, name) == where[name] for name in WHERE)):
        # An entry of one day cannot end on that day: what was mistyped this morning is put right in it.
        for name, value in (where | said).items():
            setattr(present, name, value)
        present.save(update_fields=[*where, *said])
        return present
    if present:
        present.ends_on = on
        present.save(update_fields=["ends_on"])
    following = rows.filter(starts_on__gt=on).order_by("starts_on").first()
    ends_on = following.starts_on if following else None
    return Contact.objects.create(**entry, **where, starts_on=on, ends_on=ends_on, **said)


def waiting(authority_id: UUID):
    """The changes that wait for their call back, the oldest first."""
    rows = ContactChange.objects.filter(authority_id=authority_id, confirmed_at=None, withdrawn_at=None)
    return rows.select_related("of").order_by("proposed_at", "id")


def _open(change_id: UUID, by: Actor) -> ContactChange:
    rows = ContactChange.objects.select_for_update(of=("self",)).select_related("of")
    change = rows.filter(authority_id=by.authority_id, id=change_id, confirmed_at=None, withdrawn_at=None).first()
    if change is None:
        raise ChangeNotFound
    return change


def _key(change: ContactChange) -> str:
    return f"{TO_CONFIRM}:{change.id}"


def _to_confirm(change: ContactChange, *, on: date) -> Owed:
    numbers = directory.numbers_on_file(change.of_id, on)
    return Owed(
        key=_key(change),
        kind=TO_CONFIRM,
        title=f"Ring {change.of.name} back on a number on file: is the new address right?",
        basis=Basis.PRACTICE,
        citation="Practice: an address changes only after a call back and by two people",
        subject_kind="authority",
        subject_id=change.of_id,
        subject_reference=change.of.name,
        due_on=on,
        working=(
            f"On file: {', '.join(numbers)}." if numbers else "No number is on file: have the directory loaded first.",
            "Say no child’s name. Ask for the desk, and have the new address said to you.",
            f"Somebody else than {change.proposed_by} rings.",
        ),
        role=Role.PLACEMENT_OFFICER,
    )
