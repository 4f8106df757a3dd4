"""How does a receiver know that a webhook is ours? Standard Webhooks: HMAC-SHA256 over id, timestamp and bytes."""

import base64
from datetime import UTC, datetime
from secrets import token_bytes
from uuid import UUID

from standardwebhooks.webhooks import Webhook

SECRET_BYTES = 32


def make_secret() -> str:
    """A new secret, as receivers' libraries take it. Shown once."""
    return "whsec_" + base64.b64encode(token_bytes(SECRET_BYTES)).decode()


def signed_headers(*secrets: str, message_id: UUID, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message, signed with each secret. `at` is an aware instant, in any time zone."""
    if at.tzinfo is None:
        raise ValueError("a webhook is signed with an aware instant")
    # The library drops the time zone that it is given: from April to October a London time would be an hour wrong.
    at = at.astimezone(UTC)
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(str(message_id), at, body.decode()) for secret in secrets),
    }
