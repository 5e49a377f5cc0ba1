"""What somebody has answered about jäv in one recruitment, what they are called in for, and what tells of their own
application."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Subquery, select, union_all
from sqlalchemy.orm import Session

from portal.applications.address import canonical
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember
from portal.vault.services import controller_fingerprint

ADDRESS = "address"  # the purpose under which an applicant's address is fingerprinted


def answers_of(ad_id: UUID, person_id: UUID) -> Subquery:
    """By application whether somebody has jäv and when they said so, as one who assesses or decides.

    A person answers in one of two places, never of one application in both: see `services.declaring`.
    """
    assessing = (
        select(ConflictAnswer.application_id, ConflictAnswer.has_conflict, ConflictAnswer.answered_at)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.ad_id == ad_id, PanelMember.person_id == person_id)
    )
    deciding = select(DecidingAnswer.application_id, DecidingAnswer.has_conflict, DecidingAnswer.answered_at)
    return union_all(
        assessing, deciding.where(DecidingAnswer.ad_id == ad_id, DecidingAnswer.person_id == person_id)
    ).subquery("answer")


def calls_of(session: Session, member: PanelMember) -> dict[UUID, datetime]:
    """The applications a deputy has been called in for, and when."""
    rows = select(DeputyCall.application_id, DeputyCall.called_at).where(DeputyCall.panel_member_id == member.id)
    return {row.application_id: row.called_at for row in session.execute(rows)}


def address_print(session: Session, controller_id: UUID, email: str) -> bytes:
    """The print that an application from this address carries."""
    return controller_fingerprint(session, controller_id, canonical(email), purpose=ADDRESS)
