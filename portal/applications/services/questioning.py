"""The question to whoever reads an address: is a second application sent with it to count? Asked when it comes, and anew
when the first one that it would have replaced has the address no more."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version_of
from portal.applications import emails
from portal.applications.models import Application
from portal.applications.queries import proposals_after
from portal.applications.services.drafting import address_of
from portal.applications.states import COUNTS, State
from portal.jobs.services import announce
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.mail.queries import posted

PROPOSAL_WAITS = timedelta(days=7)
FREED = "application.address_freed"  # the event: what counted from an address does so no more


def ask_whether_to_replace(session: Session, application: Application, ad: PublishedAd, at: datetime) -> None:
    """Ask whoever reads the address whether this second one takes the first one's place."""
    answer = _link_for_answer(session, application, ad, at)
    emails.post_proposal(session, application, to=address_of(application), token=answer, at=at)


def announce_freed(session: Session, application: Application, at: datetime) -> None:
    """The news that an application which counted was taken back, or has another address: what waits to take its place is
    asked about anew. Told in the party's scope; its candidate's own sees no other application."""
    party = scope.party(application.party_id)
    announce(session, FREED, subject_id=application.id, at=at, scope=party)


def ask_anew(session: Session, *, first_id: UUID, news: UUID, at: datetime) -> None:
    """Ask about everything that waits to take the place of the first, which has its address no more. Somebody else may have
    written the address, so none of it counts by itself. Once for each ``news``, the id of the event that told of it."""
    first = session.get_one(Application, first_id, execution_options={"hidden_too": True})  # it may be kept sealed
    waiting = proposals_after(session, first)
    for one in session.scalars(waiting.order_by(Application.submitted_at, Application.id).with_for_update()).all():
        ad, once = current_version_of(session, one.ad_id), f"proposal:{news.hex[:12]}:{one.id}"
        if ad is None or counts_beside(session, one) or once in posted(session, [once]):
            continue
        token, gone = _link_for_answer(session, one, ad, at), first.state == State.WITHDRAWN
        emails.post_alone(session, one, to=address_of(one), token=token, taken_back=gone, once=once, at=at)


def counts_beside(session: Session, application: Application) -> bool:
    """Whether another application counts from this one's address, in a scope of the staff's."""
    same = Application.ad_id == application.ad_id, Application.address_print == application.address_print
    others = select(Application.id).where(*same, Application.state.in_(COUNTS), Application.id != application.id)
    return session.scalar(others.limit(1)) is not None


def _link_for_answer(session: Session, application: Application, ad: PublishedAd, at: datetime) -> str:
    party, expires = scope.party(application.party_id), max(at, ad.closes_at) + PROPOSAL_WAITS
    return make_link(
        session, purpose=Purpose.PROPOSAL, subject_id=application.id, scope=party, at=at, expires_at=expires
    )
