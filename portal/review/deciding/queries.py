"""Whoever decides and does not assess, and what somebody has answered about jäv in whatever place they have."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from portal.review.queries.person import decider_is_in


def _is_answered(person_id: UUID) -> ColumnElement[bool]:
    """That the person has answered about an `Application`, as one who decides or in its panel."""
    deciding = select(DecidingAnswer.application_id).where(DecidingAnswer.person_id == person_id)
    assessing = (
        select(ConflictAnswer.application_id)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.person_id == person_id)
    )
    return or_(Application.id.in_(deciding), Application.id.in_(assessing))


def answered_by(person_id: UUID) -> ScalarSelect[Any]:
    """Of how many candidates of an `Ad` that is asked for the person has answered, as one who decides or in its panel."""
    rows = select(func.count()).select_from(Application)
    counts = (Application.ad_id == Ad.id, Application.state.in_(COUNTS), _is_answered(person_id))
    return rows.where(*counts).correlate(Ad).scalar_subquery()


class Decider(NamedTuple):
    """Somebody named to decide who does not assess. ``answered`` is of how many of the candidates that count;
    ``named_at`` None of one named before that was kept."""

    person_id: UUID
    name: str
    email: str
    answered: int
    named_at: datetime | None


def decider_outside(session: Session, ad_id: UUID, named: UUID | None, assessing: Collection[UUID]) -> Decider | None:
    """Whoever is ``named`` to decide, where they are none of those who assess; None where they have left the party."""
    if named is None or named in assessing:
        return None
    rows = (
        select(Person.id, Person.name, Person.email, answered_by(named), ReviewCase.decider_named_at)
        .select_from(Ad)
        .join(ReviewCase, ReviewCase.ad_id == Ad.id)
        .join(Person, Person.id == ReviewCase.decider_id)
        .where(Ad.id == ad_id, ReviewCase.decider_id == named, decider_is_in())
    )
    found = session.execute(rows.limit(1)).one_or_none()
    return Decider(*found) if found is not None else None


def has_answered(session: Session, person_id: UUID, application_id: UUID) -> bool:
    """Whether one who decides has answered about jäv for one application, in whatever place they had then."""
    found = select(Application.id).where(Application.id == application_id, _is_answered(person_id))
    return session.scalar(found) is not None


def have_conflict(session: Session, ad_id: UUID, application_id: UUID) -> set[UUID]:
    """The people who have jäv for one application, by their own word or another's."""
    of_panel = (
        select(PanelMember.person_id)
        .join(ConflictAnswer, ConflictAnswer.panel_member_id == PanelMember.id)
        .where(PanelMember.ad_id == ad_id, ConflictAnswer.application_id == application_id, ConflictAnswer.has_conflict)
    )
    of_others = select(DecidingAnswer.person_id).where(
        DecidingAnswer.application_id == application_id, DecidingAnswer.has_conflict
    )
    return {*session.scalars(of_panel), *session.scalars(of_others)}
