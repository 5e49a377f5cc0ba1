"""When the page was shown that a first form comes from: whoever opened it in time has the grace of `window.arrives_as`,
though nothing of theirs is kept before they send it."""

from datetime import datetime
from hashlib import sha256

from flask import current_app
from itsdangerous import BadData, Signer

from portal.ads.models import PublishedAd


def opened_mark(ad: PublishedAd, at: datetime) -> str:
    """The instant, signed, as the page carries it."""
    return _instants().sign(f"{ad.ad_id} {at.isoformat(timespec='microseconds')}").decode()


def opened_at(ad: PublishedAd, mark: str | None, at: datetime) -> datetime:
    """The instant that a form brings back. One that does not say, or says it of another ad, was opened at ``at``, now."""
    try:
        of, opened = _instants().unsign(mark or "").decode().split()
        return min(at, datetime.fromisoformat(opened)) if of == str(ad.ad_id) else at
    except (BadData, TypeError, ValueError):
        return at


def _instants() -> Signer:
    """Signs what stands there, unpacked: the page is of one length whenever it is shown."""
    return Signer(current_app.secret_key or "", salt="a form was opened", digest_method=sha256)
