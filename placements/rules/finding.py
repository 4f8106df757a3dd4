"""What does a rule answer with? A finding: a sentence, the law behind it, and the working of its date."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Basis(StrEnum):
    """Why something is owed. Statutory guidance is followed unless there is good reason not to."""

    LAW = "law"
    STATUTORY_GUIDANCE = "statutory_guidance"
    LOCAL_RULE = "local_rule"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written: the instrument, the provision, and the ADR if its reading is contested."""

    instrument: str
    provision: str
    reading: str | None = None

    def __str__(self) -> str:
        return f"{self.instrument}, {self.provision}" if self.provision else self.instrument

    def as_dict(self) -> dict[str, Any]:
        return {"instrument": self.instrument, "provision": self.provision, "reading": self.reading}


class StepKind(StrEnum):
    """What a day did in a count: it started it, was counted, or was passed over."""

    COUNTED_FROM = "counted_from"
    COUNTED = "counted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a count, with what is printed for it: "Fri 25 December 2026, Christmas Day"."""

    on: date
    kind: StepKind
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "kind": self.kind.value, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A day (or instant) by which something is owed, and how it was reached.

    `due_on` is None where the rule names no day. `late_from` is the first day on which the thing is late
    if it has not been done: the day after `due_on`, or `due_on` itself where it is owed *before* that day.
    `other_reading_on` is the day that a second defensible reading of the rule would give.
    """

    due_on: date | None
    sentence: str
    citation: Citation
    basis: Basis = Basis.LAW
    due_at: datetime | None = None
    late_from: date | None = None
    last_working_day_before: date | None = None
    other_reading_on: date | None = None
    working: tuple[Step, ...] = ()

    @property
    def skipped(self) -> tuple[Step, ...]:
        return tuple(step for step in self.working if step.kind is StepKind.SKIPPED)

    def as_dict(self) -> dict[str, Any]:
        return {
            "due_on": _iso(self.due_on),
            "due_at": _iso(self.due_at),
            "late_from": _iso(self.late_from),
            "last_working_day_before": _iso(self.last_working_day_before),
            "other_reading_on": _iso(self.other_reading_on),
            "sentence": self.sentence,
            "citation": self.citation.as_dict(),
            "basis": self.basis.value,
            "working": [step.as_dict() for step in self.working],
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says of the facts: a stable code, a sentence for people, the law, the kind."""

    code: str
    sentence: str
    citation: Citation
    basis: Basis = Basis.LAW
    due: DueDate | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "sentence": self.sentence,
            "citation": self.citation.as_dict(),
            "basis": self.basis.value,
            "due": self.due.as_dict() if self.due else None,
        }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
