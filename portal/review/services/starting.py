"""An assessor's first step: they have been shown why it is done like this."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.review.queries.case import Case
from portal.review.services.scoring import require_assessor


def go_on_from_why(session: Session, *, case: Case, at: datetime) -> None:
    """Keep that they have gone on from the page, read or skipped: it is shown by itself once. Raises a Refusal."""
    member = require_assessor(case, at)
    member.introduced_at = member.introduced_at or at
    session.flush()
