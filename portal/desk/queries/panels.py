"""How far the panels of many recruitments have come, in a number of statements that does not grow with them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember, ReviewCase, Score
from portal.review.queries.falls import FALLEN
from portal.review.queries.panel import is_called_in
from portal.review.queries.person import is_in
from portal.review.queries.seats import opened

COUNTING = Application.state.in_(COUNTS)
_TO_JUDGE = ~FALLEN & opened()


def sum_of(condition: Any) -> Any:
    """How many rows meet a condition."""
    return func.sum(case((condition, 1), else_=0))


def panels_of(session: Session, ids: Iterable[UUID]) -> Sequence[Any]:
    """The panels, each member with how many of the candidates that count they have answered for, and without jäv."""
    answers = _answers(ids)
    called = (
        select(func.count())
        .select_from(DeputyCall)
        .join(Application, _of_the_panels_ad(DeputyCall.application_id))
        .where(DeputyCall.panel_member_id == PanelMember.id, COUNTING)
        .correlate(PanelMember)
        .scalar_subquery()
    )
    return session.execute(
        select(
            PanelMember,
            Person.name,
            func.coalesce(answers.c.answered, 0).label("answered"),
            func.coalesce(answers.c.clear, 0).label("clear"),
            func.coalesce(answers.c.to_judge, 0).label("to_judge"),
            called.label("called"),
        )
        .join(Person, Person.id == PanelMember.person_id)
        .outerjoin(answers, answers.c.panel_member_id == PanelMember.id)
        .where(PanelMember.ad_id.in_(ids), is_in(), is_called_in())
        .order_by(PanelMember.deputy, PanelMember.position, PanelMember.id)
    ).all()


def _given() -> ColumnElement[bool]:
    """Whether a member judges what they have answered for: of a blind review a deputy answers for all, and judges few."""
    call = select(DeputyCall.id).where(
        DeputyCall.panel_member_id == ConflictAnswer.panel_member_id,
        DeputyCall.application_id == ConflictAnswer.application_id,
    )
    return or_(PanelMember.deputy.is_(False), call.exists())


def _of_the_score() -> ColumnElement[bool]:
    of_one = ConflictAnswer.application_id == Score.application_id
    return and_(of_one, ConflictAnswer.panel_member_id == Score.panel_member_id)


def _answers(ids: Iterable[UUID]) -> Subquery:
    """By member: of how many candidates that count they have answered, have no jäv, and are there to judge."""
    given = _given()
    return (
        select(
            ConflictAnswer.panel_member_id,
            sum_of(given | func.coalesce(ReviewCase.blind, false())).label("answered"),
            sum_of(given & ConflictAnswer.has_conflict.is_(False)).label("clear"),
            sum_of(given & ConflictAnswer.has_conflict.is_(False) & _TO_JUDGE).label("to_judge"),
        )
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .join(Application, _of_the_panels_ad(ConflictAnswer.application_id))
        .outerjoin(ReviewCase, ReviewCase.ad_id == Application.ad_id)
        .where(PanelMember.ad_id.in_(ids), COUNTING)
        .group_by(ConflictAnswer.panel_member_id)
        .subquery()
    )


def _of_the_panels_ad(application_id: Any) -> ColumnElement[bool]:
    """It could be no other, but the database does not know: it would look at every application of the party's."""
    return and_(Application.id == application_id, Application.ad_id == PanelMember.ad_id)


def judged_in(session: Session, ids: Iterable[UUID]) -> Sequence[Any]:
    """Per assessor: of how many candidates that are there to judge they have set how many scores."""
    each = (
        select(Score.panel_member_id, Score.application_id, func.count().label("scores"))
        .join(PanelMember, PanelMember.id == Score.panel_member_id)
        .join(ConflictAnswer, _of_the_score())
        .where(PanelMember.ad_id.in_(ids), ConflictAnswer.has_conflict.is_(False), _given())
        .group_by(Score.panel_member_id, Score.application_id)
        .subquery()
    )
    return session.execute(
        select(each.c.panel_member_id, each.c.scores, func.count())
        .join(Application, Application.id == each.c.application_id)
        .outerjoin(ReviewCase, ReviewCase.ad_id == Application.ad_id)
        .where(Application.ad_id.in_(ids), COUNTING, _TO_JUDGE)
        .group_by(each.c.panel_member_id, each.c.scores)
    ).all()
