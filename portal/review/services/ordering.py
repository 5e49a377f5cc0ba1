"""An assessor's own order, and handing in."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.audit.services import person_actor, record
from portal.review.models import OwnPlace, PanelMember
from portal.review.own_order import Groups, among, places_of, same_order
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of
from portal.review.queries.scores import own_order, own_scores, scored_places
from portal.review.queries.seats import seats_of
from portal.review.ranking import starting_order
from portal.review.refusals import ConflictUnanswered, OrderHandedIn, OrderStands, ScoresMissing, StillMasking
from portal.review.services.moving import enter
from portal.review.services.naming import review_row, walls
from portal.review.services.scoring import require_assessor
from portal.review.workload import applications_text
from portal.swedish_dates import in_words


def save_order(session: Session, *, case: Case, groups: Groups, at: datetime) -> None:
    """Keep the order: groups, best first, tied within. Whom it leaves out has no place.

    What was handed in stands: who has come since takes a place anywhere among the others, who stay as they were to each
    other. Raises a Refusal.
    """
    member = require_assessor(case, at)
    if case.to_judge and case.all_handed_in:
        raise OrderHandedIn
    fast = {row.id for row in case.to_judge if case.is_handed_in(row)}
    handed_in = own_order(session, member, fast) if fast else None
    if not same_order(among(groups, fast), handed_in or ()):
        raise OrderStands
    _keep(session, case, member, groups)


def _keep(session: Session, case: Case, member: PanelMember, groups: Groups) -> None:
    listed = {row.id for row in case.to_judge}
    places = places_of([tuple(id for id in group if id in listed) for group in groups])
    rows = session.scalars(select(OwnPlace).where(OwnPlace.panel_member_id == member.id)).all()
    present = {row.application_id: row for row in rows}
    for application, place in places.items():
        row = present.pop(application, None)
        if row is None:
            row = OwnPlace(id=uuid4(), **walls(case), panel_member_id=member.id, application_id=application)
            session.add(row)
        row.place = place
    for row in present.values():
        session.delete(row)
    session.flush()


def hand_in(session: Session, *, case: Case, at: datetime) -> None:
    """Hand in: every score is set or said to be impossible, and the order is kept as it stands.

    Twice is no fault; with applications that came since it hands those in as well. Raises a Refusal.
    """
    member = require_assessor(case, at)
    if case.unanswered:
        raise ConflictUnanswered
    if waiting := len(case.waiting_for_masks):
        raise StillMasking(count=applications_text(waiting))
    criteria = criteria_of(session, case.ad.id)
    missing = missing_scores(session, case, member, [row.id for row in criteria])
    if missing:
        raise ScoresMissing(count=in_words(missing).capitalize())
    if case.all_handed_in:
        _open_when_all_are_in(session, case, member, at)
        return
    if member.handed_in_at is None and own_order(session, member, [row.id for row in case.to_judge]) is None:
        _keep(session, case, member, first_order(session, case, member, list(criteria)))
    member.handed_in_at = at
    session.flush()
    _open_when_all_are_in(session, case, member, at)
    actor = person_actor(member.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=actor, verb="review.handed_in", object_id=member.id)


def _open_when_all_are_in(session: Session, case: Case, member: PanelMember, at: datetime) -> None:
    """A blind phase ends when what everybody has handed in covers all that they judge. The last two wait for each other
    at the review's row, so that the second sees the first."""
    if case.phase is not Phase.BLIND:
        return
    review_row(session, case, at)
    if not seats_of(session, case.ad.id, members_of(session, case.ad.id)).waiting_for(case.applications):
        enter(session, case=case, to=Phase.OPEN, by=member.person_id, at=at)


def missing_scores(session: Session, case: Case, member: PanelMember, criteria: list[UUID]) -> int:
    """How many scores an assessor has left; of whom has fallen on a krav none is asked for."""
    scored = scored_places(session, member)
    return sum(
        1 for row in case.to_judge if not row.fallen for criterion in criteria if (criterion, row.id) not in scored
    )


def first_order(session: Session, case: Case, member: PanelMember, criteria: list[AdCriterion]) -> Groups:
    """The order an assessor begins from: by the weighted mean of the own scores."""
    own = own_scores(session, member)
    weights = {row.id: row.weight for row in criteria if row.judged == "skala"}
    steps = {
        row.id: {criterion: own[criterion, row.id].step for criterion in weights if (criterion, row.id) in own}
        for row in case.to_judge
    }
    return starting_order(steps, weights)
