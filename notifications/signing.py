"""How does a receiver know that a webhook is ours? Standard Webhooks: HMAC-SHA256 over id, timestamp and bytes."""

import base64
import secrets
from datetime import UTC, datetime
from uuid import UUID

from standardwebhooks.webhooks import Webhook

SECRET_BYTES = 32


def make_secret() -> str:
    """A new secret, as receivers' libraries take it. Shown once."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(secret: str, *, message_id: UUID, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a signed message. `at` is an aware instant of the database's own clock, in any time zone."""
    if at.tzinfo is None:
        raise ValueError("a webhook is signed with an aware instant")
    # The library drops the time zone that it is given: from April to October a London time would be an hour wrong.
    at = at.astimezone(UTC)
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(str(message_id), at, body.decode()),
    }
