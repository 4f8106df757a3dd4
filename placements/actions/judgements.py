"""How is a professional judgement about a place written, and how is the supervisor's conversation about it recorded?"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import raise_duties
from placements.events import write_event
from placements.exceptions import JudgementNotFound, KeptClosed, PlacementNotFound, ReadSinceThen, UnreadableField
from placements.models import Conversation, ConversationWords, Judgement, Placement, Screening
from placements.owed import judgements_owed
from placements.owed.judgements_owed import Said
from placements.place import grants

Agreement = Judgement.Agreement

# With what was said of the place, which answers can be true.
POSSIBLE = {
    Said.SOMETHING: (Agreement.AGREES, Agreement.NOT_WORRIED, Agreement.WORRIED),
    Said.NOTHING_NEAR: (Agreement.AGREES, Agreement.WORRIED),
    Said.NOTHING_SHARED: (Agreement.NOTHING_SAID, Agreement.WORRIED),
}


@transaction.atomic
def write_judgement(
    *,
    placement_id: UUID,
    screening_id: UUID | None,
    supersedes_id: UUID | None,
    known_and_not_known: str,
    thinks_and_why: str,
    look_again_on: date,
    agreement: str,
    asked_whom: str = "",
    asked_on: date | None = None,
    they_said: str = "",
    by: Actor,
    at: datetime,
) -> Judgement:
    """Write a judgement about a placement's place; the one before it is superseded and stays to be read.

    `screening_id` and `supersedes_id` name the check and the judgement that the writer had read, None for none: where
    there are newer ones it raises ReadSinceThen. Allowed whether it is owed or not, and in every state of the
    placement. Raises NotPermitted, PlacementNotFound, KeptClosed, UnreadableField.
    """
    policy.require("judgements.write", by.role)
    placement = _locked(placement_id, by, at)
    screening = latest_screening(placement)
    if screening_id != (screening.id if screening else None):
        raise ReadSinceThen("The place was checked again")
    before = current_judgement(placement)
    if supersedes_id != (before.id if before else None):
        raise ReadSinceThen("Somebody wrote a judgement")
    judgement = Judgement(
        authority_id=placement.authority_id,
        child_id=placement.child_id,
        placement=placement,
        screening=screening,
        known_and_not_known=_words("known_and_not_known", known_and_not_known),
        thinks_and_why=_words("thinks_and_why", thinks_and_why),
        look_again_on=look_again_on,
        agreement=_possible(agreement, screening),
        asked_whom=asked_whom.strip(),
        asked_on=asked_on,
        they_said=they_said.strip(),
        is_restricted=placement.is_restricted,
        writer_id=by.person_id,
        written_by=by.name,
        recorded_at=at,
        supersedes=before,
    )
    _check_dates(judgement, at)
    _check_asked(judgement, must=judgements_owed.asks_whom(placement, screening))
    if before:
        Judgement.objects.filter(id=before.id).update(superseded_at=at)
    judgement.save(force_insert=True)
    judgements_owed.meet_by_writing(placement, by=by.name, at=at)
    again = judgements_owed.look_again(judgement)
    raise_duties([again], authority_id=judgement.authority_id, by=by.name, at=at)
    write_event(placement, "A judgement about this place was written", at, by=by, at=at)
    log.record(operation="judgements.write", subject_kind="judgement", subject_ids=[judgement.id])
    return judgement


@transaction.atomic
def record_conversation(*, held_at: datetime, words: Mapping[UUID, str], by: Actor, at: datetime) -> Conversation:
    """Record a supervisor's conversation about one or several current judgements, with words about each child.

    Nobody talks a judgement through with themselves. Raises NotPermitted, JudgementNotFound, KeptClosed,
    UnreadableField.
    """
    policy.require("conversations.record", by.role)
    if held_at > at:
        raise UnreadableField("held_at", "A conversation that lies ahead cannot be recorded yet.")
    if not words:
        raise UnreadableField("words", "Say about at least one child what the conversation came to.")
    about = _current_judgements(words, by, at)
    conversation = Conversation.objects.create(
        authority_id=by.authority_id,
        supervisor_id=by.person_id,
        supervisor_name=by.name,
        held_at=held_at,
        recorded_at=at,
        recorded_by=by.name,
    )
    for judgement in about:
        ConversationWords.objects.create(
            authority_id=by.authority_id,
            conversation=conversation,
            judgement=judgement,
            words=_words("words", words[judgement.id]),
            is_restricted=judgement.is_restricted,
        )
        judgements_owed.meet_by_talking(judgement.placement, by=by.name, held_at=held_at, at=at)
        write_event(judgement.placement, "The judgement was talked through", held_at, by=by, at=at)
    log.record(operation="conversations.record", subject_kind="judgement", subject_ids=[one.id for one in about])
    return conversation


def latest_screening(placement: Placement) -> Screening | None:
    """What was last read about the place."""
    return Screening.objects.filter(placement=placement).order_by("-at", "-id").first()


def current_judgement(placement: Placement) -> Judgement | None:
    """The judgement that holds now."""
    return Judgement.objects.filter(placement=placement, superseded_at=None).first()


def _current_judgements(words: Mapping[UUID, str], by: Actor, at: datetime) -> list[Judgement]:
    about = list(
        Judgement.objects.filter(authority_id=by.authority_id, id__in=list(words), superseded_at=None)
        .select_related("placement__child")
        .order_by("recorded_at", "id")
    )
    if len(about) != len(words):
        raise JudgementNotFound
    for judgement in about:
        _check_open(judgement.placement, by, at)
        if judgement.writer_id == by.person_id:
            raise UnreadableField("words", "You wrote one of these judgements: another supervisor talks it through.")
    return about


def _possible(agreement: str, screening: Screening | None) -> Agreement:
    said = judgements_owed.said_of(screening)
    if agreement not in POSSIBLE[said]:
        answers = " or ".join(f"“{one.label}”" for one in POSSIBLE[said])
        raise UnreadableField("agreement", f"This check says that {said.value}. Answer {answers}.")
    return Agreement(agreement)


def _check_dates(judgement: Judgement, at: datetime) -> None:
    today = london_date(at)
    if judgement.look_again_on <= today:
        raise UnreadableField("look_again_on", "Choose a day that lies ahead.")
    if judgement.asked_on and judgement.asked_on > today:
        raise UnreadableField("asked_on", "This day lies ahead: say when somebody was asked.")


def _check_asked(judgement: Judgement, *, must: bool) -> None:
    given = {
        "asked_whom": judgement.asked_whom,
        "asked_on": judgement.asked_on,
        "they_said": judgement.they_said,
    }
    if not (must or any(given.values())):
        return
    missing = next((name for name, value in given.items() if not value), None)
    if missing:
        why = "The area's authority shares nothing with us: say" if must else "Say"
        raise UnreadableField(missing, f"{why} who was asked about the place, when, and what they said.")


def _words(field: str, words: str) -> str:
    if not words.strip():
        raise UnreadableField(field, "Write it in words.")
    return words.strip()


def _check_open(placement: Placement, by: Actor, at: datetime) -> None:
    if placement.is_restricted and placement.id not in grants.held([placement], by=by, at=at):
        raise KeptClosed


def _locked(placement_id: UUID, by: Actor, at: datetime) -> Placement:
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("child", "authority")
        .filter(authority_id=by.authority_id, id=placement_id, superseded_at=None)
        .first()
    )
    if placement is None:
        raise PlacementNotFound
    _check_open(placement, by, at)
    return placement
