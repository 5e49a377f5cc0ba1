"""Whether something keeps an application longer than its day: a legal hold, or a request that waits."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.privacy.models import LegalHold
from portal.privacy.rights.kinds import Kind

WAITS = and_(CandidateRequest.answered_at.is_(None), CandidateRequest.kind != Kind.CONTACT)


def held(session: Session, application: Application) -> bool:
    """Whether nothing of it may be destroyed, whatever its candidate or its date says (DL 6:5): a hold stands on it, or on
    its whole recruitment. ``session`` acts for the party."""
    standing = select(LegalHold.id).where(
        LegalHold.ad_id == application.ad_id,
        LegalHold.lifted_at.is_(None),
        or_(LegalHold.application_id.is_(None), LegalHold.application_id == application.id),
    )
    return session.scalar(standing.limit(1)) is not None


def is_asked_about(session: Session, application: Application) -> bool:
    """Whether its candidate waits for an answer about it: till they have that there is something to answer of."""
    waiting = select(CandidateRequest.id).where(CandidateRequest.application_id == application.id, WAITS)
    return session.scalar(waiting.limit(1)) is not None
