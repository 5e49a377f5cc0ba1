"""Who comes next when one who was to be hired does not take the post: in the order that the meeting set, or where it set
none in the joint order. A name to choose, no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.decisions.outcomes import Status
from portal.decisions.queries.recorded import Candidate
from portal.review.meeting.states import State
from portal.review.own_order import Groups, among
from portal.review.queries import meeting as kept
from portal.review.queries.board import joint_order_seen
from portal.review.queries.case import Case
from portal.review.queries.scores import seen_scores


@dataclass(frozen=True, slots=True)
class Following:
    """Those who share the first place among the candidates who have had no word, as far as one person sees.

    ``met`` where the meeting set the order. ``partly`` where there are candidates whom the person does not see: whether one
    of those would have come before is not said.
    """

    candidates: Sequence[Candidate]
    met: bool
    partly: bool


def next_in_order(session: Session, case: Case, candidates: Sequence[Candidate], *, at: datetime) -> Following:
    """Whom to ask next; nobody where there is no order, or the person may not see it yet."""
    waiting = {one.application_id: one for one in candidates if one.shown and _waits(one)}
    met = meeting_order(session, case)
    order = among(met or joint_order(session, case, at=at), waiting)
    return Following(
        candidates=[waiting[id] for id in order[0]] if order else [],
        met=bool(met),
        partly=not all(one.shown for one in candidates),
    )


def _waits(one: Candidate) -> bool:
    """Whether they may be asked: no word yet, and no employment that was called off."""
    return one.status in (None, Status.PARKED) and not one.lacks_another


def meeting_order(session: Session, case: Case) -> Groups:
    """What the person could see at the meeting of the order it set; empty until it has ended."""
    held = kept.meeting_of(session, case.ad.id)
    if held is None or held.state != State.ENDED:
        return ()
    return among(kept.order_in(session, held), {row.id for row in kept.attended(case) if not row.fallen})


def joint_order(session: Session, case: Case, *, at: datetime) -> Groups:
    """The own orders joined, as far as the joint view is open to the person; empty while it is not."""
    seen = seen_scores(session, case, at)
    own_in = case.member is not None and case.member.handed_in_at is not None
    if not seen.open or not seen.orders or (case.standing.named and not own_in):
        return ()
    return joint_order_seen(case, seen)
