"""How is a document given, and what came of it? One module for each way; all answer with a Reply."""

from dataclasses import dataclass
from uuid import UUID

from notifications.models import Attempt


@dataclass(frozen=True)
class Reply:
    """What came of one try: only `Attempt.Outcome.TAKEN` means that a receiver has it.

    `provider_id` is the e-mail service's own id of what it took.
    """

    outcome: Attempt.Outcome
    http_status: int | None = None
    retry_after_seconds: float | None = None
    provider_id: UUID | None = None
