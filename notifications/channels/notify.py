"""How is GOV.UK Notify asked? By its own client, with a token that goes by the database's clock and not this machine's."""

import time
from datetime import datetime

import jwt
from django.conf import settings
from notifications_python_client.notifications import NotificationsAPIClient

NOTIFY_SECONDS = 15


class Client(NotificationsAPIClient):
    """One for each call: it is not made for several threads.

    GOV.UK Notify refuses a token whose time is half a minute off. `at` is the database's own time when this is made; from
    then on the machine's steady clock is enough.
    """

    def __init__(self, *, at: datetime):
        super().__init__(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=NOTIFY_SECONDS)
        self.request_session.trust_env = False
        self._ahead_seconds = at.timestamp() - time.monotonic()

    def generate_headers(self, api_token: str) -> dict[str, str]:
        """The client's own headers, with a token like its own but for the clock."""
        claims = {"iss": self.service_id, "iat": int(time.monotonic() + self._ahead_seconds)}
        return super().generate_headers(jwt.encode(claims, self.api_key, algorithm="HS256"))
