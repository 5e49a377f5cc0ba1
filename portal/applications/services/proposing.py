"""A second sending from one address: whoever reads the address says whether it takes the first one's place."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.ads.queries import version_in_force
from portal.applications.models import Application
from portal.applications.services.questioning import PROPOSAL_WAITS
from portal.applications.services.sending import announce_sent, post_own_receipt, was_late
from portal.applications.services.telling import tell_if_withdrawn
from portal.applications.services.withdrawing import announce_withdrawn, end_application
from portal.applications.states import COUNTS, State
from portal.applications.window import RecruitmentEnded
from portal.audit.services import CANDIDATE, record
from portal.jobs.services import announce
from portal.links.models import Purpose
from portal.links.services import end_link, lead_on, prolong_links


def accept_proposal(
    session: Session, *, proposal_id: UUID, ad: PublishedAd, at: datetime, may_go: Callable[[Application], None]
) -> UUID | None:
    """Put the proposal in the first one's place; the replaced one's id is returned, to be erased where a party employs.

    ``may_go`` is asked of the first one while it is held, and raises where it stays. Doing it twice changes nothing. Raises
    `RecruitmentEnded`; `sqlalchemy.exc.IntegrityError` where another proposal of the address came first: try again.
    """
    ad = version_in_force(session, ad.ad_id) or ad
    proposal = session.get_one(Application, proposal_id, with_for_update=True)
    if proposal.state != State.PROPOSAL:
        return None
    if ad.ended or proposal.decided_at is not None:  # an ad that was taken back is ended by nobody
        raise RecruitmentEnded
    replaced = _replace_first(session, proposal, at, may_go)
    proposal.state = State.LATE if was_late(proposal, ad) else State.SENT
    proposal.changed_at = at
    session.flush()
    end_link(session, purpose=Purpose.PROPOSAL, subject_id=proposal.id, at=at)
    record(session, chain=proposal.party_id, at=at, actor=CANDIDATE, verb="application.sent", object_id=proposal.id)
    announce_sent(session, proposal, at)
    post_own_receipt(session, proposal, ad, at)
    tell_if_withdrawn(session, proposal, ad, at)
    return replaced


def _replace_first(
    session: Session, proposal: Application, at: datetime, may_go: Callable[[Application], None]
) -> UUID | None:
    """Whatever counts from the address by now: the one it came after may have been taken back, or replaced before.

    The link in its mails leads to the same address's door as before, where what happened is told behind the code. An answer
    before it would tell a stranger, who may have written the address into the first form and holds its link.
    """
    same = (Application.ad_id == proposal.ad_id, Application.address_print == proposal.address_print)
    counting = select(Application).where(*same, Application.state.in_(COUNTS), Application.id != proposal.id)
    first = session.scalars(counting.with_for_update()).one_or_none()
    if first is None:
        return None
    may_go(first)
    proposal.replaces_id = first.id  # by which what waits for that one is found
    own = scope.candidate(proposal.id)
    lead_on(session, purpose=Purpose.APPLICATION, subject_id=first.id, to=proposal.id, scope=own, at=at)
    end_application(session, first, State.REPLACED, at=at)
    record(session, chain=first.party_id, at=at, actor=CANDIDATE, verb="application.replaced", object_id=first.id)
    announce_withdrawn(session, first, at)
    return first.id


def decline_proposal(session: Session, *, proposal_id: UUID, at: datetime, actor: str = CANDIDATE) -> None:
    """Keep the first one. Doing it twice changes nothing; where a party employs the second one is then erased.

    Its private link lives on as long as that of an application taken back: a stranger who wrote the address into a form
    holds it, and must not learn from it that there was a first one. For the same reason one that nobody answers waits on.
    """
    proposal = session.get_one(Application, proposal_id, with_for_update=True)
    if proposal.state != State.PROPOSAL:
        return
    end_application(session, proposal, State.DECLINED, at=at)
    record(session, chain=proposal.party_id, at=at, actor=actor, verb="application.declined", object_id=proposal.id)
    party = scope.party(proposal.party_id)
    announce(session, "application.declined", subject_id=proposal.id, at=at, scope=party)


def prolong_proposals(session: Session, ad: PublishedAd) -> None:
    """The ad has got a later last day: whoever is asked about a second sending has as long to answer as if asked now."""
    waiting = select(Application.id).where(Application.ad_id == ad.ad_id, Application.state == State.PROPOSAL)
    asked = session.scalars(waiting).all()
    prolong_links(session, asked, purposes=(Purpose.PROPOSAL,), until=ad.closes_at + PROPOSAL_WAITS)
