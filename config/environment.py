"""What does the environment say? Every setting that a deployer chooses is read here, and a missing one explains itself."""

import base64
import binascii
import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST_LOCAL_PART = 64


def required(name: str, meaning: str) -> str:
    """The variable's value; a missing one stops the process with the way on."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set: {meaning}. "
            f"bin/start and bin/manage set it; a deployer sets it as docs/operating.md says."
        )
    return value


def switch(name: str, *, default: bool = False) -> bool:
    """True where the variable is 1; any value but 0 and 1 is refused."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"The environment variable {name} must be 0 or 1.")
    return value == "1"


def whole_number(name: str, *, default: int) -> int:
    """A number of 0 or more; anything else is refused."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"The environment variable {name} must be a whole number.")
    return int(value)


def secret_bytes(name: str, meaning: str, *, length: int) -> bytes:
    """A base64url secret of exactly `length` bytes."""
    try:
        value = base64.urlsafe_b64decode(required(name, meaning))
    except binascii.Error as error:
        raise ImproperlyConfigured(f"The environment variable {name} is not base64url text.") from error
    if len(value) != length:
        raise ImproperlyConfigured(f"The environment variable {name} must hold {length} bytes as base64url text.")
    return value


def database(url: str) -> dict:
    """Django's database settings for a postgresql:// address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("A database address looks like postgresql://role:password@host:port/name.")
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def broker(url: str) -> tuple[dict, dict]:
    """The arguments of Celery's queues and its transport options: for Redis, or for RabbitMQ with quorum queues."""
    if urlsplit(url).scheme in {"amqp", "amqps", "pyamqp"}:
        return {"x-queue-type": "quorum"}, {"confirm_publish": True}
    return {}, {
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 0.2,
    }


def mail_server(name: str) -> tuple[str, int, str, str, bool]:
    """Host, port, user, password and whether to use STARTTLS, from smtp://user:password@host:port; empty where unset."""
    parts = urlsplit(os.environ.get(name, ""))
    if parts.scheme not in {"", "smtp", "smtp+tls"}:
        raise ImproperlyConfigured(
            f"{name} looks like smtp://user:password@host:25 or smtp+tls://user:password@host:587."
        )
    is_secure = parts.scheme == "smtp+tls"
    port = parts.port or (587 if is_secure else 25)
    return parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""), is_secure


def return_address(name: str) -> str:
    """An address like bounces@council.example, empty where unset; short enough for the 53 letters put behind its name."""
    address = os.environ.get(name, "")
    local, _, domain = address.partition("@")
    if address and not (local and domain and len(local) <= LONGEST_LOCAL_PART - 53):
        raise ImproperlyConfigured(f"{name} looks like bounces@council.example, with 11 letters at most before the @.")
    return address
