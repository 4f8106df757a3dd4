"""Where does an e-mail go that comes back? To an address of its own, which nobody else can guess.

`bounces+<52 letters>@domain`: the delivery's id and its token, each 16 bytes, in base32, which survives mail systems that
fold letters. The token is the same at every try of one delivery, so that the first of two e-mails may come back too.
"""

import base64
import binascii
import re
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "notifications.return_address"
LETTERS = 52


def is_read() -> bool:
    """Whether somebody reads what comes back: an address and a folder are set."""
    return bool(settings.BOUNCE_ADDRESS and settings.BOUNCE_FOLDER)


def token_of(delivery_id: UUID) -> UUID:
    """What only whoever got an e-mail of this delivery, or a report about it, can know."""
    return UUID(bytes=salted_hmac(SALT, delivery_id.bytes.hex(), algorithm="sha256").digest()[:16])


def of(delivery_id: UUID) -> str:
    """The return address of a delivery's e-mail."""
    local, _, domain = settings.BOUNCE_ADDRESS.partition("@")
    letters = base64.b32encode(delivery_id.bytes + token_of(delivery_id).bytes).decode().rstrip("=").lower()
    return f"{local}+{letters}@{domain}"


def read(written: str) -> tuple[UUID, UUID] | None:
    """The delivery and the token that the first return address in a text names; None where it holds none."""
    local, _, domain = settings.BOUNCE_ADDRESS.partition("@")
    shape = rf"{re.escape(local)}\+([a-z2-7]{{{LETTERS}}})@{re.escape(domain)}"
    found = re.search(shape, written, re.IGNORECASE)
    if found is None:
        return None
    try:
        both = base64.b32decode(found[1].upper() + "====")
    except binascii.Error:
        return None
    return UUID(bytes=both[:16]), UUID(bytes=both[16:])
