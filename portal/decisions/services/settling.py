"""An outcome whose employment is called off before it began, and one whose calling off was a mistake."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.queries import taken_back
from portal.applications.services.deciding import mark_answered
from portal.applications.states import COUNTS, State
from portal.decisions.models import Outcome
from portal.decisions.outcomes import NOT_TO_BE, OFFERED_TO_YOU, OutcomeIsAnother, Result, Status, status_of
from portal.decisions.services.recording import require_free_post


def let_go_of_outcome(session: Session, *, application_id: UUID, at: datetime) -> None:
    """No employment rests on the outcome any more, and its post is free. Who has been told of it reads on their own page that
    it is not to be, and can say yes to nothing; while nobody has, nobody is told before another is written."""
    outcome = _of(session, application_id)
    if outcome is None or outcome.settled_at is None:
        return
    outcome.settled_at, outcome.called_off_at = None, at
    session.flush()
    if outcome.released_at is not None:
        mark_answered(session, application=session.get_one(Application, application_id), result=NOT_TO_BE)


def settle_again(session: Session, *, application_id: UUID, at: datetime) -> None:
    """The employment is to be, after all. Raises `OutcomeIsAnother` where the outcome does not say so, and TooManyHired
    where the post is to be another's by now."""
    application = taken_back(session, application_id)  # also one that lies sealed
    if application is None or (
        application.state == State.DISPOSED and application.controller_id != application.party_id
    ):
        return  # its time is over: an authority's employment outlives it, and a party's that never began names nobody
    if application.state not in COUNTS:
        raise OutcomeIsAnother
    outcome = _of(session, application_id)
    if outcome is None or outcome.result != Result.HIRED or outcome.declined_at is not None:
        raise OutcomeIsAnother
    if outcome.settled_at is None:
        require_free_post(session, session.get_one(Ad, outcome.ad_id), application_id, Result.HIRED)
    outcome.settled_at, outcome.called_off_at = outcome.settled_at or at, None
    session.flush()
    if outcome.released_at is not None and application.decided_as == NOT_TO_BE:
        offered = status_of(outcome) is Status.OFFERED
        mark_answered(session, application=application, result=OFFERED_TO_YOU if offered else Result.HIRED.value)


def _of(session: Session, application_id: UUID) -> Outcome | None:
    return session.scalars(
        select(Outcome).where(Outcome.application_id == application_id).with_for_update()
    ).one_or_none()
