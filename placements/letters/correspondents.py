"""Who stands on the list of those to whom is written about a placement, and whom do decisions to withhold concern?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from placements.actions.placements import locked
from placements.exceptions import UnreadableField
from placements.letters import kinds
from placements.letters.exceptions import NotWrittenTo, OnTheListAlready
from placements.models import Channel, Correspondent, DecisionAbout, Placement, Withholding
from placements.telling import people

LISTING = "letters.list"
COPIED = ("code", "name", "nobody_because", "channel", "postal_address", "email")


def on_the_list(placement: Placement) -> QuerySet[Correspondent]:
    """Everybody who was not taken off, in the order in which they were put on."""
    return (
        Correspondent.objects.filter(placement=placement, removed_at=None)
        .prefetch_related("decisions")
        .order_by("recorded_at", "id")
    )


@transaction.atomic
def add(
    *,
    placement_id: UUID,
    code: str,
    name: str = "",
    nobody_because: str = "",
    channel: str = "",
    postal_address: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> Correspondent:
    """Put somebody on the list, or say why a kind has nobody.

    Of somebody of a paragraph for which a decision to withhold holds it is asked whether they are the one, before
    anything is written. Raises NotPermitted, PlacementNotFound, UnreadableField, NotWrittenTo (the very person).
    """
    policy.require(LISTING, by.role)
    placement = locked(placement_id, None, by)
    if code not in kinds.known(placement, on=london_date(at)):
        raise UnreadableField("code", "Choose one of the kinds of people and bodies that this placement has.")
    _check(name, nobody_because, channel, postal_address, email)
    if channel == Channel.IN_PRODUCT and code != kinds.REVIEWING_OFFICER:
        raise UnreadableField("channel", "Only the independent reviewing officer reads a letter in Placewatch.")
    for decision in decisions_of(placement, code):
        if decision.what == Withholding.What.NOTICE and _same(decision.person, name):
            raise NotWrittenTo(withheld_words(decision))
    made = Correspondent.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        code=code,
        name=name.strip(),
        nobody_because=nobody_because.strip(),
        channel=channel,
        postal_address=postal_address.strip(),
        email=email.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation=LISTING, subject_kind="placement", subject_ids=[placement.id, made.id])
    return made


@transaction.atomic
def remove(*, correspondent_id: UUID, by: Actor, at: datetime) -> Correspondent:
    """Take somebody off the list; their letters stay. Raises NotPermitted, Correspondent.DoesNotExist."""
    policy.require(LISTING, by.role)
    found = _of(by, correspondent_id)
    found.removed_at, found.removed_by = at, by.name
    found.save(update_fields=["removed_at", "removed_by"])
    log.record(operation=LISTING, subject_kind="placement", subject_ids=[found.placement_id, found.id])
    return found


@transaction.atomic
def say_about(
    *, correspondent_id: UUID, withholding_id: UUID, is_the_one: bool, by: Actor, at: datetime
) -> DecisionAbout:
    """Say whether a decision to withhold is about a person of the list. Said once: to say it anew, take them off it.

    Raises NotPermitted, Correspondent.DoesNotExist, UnreadableField (not a decision about that paragraph; said already).
    """
    policy.require(LISTING, by.role)
    found = _of(by, correspondent_id)
    decision = next((one for one in decisions_of(found.placement, found.code) if one.id == withholding_id), None)
    if decision is None or said(found, decision) is not None:
        raise UnreadableField("withholding", "Choose a decision about this kind of person that still waits for a word.")
    log.record(operation=LISTING, subject_kind="placement", subject_ids=[found.placement_id, found.id])
    return DecisionAbout.objects.create(
        authority_id=found.authority_id,
        correspondent=found,
        withholding=decision,
        is_the_one=is_the_one,
        said_at=at,
        said_by=by.name,
    )


@transaction.atomic
def take_over(*, placement_id: UUID, from_placement_id: UUID, by: Actor, at: datetime) -> list[Correspondent]:
    """Fill an empty list from the one of another placement of the same child. What is withheld is decided anew.

    Raises NotPermitted, PlacementNotFound, OnTheListAlready, UnreadableField (another child's placement).
    """
    policy.require(LISTING, by.role)
    placement, source = locked(placement_id, None, by), locked(from_placement_id, None, by)
    if source.child_id != placement.child_id or source.id == placement.id:
        raise UnreadableField("from_placement", "Choose another placement of the same child.")
    if on_the_list(placement).exists():
        raise OnTheListAlready
    allowed = kinds.known(placement, on=london_date(at))
    if not on_the_list(source).exists():
        raise UnreadableField("from_placement", "Nobody stands on the list of that placement.")
    return [
        add(placement_id=placement.id, **{name: getattr(one, name) for name in COPIED}, by=by, at=at)
        for one in on_the_list(source)
        if one.code in allowed and not _is_withheld(placement, one)
    ]


def decisions_of(placement: Placement, code: str) -> list[Withholding]:
    """The decisions that hold about people of a kind."""
    return [one for one in people.decisions(placement) if people.PARAGRAPHS.get(one.paragraph) == code]


def said(correspondent: Correspondent, decision: Withholding) -> bool | None:
    """Whether a decision is about the person; None while nobody has said so."""
    if _same(decision.person, correspondent.name):
        return True
    told = {one.withholding_id: one.is_the_one for one in correspondent.decisions.all()}
    return told.get(decision.id)


def withheld_words(decision: Withholding) -> str:
    """Why nothing is written to somebody, and the way to look at it again."""
    return (
        f"Withheld: {people.decision_of(decision).sentence} (reg. 13(3)). To write all the same, look at the decision "
        "again under “Who is told of a placement” and end it there."
    )


def _is_withheld(placement: Placement, one: Correspondent) -> bool:
    notices = (each for each in decisions_of(placement, one.code) if each.what == Withholding.What.NOTICE)
    return any(_same(each.person, one.name) for each in notices)


def _of(by: Actor, correspondent_id: UUID) -> Correspondent:
    rows = Correspondent.objects.select_for_update(of=("self",)).select_related("placement__child")
    return rows.get(authority_id=by.authority_id, id=correspondent_id, removed_at=None)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _check(name: str, nobody_because: str, channel: str, postal_address: str, email: str) -> None:
    if bool(name.strip()) == bool(nobody_because.strip()):
        raise UnreadableField(
            "name", "Give the name of the person or body, or say why there is nobody: one of the two."
        )
    if not name.strip():
        if channel or postal_address.strip() or email.strip():
            raise UnreadableField("nobody_because", "Nobody has no address: leave the other answers blank.")
        return
    if channel not in Channel.values:
        raise UnreadableField("channel", "Say how the letter reaches them.")
    if channel == Channel.POST and not postal_address.strip():
        raise UnreadableField("postal_address", "A letter by post needs the reader’s own address.")
    if channel == Channel.SECURE_EMAIL and not email.strip():
        raise UnreadableField("email", "A letter by secure e-mail needs the reader’s own e-mail address.")
