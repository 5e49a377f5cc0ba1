"""Sealing: AES-256-GCM, bound to what the bytes belong to, so that sealed bytes moved to another place do not open."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_NONCE_ENDS = 1 + _NONCE_BYTES
_VERSION = b"\x01"


class SealBroken(Exception):
    """The bytes do not open: another key, another place, or they were changed."""


def new_key() -> bytes:
    """A random 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, *, belongs_to: str) -> bytes:
    """Seal ``plain`` under ``key``; ``belongs_to`` is authenticated with it and must be told again to open."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, belongs_to.encode())


def unseal(key: bytes, sealed: bytes, *, belongs_to: str) -> bytes:
    """Open what `seal` made. Raises `SealBroken`."""
    return unseal_by(ready(key), sealed, belongs_to)


def ready(key: bytes) -> AESGCM:
    """A key made ready, for whoever opens many with one."""
    return AESGCM(key)


def unseal_by(cipher: AESGCM, sealed: bytes, belongs_to: str) -> bytes:
    """Open by a key that has been made ready. Raises `SealBroken`."""
    if sealed[:1] != _VERSION:
        raise SealBroken("unknown version of seal")
    try:
        return cipher.decrypt(sealed[1:_NONCE_ENDS], sealed[_NONCE_ENDS:], belongs_to.encode())
    except InvalidTag as broken:
        raise SealBroken(belongs_to.split("|")[0]) from broken


def fingerprint(key: bytes, text: str, *, purpose: str) -> bytes:
    """A keyed hash by which ``text`` is found again without being kept; other keys and purposes give other hashes."""
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
