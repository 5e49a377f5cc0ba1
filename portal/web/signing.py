"""Flask's cookie and a form's token are signed by HMAC-SHA-256, where the libraries would take SHA-1 (ASVS 11.4.1)."""

from hashlib import sha256

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer

# Flask-WTF asks its signer for no digest: what the signer takes then is the library's own place to say it.
Signer.default_digest_method = staticmethod(sha256)


class SignedCookie(SecureCookieSessionInterface):
    """The log-in's cookie. One that an older version has signed opens nothing: its holder logs in anew."""

    digest_method = staticmethod(sha256)
