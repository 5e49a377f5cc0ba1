"""A mail address that was written wrong is mended: what was sent follows, and the link that went to the wrong one is dead."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications import emails
from portal.applications.address import canonical
from portal.applications.changes import CHANGEABLE, ChangesClosed, Part
from portal.applications.models import Application
from portal.applications.queries import application_with_address
from portal.applications.services.changing import note_change, write_texts
from portal.applications.services.drafting import read_written
from portal.applications.services.sending import (
    PROPOSAL_WAITS,
    announce_sent,
    checksums_of,
    make_private_link,
    was_late,
)
from portal.applications.states import State
from portal.audit.services import CANDIDATE, record
from portal.documents.queries import documents_of
from portal.links.models import Purpose
from portal.links.services import end_link, make_link
from portal.vault.services import ApplicationKey, controller_fingerprint


@dataclass(frozen=True, slots=True)
class Address:
    """A new address, made ready outside the unit of work: ``taken_by`` is the application that counts for it already, if
    there is one. Its candidate is told nothing of that, here or anywhere."""

    application_id: UUID
    party_id: UUID
    ad_id: UUID
    email: str
    print: bytes
    taken_by: UUID | None = None


def prepare_address(session: Session, application: Application, email: str) -> Address:
    """The address as it is found again by."""
    printed = controller_fingerprint(session, application.controller_id, canonical(email), purpose="address")
    return Address(application.id, application.party_id, application.ad_id, email, printed)


def look_who_has_it(address: Address) -> Address:
    """Asked by a connection of its own, once the caller has let go of theirs."""
    taken = application_with_address(
        party_id=address.party_id, ad_id=address.ad_id, address_print=address.print, but=address.application_id
    )
    return replace(address, taken_by=taken)


def mend_address(
    session: Session, *, address: Address, key: ApplicationKey, ad: PublishedAd, at: datetime
) -> str | None:
    """Write the new address down, end the private link and mail another; its token is returned.

    Whatever the day: a letter that reaches nobody helps nobody. None where it is the same address. One that another
    application counts for is written down too, and neither shut out nor told of: a proposal asks that address instead.
    Raises `ChangesClosed` for what is taken back.
    """
    application = session.get_one(Application, address.application_id, with_for_update=True)
    if application.state not in CHANGEABLE:
        raise ChangesClosed
    before = read_written(session, application, key)
    if before.email == address.email:
        return None
    texts = {"email": address.email}
    write_texts(session, application, key, ad, texts, {}, at)
    note_change(session, application, key, before=before, texts=texts, replies=(), parts=[Part.DETAILS], at=at)
    token = make_private_link(session, application, ad, at)
    if application.state == State.PROPOSAL:
        _ask_or_count(session, application, address, key, ad, token, at)
    else:
        if address.taken_by is None:
            application.address_print = address.print
        session.flush()
        _post_receipt(session, application, address, key, token, f"receipt:{application.version}", at)
    return token


def _ask_or_count(
    session: Session, application: Application, address: Address, key: ApplicationKey, ad: PublishedAd, token: str,
    at: datetime,
) -> None:  # fmt: skip
    """A second sending whose address was wrong is a first one, unless the right one has applied too."""
    application.address_print, application.replaces_id = address.print, address.taken_by
    end_link(session, purpose=Purpose.PROPOSAL, subject_id=application.id, at=at)
    if address.taken_by is None:
        application.state = State.LATE if was_late(application, ad) else State.SENT
        session.flush()  # the unique index has the last word on two at once
        verb = "application.sent"
        record(session, chain=application.party_id, at=at, actor=CANDIDATE, verb=verb, object_id=application.id)
        announce_sent(session, application, at)
        _post_receipt(session, application, address, key, token, "receipt", at)
        return
    session.flush()
    answer = make_link(
        session, purpose=Purpose.PROPOSAL, subject_id=application.id, scope=scope.party(application.party_id), at=at,
        expires_at=max(at, ad.closes_at) + PROPOSAL_WAITS,
    )  # fmt: skip
    once = f"proposal:{application.version}"
    emails.post_proposal(session, application, to=address.email, token=answer, at=at, once=once)


def _post_receipt(
    session: Session, application: Application, address: Address, key: ApplicationKey, token: str, once: str,
    at: datetime,
) -> None:  # fmt: skip
    checksums = checksums_of(documents_of(session, application.id), key)
    emails.post_receipt(session, application, to=address.email, token=token, checksums=checksums, at=at, once=once)
