"""What somebody has answered about jäv, in whatever place they have in a recruitment."""

from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, or_, select

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember


def answered_by(person_id: UUID) -> ScalarSelect[Any]:
    """Of how many candidates of an `Ad` that is asked for the person has answered, as one who decides or in its panel."""
    deciding = select(DecidingAnswer.application_id).where(DecidingAnswer.person_id == person_id)
    assessing = (
        select(ConflictAnswer.application_id)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.person_id == person_id)
    )
    answered = or_(Application.id.in_(deciding), Application.id.in_(assessing))
    rows = select(func.count()).select_from(Application)
    return (
        rows.where(Application.ad_id == Ad.id, Application.state.in_(COUNTS), answered).correlate(Ad).scalar_subquery()
    )
