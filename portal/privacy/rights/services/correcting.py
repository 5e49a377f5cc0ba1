"""A candidate's name, address and telephone put right by themself, at any time."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.address import canonical
from portal.applications.changes import ProtectedStays
from portal.applications.models import Application
from portal.applications.queries import application_with_address
from portal.applications.services.drafting import key_of, read_written
from portal.applications.states import COUNTS
from portal.audit.services import CANDIDATE, record
from portal.db import db
from portal.privacy.rights import emails
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import add_request
from portal.vault.services import controller_fingerprint

DETAILS = ("name", "email", "phone")


def print_of_new(application: Application, email: str) -> bytes | None:
    """The print by which the new address is found again; None where the former is kept: the address has an application to
    the same ad already, and whoever writes it here must not learn that.

    Looked for before the unit of work, by a connection of its own: the caller's is let go of.
    """
    party_id, ad_id, own, state = application.party_id, application.ad_id, application.id, application.state
    printed = controller_fingerprint(db.session, application.controller_id, canonical(email), purpose="address")
    db.session.rollback()
    first = application_with_address(party_id=party_id, ad_id=ad_id, address_print=printed, but=own)
    return printed if first is None and state in COUNTS else None


def correct_details(
    session: Session, *, application_id: UUID, texts: Mapping[str, str], address_print: bytes | None, at: datetime
) -> bool:
    """Put the details right. An authority keeps what stood there before, as part of the record; a party does not. The
    former address is told too. Returns whether anything changed.

    Raises `ProtectedStays`, and `sqlalchemy.exc.IntegrityError` where the address was used for another application at the
    same instant.
    """
    application = session.get_one(Application, application_id, with_for_update=True)
    if application.protected:
        raise ProtectedStays
    key = key_of(application)
    written = read_written(session, application, key)
    former = {name: getattr(written, name) for name in DETAILS}
    changed = [name for name in DETAILS if former[name] != texts[name]]
    if not changed:
        return False
    for name in changed:
        sealed = key.seal_text(f"application.{name}", texts[name]) if texts[name] else None
        setattr(application, f"{name}_sealed", sealed)
    if "email" in changed and address_print is not None:
        application.address_print = address_print
    application.changed_at = at
    by_authority = application.controller_id == application.authority_id
    before = "\n".join(former[name] for name in changed if former[name]) if by_authority else ""
    row = add_request(session, application, Kind.CONTACT, before, at=at, answered=True)
    record(
        session,
        chain=row.party_id,
        at=at,
        actor=CANDIDATE,
        verb="application.details_changed",
        object_id=application_id,
    )
    for number, to in enumerate(dict.fromkeys((former["email"], texts["email"])), 1):
        emails.post_details_changed(session, application, to=to, once=f"details:{row.id}:{number}", at=at)
    return True
