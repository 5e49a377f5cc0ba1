"""An assessor's own order, and handing in."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.audit.services import person_actor, record
from portal.review.models import OwnPlace, PanelMember
from portal.review.own_order import Groups, among, placed_among, places_of, same_order
from portal.review.queries.case import Case
from portal.review.queries.scores import own_order, own_scores, scored_places
from portal.review.ranking import starting_order
from portal.review.refusals import (
    ConflictUnanswered,
    OrderHandedIn,
    OrderMoved,
    OrderStands,
    ScoresMissing,
    StillMasking,
)
from portal.review.services.moving import open_when_all_are_in
from portal.review.services.naming import walls
from portal.review.services.scoring import require_assessor
from portal.review.workload import applications_text
from portal.seen import NOT_TOLD, Seen, text_of
from portal.swedish_dates import in_words

ORDER: Final = "order"  # the mark by which a page tells which order it showed


def order_text(session: Session, member: PanelMember) -> str:
    """The own order that is saved as the one text that it is compared by; empty where none is."""
    rows = select(OwnPlace.application_id, OwnPlace.place).where(OwnPlace.panel_member_id == member.id)
    return text_of(sorted([str(application), place] for application, place in session.execute(rows)))


def save_order(session: Session, *, case: Case, groups: Groups, at: datetime, seen: Seen = NOT_TOLD) -> str:
    """Keep the order: groups, best first, tied within. Whom it leaves out has no place. The text of it as it stands now.

    What was handed in stands: who has come since takes a place anywhere among the others, who stay as they were to each
    other. Raises a Refusal; OrderMoved where it was put otherwise in another window since the page was ``seen``.
    """
    member = require_assessor(case, at)
    if case.to_judge and case.all_handed_in:
        raise OrderHandedIn
    if seen.version is not None and not seen.shown(ORDER, order_text(session, member)):
        saved = own_order(session, member, [row.id for row in case.to_judge])
        if not same_order(groups, saved or ()):
            raise OrderMoved
    fast = {row.id for row in case.to_judge if case.is_handed_in(row)}
    handed_in = own_order(session, member, fast) if fast else None
    if not same_order(among(groups, fast), handed_in or ()):
        raise OrderStands
    _keep(session, case, member, groups)
    return order_text(session, member)


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
        open_when_all_are_in(session, case=case, by=member.person_id, at=at)
        return
    _place_everybody(session, case, member, list(criteria))
    member.handed_in_at = at
    session.flush()
    open_when_all_are_in(session, case=case, by=member.person_id, at=at)
    actor = person_actor(member.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=actor, verb="review.handed_in", object_id=member.id)


def _place_everybody(session: Session, case: Case, member: PanelMember, criteria: list[AdCriterion]) -> None:
    """Whom an order that was handed in lacks has come since, and takes the place of their own mean: left out, they would be
    nobody's match. Without any order all do. Whom an assessor has left out of an order of their own says nothing, and stays
    out at the first handing in."""
    saved = own_order(session, member, [row.id for row in case.to_judge])
    by_mean = first_order(session, case, member, criteria)
    if saved is None and member.handed_in_at is None:
        _keep(session, case, member, by_mean)
    elif saved is not None and member.handed_in_at is not None:
        new = {row.id for row in case.to_judge if not case.is_handed_in(row)}.difference(*saved)
        if placed := placed_among(saved, by_mean, new):
            _keep(session, case, member, placed)


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
