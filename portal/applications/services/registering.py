"""An application that came by another way, registered by the office for the person: a draft of the office's, until it
arrives as of the day on which it came."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.queries import draft
from portal.applications.services.drafting import AlreadySent, add_draft
from portal.applications.services.questioning import ask_whether_to_replace
from portal.applications.services.sending import (
    Prepared,
    announce_sent,
    arrive,
    make_private_link,
    number_papers,
    post_own_receipt,
    show_papers,
)
from portal.applications.services.telling import tell_if_withdrawn
from portal.applications.states import State
from portal.applications.window import arrives_as
from portal.audit.services import record
from portal.clock import STOCKHOLM
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.vault.services import ApplicationKey


def begin_registration(
    session: Session,
    *,
    ad: PublishedAd,
    key: ApplicationKey,
    texts: Mapping[str, str],
    arrived_at: datetime,
    at: datetime,
) -> Application:
    """Make the draft with name, e-mail and phone (names of `drafting.SEALED`). No cookie and no link finds it: nobody but
    the office knows of it yet. Raises `NotOpen`."""
    arrival(ad, arrived_at)
    made = add_draft(session, ad=ad, key=key, language="sv", opened_at=arrived_at, at=at)
    for name, text in texts.items():
        setattr(made, f"{name}_sealed", key.seal_text(f"application.{name}", text) if text else None)
    session.flush()
    return made


def arrival(ad: PublishedAd, arrived_at: datetime) -> State:
    """In time or late, by the day it came and never by the day it is typed: so also whether the ad had been taken back by
    then, whose version in force is the one that says so. Raises `NotOpen`."""
    withdrawn_before = ad.withdrawn and _day(ad.published_at) < _day(arrived_at)
    return arrives_as(
        at=arrived_at,
        opened_at=arrived_at,
        closes_at=ad.closes_at,
        withdrawn=withdrawn_before,
        ended=ad.ended,
        employer=ad.employer,
    )


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()


def register_application(
    session: Session,
    *,
    ad: PublishedAd,
    prepared: Prepared,
    consented_at: datetime | None,
    consent_version: str,
    actor: str,
    arrived_at: datetime,
    at: datetime,
) -> Application:
    """Let the draft arrive. A krav of the ad that nothing was sent for stops nothing: what came is what there is to judge.
    ``consent_version`` is what was agreed to, see `applications.consent`.

    Raises `NotOpen`, `AlreadySent`; `sqlalchemy.exc.IntegrityError` like `sending.submit_application`.
    """
    application = draft(session, prepared.application_id)
    if application is None or application.state != State.DRAFT:
        raise AlreadySent
    arrive(application, ad, prepared, arrival(ad, arrived_at), arrived_at)
    application.changed_at = at
    documents = documents_of(session, application.id)
    if application.with_authority:
        show_papers(session, application, documents)
        number_papers(session, application, documents, at=arrived_at)
    if consented_at is not None:
        application.consented_at, application.consent_version = consented_at, consent_version
        _log(session, application, "application.consented", actor, at, f"version {consent_version}")
    _log(session, application, "application.registered", actor, at)
    make_private_link(session, application, ad, at)
    _tell(session, application, ad, documents, at)
    session.flush()
    return application


def _tell(
    session: Session, application: Application, ad: PublishedAd, documents: Sequence[Document], at: datetime
) -> None:
    if application.state == State.PROPOSAL:
        ask_whether_to_replace(session, application, ad, at)
        return
    announce_sent(session, application, at)
    post_own_receipt(session, application, ad, at, documents)
    tell_if_withdrawn(session, application, ad, at)


def _log(session: Session, application: Application, verb: str, actor: str, at: datetime, reason: str = "") -> None:
    chain = application.party_id
    record(session, chain=chain, at=at, actor=actor, verb=verb, object_id=application.id, reason=reason)
