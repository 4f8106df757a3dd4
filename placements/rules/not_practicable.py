"""Why was it not reasonably practicable to do what the law asks beforehand, and who decided that?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placements.rules.written_dates import day_in_words


class ReasonMissing(ValueError):
    """A decision was given without its reason, or without who decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPracticable:
    """A recorded decision that it was not reasonably practicable. Never a default: both texts are required."""

    reason: str
    decided_by: str
    decided_on: date

    def __post_init__(self) -> None:
        require_words("why it was not reasonably practicable", self.reason, self.decided_by)

    @property
    def sentence(self) -> str:
        return (
            f"Not reasonably practicable: {self.reason} "
            f"(decided by {self.decided_by}, {day_in_words(self.decided_on)})."
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "decided_by": self.decided_by,
            "decided_on": self.decided_on.isoformat(),
            "sentence": self.sentence,
        }


def require_words(what: str, reason: str, decided_by: str) -> None:
    """Raises ReasonMissing where either is blank."""
    if not reason.strip() or not decided_by.strip():
        raise ReasonMissing(f"Say {what}, and who decided it. Neither may be left blank.")
