"""Of which things can the approver be satisfied, on what evidence, and of which not yet?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from placements.rules.approval import Requirement
from placements.rules.written_times import short_moment_in_words

A_REASON_IS_ENOUGH = frozenset({"relatives_consulted"})  # reg. 11(2)(c): "where appropriate"


class Standing(StrEnum):
    """`REASON_GIVEN`: answered by a reason where the rule itself asks for the thing. The approver weighs it."""

    SATISFIED = "satisfied"
    REASON_GIVEN = "reason_given"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person wrote against one item: evidence that it is so, or a reason why it is not."""

    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRecord:
    """What is recorded of the area authority: instants, None where nothing is.

    `care_plan_version` is the version that it was given, at `care_plan_supplied_at`.
    """

    name: str
    notified_at: datetime | None = None
    asked_at: datetime | None = None
    care_plan_version: str = ""
    care_plan_supplied_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement with how it stands and the sentence that shows why."""

    requirement: Requirement
    standing: Standing
    sentence: str

    @property
    def is_answered(self) -> bool:
        """By evidence or by a reason."""
        return self.standing is not Standing.NOT_YET

    def as_dict(self) -> dict[str, Any]:
        return {
            "requirement": self.requirement.as_dict(),
            "standing": self.standing.value,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is held when the approver looks: answers by item code, the host's record, and the instant."""

    at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict, hash=False)
    host: HostRecord


def satisfied_of(*, requirements: Sequence[Requirement], evidence: Evidence) -> tuple[Item, ...]:
    """Each requirement with its standing at an instant, in the order given (regs. 10(2), 11(2), 18(2), 39(2)).

    The area authority's item is read from the record, not from words: what came after `evidence.at` does not
    count. Consulted is asked with the care plan; a reply is not required (ADR 0023). An item without evidence
    is answered by a reason; only for the relatives, "where appropriate", does a reason satisfy.
    """
    return tuple(_item(requirement, evidence) for requirement in requirements)


def not_yet(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that nobody has answered."""
    return tuple(item for item in items if not item.is_answered)


def _item(requirement: Requirement, evidence: Evidence) -> Item:
    recorded = _recorded(requirement.code, evidence)
    if recorded and recorded[0]:
        return Item(requirement, Standing.SATISFIED, recorded[1])
    answer = evidence.answers.get(requirement.code, Answer())
    if answer.evidence.strip() and recorded is None:
        return Item(requirement, Standing.SATISFIED, answer.evidence.strip())
    missing = recorded[1] if recorded else "Nothing is recorded yet."
    if reason := answer.reason.strip():
        standing = Standing.SATISFIED if requirement.code in A_REASON_IS_ENOUGH else Standing.REASON_GIVEN
        before = f"{missing} " if recorded else ""
        return Item(requirement, standing, f"{before}Reason given: {reason}")
    return Item(requirement, Standing.NOT_YET, missing)


def _recorded(code: str, evidence: Evidence) -> tuple[bool, str] | None:
    """Whether the host's record satisfies the item, with the sentence; None for an item that it does not bear on."""
    match code:
        case "area_authority_consulted":
            return _consulted(evidence.host, evidence.at)
        case "area_authority_notified":
            return _notified(evidence.host, evidence.at)
        case _:
            return None


def _notified(host: HostRecord, at: datetime) -> tuple[bool, str]:
    told_at = _so_far(host.notified_at, at)
    if told_at is None:
        return False, f"{host.name} has not been notified yet."
    return True, f"{host.name}: notified {short_moment_in_words(told_at)}."


def _consulted(host: HostRecord, at: datetime) -> tuple[bool, str]:
    asked_at, supplied_at = _so_far(host.asked_at, at), _so_far(host.care_plan_supplied_at, at)
    if asked_at is None:
        return False, f"{host.name} has not been asked yet. A notice is not a question."
    asked = f"{host.name}: asked {short_moment_in_words(asked_at)}"
    if supplied_at is None:
        return False, f"{asked}; the care plan has not been given yet."
    plan = f"care plan v{host.care_plan_version}" if host.care_plan_version else "the care plan"
    if supplied_at == asked_at:
        asked += f" with {plan}"
    else:
        asked += f"; given {plan} {short_moment_in_words(supplied_at)}"
    answered_at = _so_far(host.answered_at, at)
    reply = f"answered {short_moment_in_words(answered_at)}" if answered_at else "no reply yet"
    return True, f"{asked}; {reply}."


def _so_far(event_at: datetime | None, at: datetime) -> datetime | None:
    return event_at if event_at is not None and event_at <= at else None
