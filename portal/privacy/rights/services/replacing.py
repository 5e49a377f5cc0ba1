"""A second sending takes the first one's place, as far as the first one may go; or goes itself, as far as it may."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.services.proposing import accept_proposal, decline_proposal
from portal.applications.services.withdrawing import withdraw_and_restrict
from portal.applications.states import State
from portal.letterbox.services import bring_along
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.refusals import FirstStays
from portal.privacy.rights.services.bringing import bring_requests_along


def replace_first(session: Session, *, proposal_id: UUID, ad: PublishedAd, at: datetime) -> UUID | None:
    """Put the proposal in the first one's place; the replaced one's id, to be erased where a party employs. Twice changes
    nothing. Raises `FirstStays` and `portal.applications.window.RecruitmentEnded`."""

    def may_go(first: Application) -> None:
        moved_on = first.called_at is not None or first.decided_at is not None
        if moved_on or keeping_of(session, first).why in (Kept.EMPLOYMENT, Kept.HOLD):
            raise FirstStays

    first_id = accept_proposal(session, proposal_id=proposal_id, ad=ad, at=at, may_go=may_go)
    if first_id is not None:
        bring_along(session, first_id=first_id, to=proposal_id, at=at)  # before a party's key is destroyed
        bring_requests_along(session, first_id=first_id, to=proposal_id, at=at)
    return first_id


def keep_first(session: Session, *, proposal_id: UUID, at: datetime) -> None:
    """Let the first one stand and the second go; under a legal hold of the recruitment it is taken back and kept sealed.
    Twice changes nothing."""
    proposal = session.get_one(Application, proposal_id, with_for_update=True)
    keeping = keeping_of(session, proposal)
    if proposal.state == State.PROPOSAL and keeping.why is Kept.HOLD:
        withdraw_and_restrict(session, application_id=proposal_id, until=keeping.restricted_until, at=at)
    else:
        decline_proposal(session, proposal_id=proposal_id, at=at)
