"""Notes that were never handed in are working material (TF 2:12) and are destroyed when the authority's matter closes, or
when no legal hold stands in it any more: in a dispute they are evidence."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.audit.services import SYSTEM, record
from portal.interviews.models import InterviewCard, InterviewMark
from portal.privacy.clocks import NOTICE
from portal.privacy.models import LegalHold
from portal.review.models import PanelMember, ScoreNote
from portal.review.services.naming import hold_panel


def destroy_private_notes(session: Session, *, ad_id: UUID, at: datetime) -> int:
    """Each assessor's lines beside a score, and on a card, that they kept for themselves. How many.

    What was handed in is part of the formal assessment and stays: whoever hands in at this moment is waited for. Doing it
    twice destroys nothing more. A party's matter is left as it is: its notes are no public records and go with the
    application. So are all of a recruitment in which a hold stands, of one candidate too, or did within the last two weeks,
    in which lifting it can be undone: a claim compares with the others (DL 6:3). Kept like that
    they are not taken in for the archive, so they are no public records still.
    """
    ad = ad_of(session, ad_id, lock=True)  # as a hold is set
    if ad is None or ad.controller_id != ad.authority_id or _is_held(session, ad_id, at):
        return 0
    hold_panel(session, ad_id)
    destroyed = _beside_scores(session, ad_id) + _on_cards(session, ad_id)
    session.flush()
    if destroyed:
        record(
            session, chain=ad.party_id, at=at, actor=SYSTEM, verb="notes.destroyed", object_id=ad_id,
            reason=str(destroyed),
        )  # fmt: skip
    return destroyed


def _is_held(session: Session, ad_id: UUID, at: datetime) -> bool:
    stands = or_(LegalHold.lifted_at.is_(None), LegalHold.lifted_at > at - NOTICE)
    return session.scalar(select(LegalHold.id).where(LegalHold.ad_id == ad_id, stands).limit(1)) is not None


def _beside_scores(session: Session, ad_id: UUID) -> int:
    rows = (
        select(ScoreNote)
        .join(PanelMember, PanelMember.id == ScoreNote.panel_member_id)
        .where(PanelMember.ad_id == ad_id)
        .where(or_(PanelMember.handed_in_at.is_(None), ScoreNote.saved_at > PanelMember.handed_in_at))
    )
    kept_back = session.scalars(rows).all()
    for note in kept_back:
        session.delete(note)
    return len(kept_back)


def _on_cards(session: Session, ad_id: UUID) -> int:
    rows = (
        select(InterviewMark)
        .join(InterviewCard, InterviewCard.id == InterviewMark.card_id)
        .join(PanelMember, PanelMember.id == InterviewCard.panel_member_id)
        .where(PanelMember.ad_id == ad_id, InterviewCard.handed_in_at.is_(None))
        .where(InterviewMark.note_sealed.is_not(None))
    )
    kept_back = session.scalars(rows).all()
    for mark in kept_back:
        mark.note_sealed = None
        if not mark.judged:
            session.delete(mark)
    return len(kept_back)
