"""When a matter closes, its formal assessments become records (TF 2:10) and get their numbers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.decisions.models import Outcome
from portal.register.kinds import Kind
from portal.register.models import RegisterEntry
from portal.register.services import enter_in_register
from portal.review.models import RequirementDecision, Score


def enter_assessments(session: Session, *, ad_id: UUID, at: datetime) -> int:
    """A line for the assessment of each candidate of the authority's case that has one. How many were entered.

    Doing it twice enters nothing twice.
    """
    ad = ad_of(session, ad_id, lock=True)
    if ad is None or ad.controller_id != ad.authority_id:
        return 0
    assessed = (Application.id.in_(select(row.application_id)) for row in (Outcome, RequirementDecision, Score))
    entered = select(RegisterEntry.application_id).where(RegisterEntry.kind == Kind.ASSESSMENT)
    rows = (
        select(Application)
        .where(Application.ad_id == ad_id, Application.arrival_number.is_not(None))
        .where(or_(*assessed), Application.id.not_in(entered))
        .order_by(Application.arrival_number)
    )
    applications = session.scalars(rows).all()
    for application in applications:
        enter_in_register(session, owner=application, records=[(Kind.ASSESSMENT, None)], at=at)
    return len(applications)
