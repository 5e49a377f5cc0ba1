"""A request that came to the staff by letter, telephone or visit: registered for the candidate, with the same clock."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.applications.services.withdrawing import is_erased
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.organisations.access import Actor
from portal.privacy.rights.kinds import REGISTERED, Kind, Way
from portal.privacy.rights.refusals import CameBefore, CameLater, ErasedMeanwhile, NoConsentToTakeBack, WaitsAlready
from portal.privacy.rights.services.asking import Came, add_request
from portal.swedish_dates import swedish_day


def register_request(
    session: Session, *, application_id: UUID, kind: Kind, text: str, way: Way, came_on: date, actor: Actor,
    at: datetime,
) -> CandidateRequest:  # fmt: skip
    """Write it down as of noon of the day on which it came, from which the month is counted (GDPR art. 12.3). Raises
    ErasedMeanwhile, CameLater, CameBefore, NoConsentToTakeBack, WaitsAlready."""
    assert kind in REGISTERED
    application = session.get_one(Application, application_id, with_for_update=True)
    if is_erased(application):
        raise ErasedMeanwhile
    _refuse_day(application, came_on, at)
    if kind is Kind.CONSENT and application.controller_id == application.authority_id:
        raise NoConsentToTakeBack
    if _waits(session, application_id, kind):
        raise WaitsAlready
    made_at = min(at, datetime.combine(came_on, time(12), STOCKHOLM))
    came = Came(way, actor.person_id)
    row = add_request(session, application, kind, text, at=made_at, came=came)
    who = person_actor(actor.person_id)
    record(session, chain=row.party_id, at=at, actor=who, verb="request.registered", object_id=row.id, reason=kind)
    return row


def _refuse_day(application: Application, came_on: date, at: datetime) -> None:
    if came_on > at.astimezone(STOCKHOLM).date():
        raise CameLater
    arrived = application.submitted_at.astimezone(STOCKHOLM).date() if application.submitted_at else came_on
    if came_on < arrived:
        raise CameBefore(day=swedish_day(arrived))


def _waits(session: Session, application_id: UUID, kind: Kind) -> bool:
    same = select(CandidateRequest.id).where(
        CandidateRequest.application_id == application_id,
        CandidateRequest.kind == kind,
        CandidateRequest.answered_at.is_(None),
    )
    return session.scalars(same).first() is not None
