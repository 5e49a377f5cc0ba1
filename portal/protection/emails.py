"""The one mail to somebody under a code name, where they have asked for it: that something waits, and nothing else. No link
either, for whoever reads the mail would come in by it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import identities_of
from portal.mail.services import post, write_letter
from portal.protection.queries import identity_key, place_of


def post_something_waits(session: Session, application: Application, *, once: str, at: datetime) -> None:
    """Nothing to one who has left no address. Raises `KeyGone` once the identity is erased."""
    for identity in identities_of(session, application.id):
        if identity.address_sealed is None:
            continue
        key = identity_key(session, identity, reader_id=identity.reader_id)  # nobody sees it but the mail server
        to = key.open_text(place_of("address"), identity.address_sealed)
        letter = write_letter("waits", to=to, language=application.language)
        post(session, letter, once=f"{once}:{application.id}", at=at, controller_id=application.controller_id)
