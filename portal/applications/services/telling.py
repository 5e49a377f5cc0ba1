"""Telling candidates that how it stands has another word. Received is told by the receipt, decided by the mail of the word
itself, and a call with times to choose from by the mail about those: one mail for one thing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.ads.queries import current_version_of
from portal.applications import emails
from portal.applications.changes import CHANGEABLE
from portal.applications.models import Application
from portal.applications.services.asking import note_waiting
from portal.applications.services.changing import open_for_changes
from portal.applications.services.drafting import address_of
from portal.applications.services.sending import private_token
from portal.applications.states import COUNTS, State, Step
from portal.documents.models import Document
from portal.vault.services import open_application_keys

_WAITS = Application.state.in_(COUNTS), Application.decided_at.is_(None)
_ASSESSED = *_WAITS, Application.called_at.is_(None)


def assessed_from_now(session: Session, *, ad_id: UUID, at: datetime) -> list[UUID]:
    """The last day is over: the ids of those who applied in time, who are assessed from now on.

    Nobody whose word is another already, and nobody whose receipt said it.
    """
    ad = current_version_of(session, ad_id)
    if ad is None or ad.withdrawn or ad.ended or ad.closes_at > at:
        return []
    in_time = select(Application.id).where(Application.ad_id == ad_id, Application.submitted_at < ad.closes_at)
    return list(session.scalars(in_time.where(*_ASSESSED).order_by(Application.id)))


def tell_assessed(session: Session, ids: Sequence[UUID], *, at: datetime, news: datetime | None = None) -> int:
    """Tell these that they are assessed now, but for those whose word has become another meanwhile. How many have been.
    ``news`` as `tell_step`."""
    rows = select(Application).where(Application.id.in_(ids), *_ASSESSED).order_by(Application.id)
    held = rows.with_for_update(key_share=True)  # nobody takes theirs back before the mail is written
    return tell_step(session, session.scalars(held).all(), step=Step.ASSESSED, at=at, news=news)


def applied_to_what_is_gone(session: Session, ad_id: UUID) -> list[UUID]:
    """The ad was taken back: the ids of those who applied and have no word."""
    ad = current_version_of(session, ad_id)
    if ad is None or not ad.withdrawn:
        return []
    return list(
        session.scalars(select(Application.id).where(Application.ad_id == ad_id, *_WAITS).order_by(Application.id))
    )


def tell_withdrawn(session: Session, ids: Sequence[UUID], *, at: datetime, news: datetime | None = None) -> int:
    """Tell these that how it stands has another word, but for those who have theirs meanwhile. How many have been.
    ``news`` as `tell_step`."""
    rows = select(Application).where(Application.id.in_(ids), *_WAITS).order_by(Application.id)
    held = rows.with_for_update(key_share=True)
    return tell_step(session, session.scalars(held).all(), step=Step.AD_WITHDRAWN, at=at, news=news)


def tell_if_withdrawn(session: Session, application: Application, ad: PublishedAd, at: datetime) -> None:
    """Of one that counts only since the ad was taken back: its candidate was not among those who were told of that."""
    if ad.withdrawn:
        tell_step(session, [application], step=Step.AD_WITHDRAWN, at=at)


def tell_unreadable(session: Session, document_id: UUID, *, at: datetime) -> None:
    """A file that nobody had time to read when it came cannot be read: its candidate is told, once the application is sent
    and while they may still put it right. In a draft the page itself says so, before it is sent: one that was opened before
    is shown anew."""
    own = session.scalar(select(Document.application_id).where(Document.id == document_id))
    application = session.get(Application, own, with_for_update=True) if own is not None else None
    document = session.get(
        Document, document_id
    )  # as it is once its candidate is waited for: they may have sent another
    if document is None or document.replaced_at is not None or application is None:
        return
    if application.state == State.DRAFT:
        application.version += 1
    if application.state not in CHANGEABLE or application.decided_at is not None:
        return
    if to := address_of(application):
        token, ad = private_token(session, application), current_version_of(session, application.ad_id)
        still = ad is not None and open_for_changes(application, ad, at)
        emails.post_unreadable(session, application, document_id, to=to, token=token, may_change=still, at=at)


def tell_step(
    session: Session, applications: Sequence[Application], *, step: Step, at: datetime, news: datetime | None = None
) -> int:
    """A mail to each who has left an address; once for good for each word. How many. To one under a code name that something
    waits, once for each ``news``: when what is told was announced, the same however often it is told; ``at`` if not given."""
    for one in applications:
        note_waiting(session, one, news or at)
    addressed = [one for one in applications if one.email_sealed is not None]
    keys = open_application_keys(session, {one.id: one.controller_id for one in addressed})
    for one in addressed:
        if one.id in keys and one.email_sealed is not None:
            to = keys[one.id].open_text("application.email", one.email_sealed)
            emails.post_step(session, one, step=step, to=to, token=private_token(session, one), at=at)
    return len(keys)
