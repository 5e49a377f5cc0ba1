"""Whose scores somebody else may see: what is open so is not sealed again, and does not stop counting by a click."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.review.models import PanelMember, Score
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of
from portal.review.queries.seats import Seats, seats_of
from portal.review.visibility import Moment, Viewer, may_see


def opened_members(session: Session, case: Case, at: datetime) -> list[PanelMember]:
    """Those of the panel who have set something that is open to another, by the same rule as `scores.seen_scores`."""
    members = members_of(session, case.ad.id)
    rows = select(Score.panel_member_id, Score.application_id).distinct()
    scored = session.execute(rows.where(Score.panel_member_id.in_([member.id for member in members]))).all()
    if not scored:
        return []
    seats, counting = seats_of(session, case.ad.id, members), {row.id for row in case.applications}
    opened = {
        member_id
        for member_id, application_id in scored
        if application_id in counting and _is_open(case, seats, seats.members[member_id], application_id, at)
    }
    return [member for member in members if member.id in opened]


def _is_open(case: Case, seats: Seats, author: PanelMember, application_id: UUID, at: datetime) -> bool:
    judging = seats.judging(application_id)
    if author not in judging:
        return False
    moment = Moment(
        author_in=seats.covers(author, application_id),
        viewer_in=any(seats.covers(one, application_id) for one in judging if one is not author),
        handed_in=[seats.covers(one, application_id) for one in judging],
        last_minute=case.hand_in_by,
        at=at,
    )
    return any(may_see(viewer, moment, sharing=case.sharing) for viewer in (Viewer.ASSESSOR, Viewer.JOINT))
