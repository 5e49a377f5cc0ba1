"""Who comes next in the joint order when one who was to be hired does not take the post. A name to choose, no more."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.decisions.outcomes import Status
from portal.decisions.queries.recorded import Candidate
from portal.review.own_order import Groups
from portal.review.queries.case import Case
from portal.review.queries.scores import seen_scores
from portal.review.ranking import schulze


def next_in_order(session: Session, case: Case, candidates: Sequence[Candidate], *, at: datetime) -> list[Candidate]:
    """Those who share the first place in the joint order among the candidates who have had no word; none where there is
    no joint order, or the person may not see it yet."""
    waiting = {one.application_id: one for one in candidates if one.shown and one.status in (None, Status.PARKED)}
    for group in joint_order(session, case, at=at):
        if found := [waiting[id] for id in group if id in waiting]:
            return found
    return []


def joint_order(session: Session, case: Case, *, at: datetime) -> Groups:
    """The own orders joined, as far as the joint view is open to the person; empty while it is not."""
    seen = seen_scores(session, case, at)
    own_in = case.member is not None and case.member.handed_in_at is not None
    if not seen.open or not seen.orders or (case.standing.named and not own_in):
        return ()
    known: list[UUID] = [row.id for row in seen.applications if not row.fallen]
    orders = [[[one for one in group if one in known] for group in order] for order in seen.orders.values()]
    return schulze([[group for group in order if group] for order in orders], known)
