"""How is a document given, and what came of it? One module for each way; all answer with a Reply."""

from dataclasses import dataclass

from notifications.models import Attempt


@dataclass(frozen=True)
class Reply:
    """What came of one try: only `Attempt.Outcome.TAKEN` means that a receiver has it."""

    outcome: Attempt.Outcome
    http_status: int | None = None
    retry_after_seconds: float | None = None
