"""Papers that an assessor cannot read: what waits for the office, and what became of one's own."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, joinedload

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.documents.models import Document
from portal.review.models import PanelMember, UnreadablePaper
from portal.review.queries.person import with_conflict

_WAITS = UnreadablePaper.answered_at.is_(None)


class Reported(NamedTuple):
    """What one assessor has said of a paper; ``document`` None: of all that the candidate has sent, or it is gone since."""

    row: UnreadablePaper
    document: Document | None


def unreadable_to(person_id: UUID) -> ScalarSelect[int]:
    """How many papers of a recruitment cannot be read and wait for one of the office, beside its `Ad`: what is of a candidate
    for whom they have jäv waits for a colleague."""
    return (
        select(func.count(UnreadablePaper.paper_id.distinct()))
        .join(Application, Application.id == UnreadablePaper.application_id)
        .where(Application.ad_id == Ad.id, Application.state.in_(COUNTS), _WAITS, ~with_conflict(person_id))
        .correlate(Ad)
        .scalar_subquery()
    )


def waiting_in(session: Session, ad_id: UUID) -> Sequence[Reported]:
    """What waits of a recruitment, the longest wait first, with who has said so."""
    rows = (
        select(UnreadablePaper, Document)
        .join(PanelMember, PanelMember.id == UnreadablePaper.panel_member_id)
        .outerjoin(Document, Document.id == UnreadablePaper.paper_id)
        .where(PanelMember.ad_id == ad_id, _WAITS)
        .options(joinedload(UnreadablePaper.member).joinedload(PanelMember.person))
        .order_by(UnreadablePaper.reported_at, UnreadablePaper.id)
    )
    return [Reported(row, document) for row, document in session.execute(rows)]


def own_reports(session: Session, member_id: UUID, application_id: UUID) -> dict[UUID, UnreadablePaper]:
    """What an assessor has said of one candidate's papers, by paper."""
    own = select(UnreadablePaper).where(
        UnreadablePaper.panel_member_id == member_id, UnreadablePaper.application_id == application_id
    )
    return {row.paper_id: row for row in session.scalars(own)}


def is_paper_of(session: Session, application_id: UUID, paper_id: UUID) -> bool:
    """Whether it is one of the papers that are read of an application, or all of it."""
    own = select(Document.id).where(
        Document.id == paper_id, Document.application_id == application_id, Document.replaced_at.is_(None)
    )
    return paper_id == application_id or session.scalar(own) is not None


def reports_of(session: Session, ad_id: UUID, paper_id: UUID) -> Sequence[UnreadablePaper]:
    """What waits of one paper, of every assessor who has said so; held."""
    rows = (
        select(UnreadablePaper)
        .join(PanelMember, PanelMember.id == UnreadablePaper.panel_member_id)
        .where(PanelMember.ad_id == ad_id, UnreadablePaper.paper_id == paper_id, _WAITS)
        .order_by(UnreadablePaper.id)
    )
    return session.scalars(rows.with_for_update(of=UnreadablePaper)).all()
