"""Can a receiver verify what we sign, in summer too?"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from standardwebhooks import webhooks
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from notifications.delivery import signing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE_ID = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
BODY = b'{"type": "placement_notice.sent"}'
JULY = datetime(2027, 7, 1, 11, 30, 15, 999999, tzinfo=UTC)


@pytest.fixture
def receiver_in_july(monkeypatch):
    """The library reads its clock in July."""

    class July(datetime):
        @classmethod
        def now(cls, tz=None):
            return JULY.astimezone(tz)

    monkeypatch.setattr(webhooks, "datetime", July)
    return Webhook(SECRET)


def test_the_signature_is_hmac_sha256_over_id_timestamp_and_bytes():
    """By Standard Webhooks' own words, computed here without the library."""
    headers = signing.signed_headers(SECRET, message_id=MESSAGE_ID, at=JULY, body=BODY)
    signed = b"0f8fad5b-d9cb-469f-a165-70867728950e.1814441415." + BODY
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers == {
        "webhook-id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "webhook-timestamp": "1814441415",
        "webhook-signature": f"v1,{expected}",
    }


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata", "America/New_York", "UTC"])
def test_an_instant_in_july_signs_the_same_in_any_zone_and_is_verified(zone, receiver_in_july):
    headers = signing.signed_headers(SECRET, message_id=MESSAGE_ID, at=JULY.astimezone(ZoneInfo(zone)), body=BODY)
    assert headers == signing.signed_headers(SECRET, message_id=MESSAGE_ID, at=JULY, body=BODY)
    assert receiver_in_july.verify(BODY, headers) == {"type": "placement_notice.sent"}


def test_the_library_alone_signs_an_hour_wrong_in_summer():
    """Why signing.py turns every instant into UTC; when the library is put right this fails, and that can go."""
    london = JULY.astimezone(ZoneInfo("Europe/London"))
    library = Webhook(SECRET)
    assert library.sign("x", london, "{}") != library.sign("x", JULY, "{}")


def test_a_changed_byte_is_not_verified(receiver_in_july):
    headers = signing.signed_headers(SECRET, message_id=MESSAGE_ID, at=JULY, body=BODY)
    with pytest.raises(WebhookVerificationError):
        receiver_in_july.verify(BODY + b" ", headers)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        signing.signed_headers(SECRET, message_id=MESSAGE_ID, at=JULY.replace(tzinfo=None), body=BODY)


def test_a_secret_holds_32_random_bytes_and_is_never_the_same():
    secrets = {signing.make_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(one.startswith("whsec_") and len(base64.b64decode(one[6:], validate=True)) == 32 for one in secrets)
