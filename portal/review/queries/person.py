"""What somebody has answered about jäv in one recruitment, what they are called in for, and what tells of their own
application."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from portal.applications.address import canonical
from portal.applications.models import Application
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember
from portal.vault.services import controller_fingerprint

ADDRESS = "address"  # the purpose under which an applicant's address is fingerprinted


def with_answers(rows: Select[Any], ad_id: UUID, person_id: UUID) -> Select[Any]:
    """Rows of applications, and in their last four columns what somebody has answered of each about jäv: whether they
    have it and when they said so, as one who assesses, and the same as one who decides.

    A person answers in one of two places, never of one application in both: see `services.declaring`. Each place is looked
    up by its index; a union of both would be searched from end to end for every application.
    """
    own_seat = and_(PanelMember.ad_id == ad_id, PanelMember.person_id == person_id)
    assessing = and_(ConflictAnswer.panel_member_id == PanelMember.id, ConflictAnswer.application_id == Application.id)
    deciding = and_(DecidingAnswer.person_id == person_id, DecidingAnswer.application_id == Application.id)
    return (
        rows.add_columns(ConflictAnswer.has_conflict, ConflictAnswer.answered_at)
        .add_columns(DecidingAnswer.has_conflict, DecidingAnswer.answered_at)
        .outerjoin(PanelMember, own_seat)
        .outerjoin(ConflictAnswer, assessing)
        .outerjoin(DecidingAnswer, deciding)
    )


def calls_of(session: Session, member: PanelMember) -> dict[UUID, datetime]:
    """The applications a deputy has been called in for, and when."""
    rows = select(DeputyCall.application_id, DeputyCall.called_at).where(DeputyCall.panel_member_id == member.id)
    return {row.application_id: row.called_at for row in session.execute(rows)}


def has_applied(session: Session, controller_id: UUID, email: str, prints: Collection[bytes | None]) -> bool:
    """Whether an application that counts came from the person's own address; ``prints`` are what those carry.

    Anybody can write anybody's address into a form, so this must be curable by its owner: the receipt goes to the
    address, and with the application taken back by its link the case is there again.
    """
    if not prints:
        return False
    return address_print(session, controller_id, email) in prints


def address_print(session: Session, controller_id: UUID, email: str) -> bytes:
    """The print that an application from this address carries."""
    return controller_fingerprint(session, controller_id, canonical(email), purpose=ADDRESS)
