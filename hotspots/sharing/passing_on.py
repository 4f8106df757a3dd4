"""May what an owner shared about an area be passed on? Its conditions are asked for and answered, never forgotten.

A condition of the originator's binds every later output. Where one binds, the reader asks the owner, who knows the
originator; her yes or no is a row that both read, and names no child.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts import policy
from accounts.acting import Actor
from accounts.roles import Role
from audit import log
from duties.actions import meet, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from geo.ground import current_ground
from hotspots.exceptions import AnsweredBefore, ConditionBinds, NoLongerShared, QuestionNotFound
from hotspots.models import Audience, Condition, Output, PassingOn
from hotspots.sharing.levels import Level

IN_WORDS_ALONE = "in_words_alone"
WRITTEN = frozenset({Output.LETTER, Output.NOTICE, Output.PACK, Output.EXPORT})


@dataclass(frozen=True)
class Bound:
    """What binds one area of which a reader was told. `level` is None where it is not open to the reader any more.

    `originator` and `conditions` are told only while it is open, and above contact level.
    """

    hotspot_id: UUID
    owner_id: UUID
    owner: str
    level: Level | None
    kinds: frozenset[str]
    originator: str
    conditions: str

    def forbids(self, *, audience: Audience, output: Output) -> bool:
        """Whether a condition stands against it. One in words alone binds everything: nobody guesses that it is less."""
        return (
            IN_WORDS_ALONE in self.kinds
            or (Condition.NOT_TO_CARERS_OR_PROVIDERS in self.kinds and audience == Audience.CARER_OR_PROVIDER)
            or (Condition.NOT_TO_CHILD_OR_FAMILY in self.kinds and audience == Audience.CHILD_OR_FAMILY)
            or (Condition.NOT_IN_WRITING in self.kinds and output in WRITTEN)
            or (Condition.NOT_BEYOND_READERS in self.kinds and audience != Audience.CHILD_OR_FAMILY)
        )

    @property
    def refusal(self) -> str:
        """Who attached it, and whom to ask."""
        who = f"{self.originator} attached a condition" if self.originator else "A condition is attached"
        return f"{who}. Ask {self.owner}."


def binding(version_ids: Collection[UUID]) -> list[Bound]:
    """What binds the areas of these versions, as far as the acting authority was told of them; each area once."""
    by_area = {one.hotspot_id: one for one in binding_by_version(version_ids).values()}
    return [by_area[hotspot_id] for hotspot_id in sorted(by_area)]


def binding_by_version(version_ids: Collection[UUID]) -> dict[UUID, Bound]:
    """The same by version. A version of which the acting authority was told nothing is not in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select version_id, hotspot_id, owner_id, level, kinds, originator, conditions"
            " from hotspots_binding(%s::uuid[])",
            [list(version_ids)],
        )
        names = current_ground().authorities
        return {
            version_id: Bound(
                hotspot_id=hotspot_id,
                owner_id=owner_id,
                owner=names[owner_id].name,
                level=Level(level) if level else None,
                kinds=frozenset(kinds),
                originator=originator or "",
                conditions=conditions or "",
            )
            for version_id, hotspot_id, owner_id, level, kinds, originator, conditions in cursor.fetchall()
        }


def require(
    version_ids: Collection[UUID], *, audience: Audience, output: Output, agreed: Collection[UUID] = ()
) -> list[Bound]:
    """Refuse what may not be passed on: ConditionBinds, naming whom to ask; NoLongerShared.

    `agreed` are the areas for which the owner has said yes to this very question. Returns what the areas are bound by.
    """
    bound = binding(version_ids)
    if gone := [one for one in bound if one.level is None]:
        raise NoLongerShared([one.owner for one in gone])
    against = [one for one in bound if one.hotspot_id not in agreed and one.forbids(audience=audience, output=output)]
    if against:
        raise ConditionBinds([one.refusal for one in against])
    return bound


@transaction.atomic
def ask(bound: Iterable[Bound], *, audience: Audience, output: Output, by: Actor, at: datetime) -> list[PassingOn]:
    """Ask the owners of these areas; the question becomes a duty there."""
    asked = [
        PassingOn.objects.create(
            sender_id=by.authority_id,
            recipient_id=one.owner_id,
            hotspot_id=one.hotspot_id,
            audience=Audience(audience),
            output=Output(output),
            asked_at=at,
            asked_by=by.name,
        )
        for one in bound
    ]
    log.record(operation="passing_on.ask", subject_kind="passing_on", subject_ids=[one.id for one in asked])
    return asked


@transaction.atomic
def answer(question_id: UUID, *, answer: str, words: str = "", by: Actor, at: datetime) -> PassingOn:
    """The owner's yes or no. Refuses with NotPermitted, QuestionNotFound, AnsweredBefore."""
    policy.require("passing_on.answer", by.role)
    question = PassingOn.objects.select_for_update().filter(recipient_id=by.authority_id, id=question_id).first()
    if question is None:
        raise QuestionNotFound
    if question.answer:
        raise AnsweredBefore(question.get_answer_display(), question.answered_by)
    question.answer = PassingOn.Answer(answer)
    question.answered_at, question.answered_by, question.words = at, by.name, words.strip()
    question.save(update_fields=["answer", "answered_at", "answered_by", "words"])
    raise_waiting(by.authority_id, at=at, only=question)
    evidence = f"{question.get_answer_display()}. {question.words}".strip()
    meet(_key(question), authority_id=by.authority_id, evidence=evidence, by=by.name, at=at)
    log.record(operation="passing_on.answer", subject_kind="passing_on", subject_ids=[question.id])
    return question


def questions_to(authority_id: UUID) -> QuerySet[PassingOn]:
    """What an owner was asked, those without an answer first."""
    rows = PassingOn.objects.filter(recipient_id=authority_id).select_related("sender", "hotspot")
    return rows.order_by("answer", "-asked_at", "id")


def raise_waiting(owner_id: UUID, *, at: datetime, only: PassingOn | None = None) -> list[Duty]:
    """A duty of the owner's for each question that waits; a sweep may call it again and again."""
    waiting = [only] if only else list(PassingOn.objects.filter(recipient_id=owner_id, answer=""))
    names = current_ground().authorities
    owed = [
        Owed(
            key=_key(one),
            kind="passing_on",
            title=f"Answer {names[one.sender_id].name}: may what we shared be passed on?",
            basis=Basis.PRACTICE,
            citation="The originator’s condition: asked for, not forgotten",
            subject_kind="passing_on",
            subject_id=one.id,
            subject_reference=one.get_audience_display(),
            working=(f"Asked by {one.asked_by}: {one.get_output_display().lower()}.",),
            role=Role.HOTSPOT_ANALYST,
        )
        for one in waiting
    ]
    return raise_duties(owed, authority_id=owner_id, by="Placewatch", at=at)


def _key(question: PassingOn) -> str:
    return f"passing_on:{question.id}"
