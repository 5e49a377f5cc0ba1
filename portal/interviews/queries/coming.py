"""What waits because of interviews, for the start page: counts and times, no candidate's name."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.interviews.models import InterviewBooking, InterviewSlot, InterviewWish, SlotMember
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.person import is_in


class Coming(NamedTuple):
    """A booked meeting that somebody takes part in."""

    ad_id: UUID
    starts_at: datetime
    minutes: int
    place: str


def wishes_by_ad(session: Session, ad_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many candidates ask for another time, by recruitment."""
    rows = (
        select(Application.ad_id, func.count())
        .join(InterviewWish, InterviewWish.application_id == Application.id)
        .where(Application.ad_id.in_(ad_ids), Application.state.in_(COUNTS), Application.decided_at.is_(None))
        .group_by(Application.ad_id)
    )
    return {row[0]: row[1] for row in session.execute(rows)}


def coming_meetings(session: Session, person_id: UUID, ad_ids: Collection[UUID], *, after: datetime) -> list[Coming]:
    """The booked meetings from ``after`` on in which the person takes part, but for those of whom they have jäv."""
    jav = and_(
        ConflictAnswer.panel_member_id == PanelMember.id,
        ConflictAnswer.application_id == InterviewBooking.application_id,
        ConflictAnswer.has_conflict,
    )
    rows = (
        select(InterviewSlot.ad_id, InterviewSlot.starts_at, InterviewSlot.minutes, InterviewSlot.place)
        .join(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .join(SlotMember, SlotMember.slot_id == InterviewSlot.id)
        .join(PanelMember, PanelMember.id == SlotMember.panel_member_id)
        .outerjoin(ConflictAnswer, jav)
        .where(PanelMember.person_id == person_id, is_in(), ConflictAnswer.id.is_(None))
        .where(InterviewSlot.ad_id.in_(ad_ids), InterviewSlot.starts_at >= after)
        .order_by(InterviewSlot.starts_at)
    )
    return [Coming(*row) for row in session.execute(rows)]
