"""Whether an application is under a legal hold."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.privacy.models import LegalHold


def held(session: Session, application: Application) -> bool:
    """Whether nothing of it may be destroyed, whatever its candidate or its date says (DL 6:5): a hold stands on it, or on
    its whole recruitment. ``session`` acts for the party."""
    standing = select(LegalHold.id).where(
        LegalHold.ad_id == application.ad_id,
        LegalHold.lifted_at.is_(None),
        or_(LegalHold.application_id.is_(None), LegalHold.application_id == application.id),
    )
    return session.scalar(standing.limit(1)) is not None
