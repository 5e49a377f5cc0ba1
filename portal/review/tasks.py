"""What review does when others tell it something: the ad has closed, so the panel can begin."""

from datetime import datetime

from sqlalchemy import func, select

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.db import unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.review.models import ReviewCase
from portal.review.services import invite_panel


@handles("ad.closed")
def invite_when_closed(event: Event, at: datetime) -> None:
    """Invite the panel that was named while the ad was open. Each mail is posted once, so twice changes nothing."""
    ad_id = event.subject_id
    with unit_of_work() as session:
        review = session.scalars(select(ReviewCase).where(ReviewCase.ad_id == ad_id)).one_or_none()
        if ad_id is None or review is None or review.hand_in_by is None:
            return
        counting = select(func.count()).select_from(Application)
        count = session.scalar(counting.where(Application.ad_id == ad_id, Application.state.in_(COUNTS))) or 0
        if count:
            invite_panel(session, ad_id=ad_id, applications=count, hand_in_by=review.hand_in_by, at=at)
