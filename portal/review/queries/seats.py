"""Who judges what, and what their handing in covers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.review.blind.models import Masking
from portal.review.models import ConflictAnswer, DeputyCall, InterviewCall, PanelMember, ReviewCase
from portal.review.queries.case import Listed
from portal.review.queries.falls import FALLEN, OUT_AT_HANDING_IN
from portal.review.queries.late_papers import PAPER_AT
from portal.review.queries.panel import calls_in
from portal.review.queries.person import is_in

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Seats:
    """The panel of one recruitment, seen from the applications."""

    members: Mapping[UUID, PanelMember]
    conflicts: frozenset[tuple[UUID, UUID]]  # member, application
    since: frozenset[tuple[UUID, UUID]]  # what a member had not answered for when they handed in, or was opened since
    called: Mapping[UUID, Mapping[UUID, datetime]]  # by deputy and application: when

    def judging(self, application_id: UUID) -> list[PanelMember]:
        """Those who judge an application."""
        return [member for member in self.members.values() if self.judges(member, application_id)]

    def judges(self, member: PanelMember, application_id: UUID) -> bool:
        """Whether a member judges it: an assessor, or a deputy called in for it, without jäv."""
        return self.asks(member, application_id) and (member.id, application_id) not in self.conflicts

    def asks(self, member: PanelMember, application_id: UUID) -> bool:
        """Whether a member is to answer for it: an assessor for all, a deputy for what they are called in for."""
        return not member.deputy or application_id in self.called[member.id]

    def covers(self, member: PanelMember, application_id: UUID) -> bool:
        """Whether a member's handing in covers it: see `case.is_covered`."""
        if member.handed_in_at is None or (member.id, application_id) in self.since:
            return False
        called_at = self.called.get(member.id, {}).get(application_id)
        return called_at is None or called_at <= member.handed_in_at

    def waiting_for(self, applications: Iterable[Listed]) -> list[PanelMember]:
        """Who judges something that they have not handed in. Of whoever has fallen on a krav nobody is asked to."""
        ids = [row.id for row in applications if not row.fallen]
        return [one for one in self.members.values() if any(self._waits(one, id) for id in ids)]

    def _waits(self, member: PanelMember, application_id: UUID) -> bool:
        return self.judges(member, application_id) and not self.covers(member, application_id)


def seats_of(session: Session, ad_id: UUID, members: Sequence[PanelMember]) -> Seats:
    """In one statement, two where there are deputies. Of a thousand answers only those are read that make a difference."""
    answer = ConflictAnswer
    joined = and_(answer.panel_member_id == PanelMember.id, answer.application_id == Application.id)
    late = and_(
        PanelMember.handed_in_at.is_not(None),
        or_(
            answer.id.is_(None),
            answer.answered_at > PanelMember.handed_in_at,
            Masking.approved_at > PanelMember.handed_in_at,
            PanelMember.handed_in_at < PAPER_AT,
            OUT_AT_HANDING_IN,
        ),
    )
    rows = session.execute(
        select(PanelMember.id, Application.id, answer.has_conflict)
        .join(Application, Application.ad_id == PanelMember.ad_id)
        .outerjoin(answer, joined)
        .outerjoin(Masking, Masking.application_id == Application.id)
        .where(PanelMember.ad_id == ad_id, PanelMember.id.in_([member.id for member in members]))
        .where(Application.state.in_(COUNTS), or_(answer.has_conflict, late))
    ).all()
    return Seats(
        members={member.id: member for member in members},
        conflicts=frozenset((member, application) for member, application, conflict in rows if conflict),
        since=frozenset((member, application) for member, application, conflict in rows if not conflict),
        called=calls_in(session, members),
    )


def opened() -> ColumnElement[bool]:
    """Whether an application can be read by the panel: of a blind review once it is masked, or its candidate called. Beside
    `Application`, and its `ReviewCase` where there is one."""
    masked = select(Masking.id).where(Masking.application_id == Application.id, Masking.approved_at.is_not(None))
    called = select(InterviewCall.id).where(InterviewCall.application_id == Application.id)
    seen = or_(masked.correlate(Application).exists(), called.correlate(Application).exists())
    return or_(func.coalesce(ReviewCase.blind, false()).is_(False), seen)


def uncovered_in(session: Session, ad_ids: Collection[UUID]) -> dict[UUID, int]:
    """By member who has handed in, how many applications that they judge it does not cover: those of `Seats.covers`, and
    none that nobody can read yet or that has fallen. In one statement."""
    rows = _judged_after(select(PanelMember.id, func.count().label("found")))
    rows = rows.where(PanelMember.ad_id.in_(ad_ids), or_(_CAME_AFTER, _MORE))
    return {row.id: row.found for row in session.execute(rows.group_by(PanelMember.id))}


def with_more_to_judge(session: Session, application_id: UUID, *, again: bool = False) -> Sequence[PanelMember]:
    """Those who judge an application, and had handed in when there came more of it to judge; of one that is judged ``again``,
    its fall taken back, also who had handed in before it came to them: all that they had been told of it was over. In one
    statement."""
    more = or_(_CAME_AFTER, _MORE) if again else _MORE
    rows = _judged_after(select(PanelMember)).where(Application.id == application_id, more, is_in())
    return session.scalars(rows.order_by(PanelMember.id)).all()


_CAME_AFTER = or_(
    ConflictAnswer.answered_at > PanelMember.handed_in_at, DeputyCall.called_at > PanelMember.handed_in_at
)
_MORE = or_(Masking.approved_at > PanelMember.handed_in_at, PanelMember.handed_in_at < PAPER_AT, OUT_AT_HANDING_IN)


def _judged_after(rows: Select[*Columns]) -> Select[*Columns]:
    """Of whoever has handed in, with each application that they judge, that can be read and has not fallen on a krav."""
    answer, call = ConflictAnswer, DeputyCall
    return (
        rows.join(Application, Application.ad_id == PanelMember.ad_id)
        .join(answer, and_(answer.panel_member_id == PanelMember.id, answer.application_id == Application.id))
        .outerjoin(call, and_(call.panel_member_id == PanelMember.id, call.application_id == Application.id))
        .outerjoin(Masking, Masking.application_id == Application.id)
        .outerjoin(ReviewCase, ReviewCase.ad_id == Application.ad_id)
        .where(PanelMember.handed_in_at.is_not(None), Application.state.in_(COUNTS), ~FALLEN)
        .where(answer.has_conflict.is_(False), or_(PanelMember.deputy.is_(False), call.id.is_not(None)), opened())
    )


def unjudged_in(session: Session, ad_ids: Collection[UUID]) -> dict[UUID, int]:
    """By ad, how many candidates there are whom nobody judges: all who could have jäv. In one statement."""
    of_both = (PanelMember, Application)
    jav = select(ConflictAnswer.id).where(
        ConflictAnswer.panel_member_id == PanelMember.id,
        ConflictAnswer.application_id == Application.id,
        ConflictAnswer.has_conflict,
    )
    call = select(DeputyCall.id).where(
        DeputyCall.panel_member_id == PanelMember.id, DeputyCall.application_id == Application.id
    )
    asked = or_(PanelMember.deputy.is_(False), call.correlate(*of_both).exists())
    judge = select(PanelMember.id).where(
        PanelMember.ad_id == Application.ad_id, is_in(), asked, ~jav.correlate(*of_both).exists()
    )
    with_jav = (
        select(ConflictAnswer.application_id)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.ad_id.in_(ad_ids), ConflictAnswer.has_conflict)
    )
    rows = (
        select(Application.ad_id, func.count().label("found"))
        .where(Application.ad_id.in_(ad_ids), Application.state.in_(COUNTS), Application.id.in_(with_jav))
        .where(~judge.correlate(Application).exists())
        .group_by(Application.ad_id)
    )
    return {row.ad_id: row.found for row in session.execute(rows)}
