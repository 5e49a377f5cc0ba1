"""How a recruitment has moved through its phases, and when the coming ones begin by themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.review.models import PanelMember, PhaseChange, PhasePlan, ReviewCase
from portal.review.phases import Phase


def changes_of_phase(session: Session, ad_id: UUID) -> dict[Phase, PhaseChange]:
    """The move to each phase that has been reached by one."""
    rows = select(PhaseChange).where(PhaseChange.ad_id == ad_id).options(joinedload(PhaseChange.person))
    return {Phase(row.phase): row for row in session.scalars(rows)}


def plans_of(session: Session, ad_id: UUID) -> dict[Phase, datetime]:
    """When phases begin by themselves."""
    rows = session.execute(select(PhasePlan.phase, PhasePlan.begins_at).where(PhasePlan.ad_id == ad_id))
    return {Phase(phase): begins_at for phase, begins_at in rows}


def blind_with(session: Session, person_id: UUID | None) -> list[UUID]:
    """The recruitments in a blind phase in which somebody has a seat, in force or not."""
    rows = (
        select(PanelMember.ad_id)
        .join(ReviewCase, ReviewCase.ad_id == PanelMember.ad_id)
        .where(PanelMember.person_id == person_id, PanelMember.removed_at.is_(None), ReviewCase.phase == Phase.BLIND)
    )
    return list(session.scalars(rows.order_by(PanelMember.ad_id)))
