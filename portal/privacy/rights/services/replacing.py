"""A second sending takes the first one's place, as far as the first one may go."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.services.proposing import accept_proposal
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.refusals import FirstStays


def replace_first(session: Session, *, proposal_id: UUID, ad: PublishedAd, at: datetime) -> UUID | None:
    """Put the proposal in the first one's place; the replaced one's id, to be erased where a party employs. Twice changes
    nothing. Raises `FirstStays` and `portal.applications.window.RecruitmentEnded`."""

    def may_go(first: Application) -> None:
        if first.decided_at is not None or keeping_of(session, first).why in (Kept.EMPLOYMENT, Kept.HOLD):
            raise FirstStays

    return accept_proposal(session, proposal_id=proposal_id, ad=ad, at=at, may_go=may_go)
