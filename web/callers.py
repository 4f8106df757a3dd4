"""From which network address does a request come? From the last that a proxy of the deployer's saw, else from its socket."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of whoever calls. What a caller wrote about itself is in front of what the proxies added, and not read."""
    seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if 0 < settings.PROXIES <= len(seen):
        return seen[-settings.PROXIES]
    return request.META["REMOTE_ADDR"]
