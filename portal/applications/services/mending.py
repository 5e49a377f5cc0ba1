"""Mending an address that was mistyped, from the browser that sent the application. The old address is told nothing.

The rule of one application per address holds: where the new address has one already, this one waits as a proposal, and
whoever reads the address is asked. The page is the same in both cases, so a stranger learns nothing by trying addresses.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications.address import canonical
from portal.applications.changes import Part
from portal.applications.models import Application
from portal.applications.services.changing import note_change
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.sending import (
    Prepared,
    announce_sent,
    ask_whether_to_replace,
    log_of_candidate,
    post_own_receipt,
    was_late,
)
from portal.applications.services.withdrawing import announce_withdrawn, let_go_of_mails
from portal.applications.states import CAN_BE_WITHDRAWN, COUNTS, State
from portal.links.models import Link, Purpose
from portal.links.services import end_link, make_link
from portal.refusal import N_, Refusal
from portal.vault.services import controller_fingerprint


class AddressStays(Refusal):
    """The application is over, or the recruitment: nothing is mailed any more."""

    text = N_("Adressen går inte att ändra längre.")
    status = 409


def prepare_mending(session: Session, application: Application, email: str) -> Prepared:
    """What is looked up outside the unit of work: see `sending.look_for_first`."""
    printed = controller_fingerprint(session, application.controller_id, canonical(email), purpose="address")
    return Prepared(application.id, application.party_id, application.ad_id, printed)


def mend_address(session: Session, *, prepared: Prepared, email: str, ad: PublishedAd, at: datetime) -> None:
    """Let the application have this address: it gets the receipt (or the question), and a link; the old link opens nothing.

    Raises `AddressStays`; `sqlalchemy.exc.IntegrityError` when one of this address was sent at the same instant.
    """
    application = session.get_one(Application, prepared.application_id, with_for_update=True)
    if application.state not in CAN_BE_WITHDRAWN or ad.ended or application.protected:
        raise AddressStays
    counted, waited = application.state in COUNTS, application.state == State.PROPOSAL
    let_go_of_mails(session, application.id, at)
    key = key_of(application)
    before = read_written(session, application, key)
    application.email_sealed = key.seal_text("application.email", email)
    application.address_print, application.replaces_id = prepared.address_print, prepared.first_id
    application.state, application.changed_at = _state_after(application, prepared, ad), at
    session.flush()  # the unique index has the last word
    _renew_links(session, application, at)
    log_of_candidate(session, application, "application.address_mended", at)
    note_change(session, application, key, before=before, texts=["email"], replies=(), parts=[Part.DETAILS], at=at)
    if application.state == State.PROPOSAL:
        if counted:
            announce_withdrawn(session, application, at)
        log_of_candidate(session, application, "application.proposed", at)
        ask_whether_to_replace(session, application, ad, at)
        return
    if waited:
        log_of_candidate(session, application, "application.sent", at)
        announce_sent(session, application, at)
    post_own_receipt(session, application, at)


def _state_after(application: Application, prepared: Prepared, ad: PublishedAd) -> State:
    """It waits where the address has an application already; one that waited for a stranger's answer counts from now on."""
    if prepared.first_id is not None:
        return State.PROPOSAL
    return State.LATE if was_late(application, ad) else State.SENT


def _renew_links(session: Session, application: Application, at: datetime) -> None:
    own = select(Link.expires_at).where(Link.purpose == Purpose.APPLICATION, Link.subject_id == application.id)
    until = max(session.scalars(own))
    end_link(session, purpose=Purpose.PROPOSAL, subject_id=application.id, at=at)
    make_link(
        session,
        purpose=Purpose.APPLICATION,
        subject_id=application.id,
        scope=scope.candidate(application.id),
        at=at,
        expires_at=until,
    )
