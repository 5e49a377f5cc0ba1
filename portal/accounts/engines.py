"""Passwords hashed with argon2id, one-time codes (RFC 6238), and the picture that teaches them to a telephone."""

import unicodedata
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.web.qr import qr_picture

ISSUER = "Politiska sekreterare"
STEP_SECONDS = 30
_hasher = PasswordHasher()
# Nobody has this password. A constant, since making one costs every start of every process a tenth of a second.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$a7avXuRnuyruyusrDMfTXw$3jPcsYoFKjAjAW4X7Y2E+Qwzl2bvvYZTqzafJn6lNr8"


def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its salt and its cost inside. Takes about a tenth of a second."""
    return _hasher.hash(_composed(password))


def password_is_right(password_hash: str | None, password: str) -> bool:
    """Compare; without a hash (no such person) as much work is done, and the answer is no."""
    try:
        return _hasher.verify(password_hash or _NOBODYS, _composed(password)) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _composed(password: str) -> str:
    """One and the same, whether a keyboard writes å as one sign or as two (NFC; SP 800-63B-4 3.1.1.2)."""
    return unicodedata.normalize("NFC", password)


def needs_new_hash(password_hash: str) -> bool:
    """True when the cost has been raised since the hash was made."""
    return _hasher.check_needs_rehash(password_hash)


def new_code_secret() -> str:
    """A random secret for one-time codes, in base32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The time step (of 30 seconds) whose code this is: the present one, the one before or the one after."""
    counter = pyotp.TOTP(secret)
    present = int(at.timestamp()) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if pyotp.utils.strings_equal(code, counter.generate_otp(step)):
            return step
    return None


def code_at(secret: str, at: datetime) -> str:
    """The code of an instant, as the telephone shows it."""
    return pyotp.TOTP(secret).generate_otp(int(at.timestamp()) // STEP_SECONDS)


def code_address(secret: str, email: str) -> str:
    """The address (otpauth) that opens an authenticator app on the telephone on which it is read."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def code_picture(secret: str, email: str) -> bytes:
    """The same as the QR code that the app reads, an SVG file."""
    return qr_picture(code_address(secret, email))
