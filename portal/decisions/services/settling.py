"""An outcome whose employment is called off before it began, and one whose calling off was a mistake."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.decisions.models import Outcome
from portal.decisions.outcomes import OutcomeIsAnother, Result
from portal.decisions.services.recording import require_free_post


def let_go_of_outcome(session: Session, *, application_id: UUID, at: datetime) -> None:
    """No employment rests on the outcome any more, and its post is free. While its candidate knows nothing of it, nobody is
    told before another is written; one that was told is answered as any other: it can be declined."""
    outcome = _of(session, application_id)
    if outcome is not None and outcome.settled_at is not None:
        outcome.settled_at, outcome.called_off_at = None, at
        session.flush()


def settle_again(session: Session, *, application_id: UUID, at: datetime) -> None:
    """The employment is to be, after all. Raises `OutcomeIsAnother` where the outcome does not say so, and TooManyHired
    where the post is to be another's by now."""
    application = session.get(Application, application_id)
    if application is None or application.state not in COUNTS:
        return  # its time is over: the employment outlives it
    outcome = _of(session, application_id)
    if outcome is None or outcome.result != Result.HIRED or outcome.declined_at is not None:
        raise OutcomeIsAnother
    if outcome.settled_at is None:
        require_free_post(session, session.get_one(Ad, outcome.ad_id), application_id, Result.HIRED)
    outcome.settled_at, outcome.called_off_at = outcome.settled_at or at, None
    session.flush()


def _of(session: Session, application_id: UUID) -> Outcome | None:
    return session.scalars(
        select(Outcome).where(Outcome.application_id == application_id).with_for_update()
    ).one_or_none()
