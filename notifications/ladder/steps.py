"""What does each step of a ladder do? Each answers with a sentence for the sender's people; none tells of a child."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Membership
from accounts.roles import Role
from db.clock import LONDON, london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications.channels import email
from notifications.delivery import outbox
from notifications.directory import addressees
from notifications.models import Climb, Delivery

CITATION = "Practice: whoever sends follows a notice until a person has read it"
NO_EMAIL = "No e-mail: the service sends none."


def take(step: str, climb: Climb, *, at: datetime) -> str:
    """Take one step, in the sender's transaction; what was done, in a sentence."""
    return STEPS[step](climb, at)


def end_of_ladder(climb: Climb, *, at: datetime) -> None:
    """Nobody answered, and every step is taken: somebody by name has it, until it is settled.

    Most ladders end with the manager's step, and it is that task then: there is one, whoever raises it first.
    """
    _owe_settling(climb, at=at)


def named_person(climb: Climb, *, on: date) -> UUID | None:
    """Whoever sent it, while they still belong to the sender; else the task is for whoever has the role."""
    return climb.named_person_id if _members(climb, on).filter(user_id=climb.named_person_id).exists() else None


def _email_after_failure(climb: Climb, at: datetime) -> str:
    webhooks = [one for one in climb.document.deliveries.all() if one.channel == Delivery.Channel.WEBHOOK]
    if not webhooks or any(one.state == Delivery.State.GIVEN for one in webhooks):
        return "No e-mail was needed: no call of the recipient’s system has failed."
    if not email.is_configured():
        return NO_EMAIL
    return "Sent by e-mail too." if outbox.address_email(climb.document) else "No e-mail: no address is on file."


def _named_person(climb: Climb, at: datetime) -> str:
    _owe(
        climb,
        "notice_follow_up",
        "Follow up {reference} to {recipient}: no reply yet",
        owner_id=named_person(climb, on=london_date(at)),
        role=Role.PLACEMENT_OFFICER,
        at=at,
    )
    return "Whoever sent it has a task to follow it up."


def _deputy(climb: Climb, at: datetime) -> str:
    if not email.is_configured():
        return NO_EMAIL
    address = addressees.deputy_email_for(climb.document)
    if not address:
        return "Nobody who stands in for them is on file with an e-mail address."
    outbox.address_email(climb.document, address)
    return "Sent by e-mail to whoever stands in for them."


def _call_script(climb: Climb, at: datetime) -> str:
    numbers = addressees.numbers_for(climb.document)
    _owe(
        climb,
        "notice_call",
        "Ring {recipient} about {reference}: no reply yet",
        owner_id=named_person(climb, on=london_date(at)),
        role=Role.PLACEMENT_OFFICER,
        working=(*(numbers or ["No number is on file: find one first."]), *_script(climb)),
        at=at,
    )
    return f"A task to ring them, with {len(numbers)} number{'' if len(numbers) == 1 else 's'} and what to say."


def _manager_told(climb: Climb, at: datetime) -> str:
    manager = _owe_settling(climb, at=at)
    if manager is None:
        return "Nobody is its manager by name: whoever sent it has the task to settle it."
    return f"{manager.user.name}, the manager of whoever sent it, has a task to settle it."


def _owe_settling(climb: Climb, *, at: datetime) -> Membership | None:
    """The last task of a ladder; the manager who has it, None where there is none by name."""
    on = london_date(at)
    manager = _manager(climb, on)
    _owe(
        climb,
        "notice_not_acknowledged",
        "Settle with {recipient} that {reference} was read: every step has been taken, and there is no reply yet",
        owner_id=manager.user_id if manager else named_person(climb, on=on),
        role=Role.MANAGER if manager else Role.PLACEMENT_OFFICER,
        working=(*_done_so_far(climb), *_script(climb)),
        at=at,
    )
    return manager


def _done_so_far(climb: Climb) -> list[str]:
    rungs = climb.rungs.order_by("number")
    return [f"{one.at.astimezone(LONDON):%-d %B %Y, %H:%M}: {one.words}" for one in rungs]


def _script(climb: Climb) -> tuple[str, ...]:
    return (
        f"Say: we sent you a notice through Placewatch, reference {climb.document.reference}. Has somebody read it?",
        "Say nothing about a child until you know whom you speak to; ring back a number that is on file.",
        "Write down who answered, their post, the number and the time, and record it with the notice.",
    )


def _owe(
    climb: Climb,
    kind: str,
    title: str,
    *,
    at: datetime,
    role: Role,
    owner_id: UUID | None = None,
    working: tuple[str, ...] = (),
) -> None:
    document = climb.document
    # A duty is read by more people than what tells of a closed address: it then does not name the recipient.
    recipient = document.recipient.name if document.only_for is None else "its recipient"
    owed = Owed(
        key=f"{kind}:{document.id}",
        kind=kind,
        title=title.format(recipient=recipient, reference=document.reference),
        basis=Basis.PRACTICE,
        citation=CITATION,
        subject_kind="document",
        subject_id=document.id,
        subject_reference=document.reference,
        due_on=london_date(at),
        working=working,
        role=role,
        owner_id=owner_id,
    )
    raise_duties([owed], authority_id=climb.sender_id, by="Placewatch", at=at)


def _manager(climb: Climb, on: date) -> Membership | None:
    """The manager of the named person's team, else any manager of the authority; None where there is none by name."""
    managers = _members(climb, on).filter(role=Role.MANAGER).select_related("user").order_by("starts_on", "id")
    teams = _members(climb, on).filter(user_id=climb.named_person_id).exclude(team="").values("team")
    return managers.filter(team__in=teams).first() or managers.first()


def _members(climb: Climb, on: date) -> QuerySet[Membership]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    return Membership.objects.filter(still, authority_id=climb.sender_id, starts_on__lte=on, user__is_active=True)


STEPS: dict[str, Callable[[Climb, datetime], str]] = {
    "email_after_failure": _email_after_failure,
    "named_person": _named_person,
    "deputy": _deputy,
    "call_script": _call_script,
    "manager": _manager_told,
}
