"""Another address for an application: the one verb for it, whoever asks and whenever.

Until the last day the rule of one application per address holds: where the new address has one already, this one waits as a
proposal, and whoever reads the address is asked. After it only what waits already goes by that rule: an application that
counts goes on as it was, and the print by which an address is found again stays with the first. The page is the same in all
cases, so a stranger learns nothing by trying addresses.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.address import canonical
from portal.ads.models import PublishedAd
from portal.applications import emails
from portal.applications.changes import ProtectedStays
from portal.applications.models import Application
from portal.applications.services.changing import open_for_changes
from portal.applications.services.drafting import address_of, key_of
from portal.applications.services.questioning import announce_freed, ask_whether_to_replace
from portal.applications.services.sending import (
    Prepared,
    announce_sent,
    make_private_link,
    post_own_receipt,
    was_late,
)
from portal.applications.services.telling import tell_if_withdrawn
from portal.applications.services.withdrawing import announce_withdrawn, let_go_of_mails
from portal.applications.states import COUNTS, State
from portal.audit.services import CANDIDATE, record
from portal.links.models import Link, Purpose
from portal.links.services import end_link, has_been_entered, make_link
from portal.vault.services import controller_fingerprint


def prepare_address(session: Session, application: Application, email: str) -> Prepared:
    """What is looked up outside the unit of work: `sending.look_for_first` goes on from here."""
    printed = controller_fingerprint(session, application.controller_id, canonical(email), purpose="address")
    return Prepared(application.id, application.party_id, application.ad_id, printed)


def change_address(
    session: Session, *, application: Application, prepared: Prepared, email: str, ad: PublishedAd, actor: str,
    at: datetime,
) -> None:  # fmt: skip
    """Let the application, whose row is held, have this address: it gets the receipt (or the question) with a new link, and
    the old link opens nothing. The former address is told without a link, unless it may be a stranger's.

    Raises `ProtectedStays`, and `sqlalchemy.exc.IntegrityError` when one of this address was sent at the same instant.
    """
    if application.protected:
        raise ProtectedStays
    former, known = address_of(application), _is_known(session, application, actor)
    counted, waited = application.state in COUNTS, application.state == State.PROPOSAL
    printed = application.address_print
    let_go_of_mails(session, application.id, at, to_candidate=True)
    application.email_sealed = key_of(application).seal_text("application.email", email)
    application.changed_at = at
    _settle(application, prepared, ad, at)
    session.flush()  # the unique index has the last word
    _renew_links(session, application, ad, at)
    _log(session, application, "application.address_changed", actor, at)
    if counted and application.address_print != printed:
        announce_freed(session, application, at)
    if former and known:
        emails.post_details_changed(session, application, to=former, at=at)
    if _still_asked(application, ad):
        if counted:
            announce_withdrawn(session, application, at)
        _log(session, application, "application.proposed", CANDIDATE, at)
        ask_whether_to_replace(session, application, ad, at)
        return
    if waited and application.state in COUNTS:
        _log(session, application, "application.sent", CANDIDATE, at)
        announce_sent(session, application, at)
    post_own_receipt(session, application, ad, at)
    if waited and application.state in COUNTS:
        tell_if_withdrawn(session, application, ad, at)


def _log(session: Session, application: Application, verb: str, actor: str, at: datetime) -> None:
    record(session, chain=application.party_id, at=at, actor=actor, verb=verb, object_id=application.id)


def _is_known(session: Session, application: Application, actor: str) -> bool:
    """Whether the former address is the candidate's: somebody has come in by a code that was mailed there, or one of the
    staff knows them. One that was mistyped from the start may be a stranger's, who is told nothing."""
    entered = has_been_entered(session, purpose=Purpose.APPLICATION, subject_id=application.id)
    return actor != CANDIDATE or entered


def _still_asked(application: Application, ad: PublishedAd) -> bool:
    """Whether it waits for an answer that can still be given: nobody ends an ad that was taken back, the word does."""
    return application.state == State.PROPOSAL and not ad.ended and application.decided_at is None


def _settle(application: Application, prepared: Prepared, ad: PublishedAd, at: datetime) -> None:
    """State and print by the rule. One that waited for a stranger's answer counts from now on."""
    counted = application.state in COUNTS
    if _still_asked(application, ad) or (counted and open_for_changes(application, ad, at)):
        application.address_print, application.replaces_id = prepared.address_print, prepared.first_id
        late = State.LATE if was_late(application, ad) else State.SENT
        application.state = State.PROPOSAL if prepared.first_id is not None else late
    elif counted and prepared.first_id is None:
        application.address_print = prepared.address_print


def _renew_links(session: Session, application: Application, ad: PublishedAd, at: datetime) -> None:
    own = select(Link.expires_at).where(Link.purpose == Purpose.APPLICATION, Link.subject_id == application.id)
    until = max(session.scalars(own), default=None)
    end_link(session, purpose=Purpose.PROPOSAL, subject_id=application.id, at=at)
    if until is None:
        make_private_link(session, application, ad, at)
        return
    make_link(
        session, purpose=Purpose.APPLICATION, subject_id=application.id, scope=scope.candidate(application.id), at=at,
        expires_at=until,
    )  # fmt: skip
