"""How is a value kept that a copy of the database must not give away? AES-256-GCM, bound to its row."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def encrypt(text: str, *, bound_to: str) -> bytes:
    """The text encrypted with the service's field key; it opens only with the same `bound_to` (the row's own id)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(settings.FIELD_KEY).encrypt(nonce, text.encode(), bound_to.encode())


def decrypt(sealed: bytes, *, bound_to: str) -> str:
    """The text again. Raises cryptography.exceptions.InvalidTag when key, row or bytes are not the right ones."""
    sealed = bytes(sealed)
    return AESGCM(settings.FIELD_KEY).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode()).decode()
