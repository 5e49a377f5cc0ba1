"""The candidates of a recruitment with what has been recorded of each, read for the party's office."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.decisions.models import Outcome
from portal.review.models import ConflictAnswer, InterviewCall, PanelMember
from portal.vault.services import open_application_key

COUNTING = ("sent", "late")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate on the page of outcomes. ``name`` and ``reason`` are empty where the reader has declared jäv."""

    application_id: UUID
    name: str
    late: bool
    called: bool
    conflicted: bool
    outcome: Outcome | None
    reason: str


def published_ad_of(session: Session, ad_id: UUID) -> Ad | None:
    """The party's own ad, once it has been published; None for a draft, a foreign or an unknown one."""
    ad = session.get(Ad, ad_id)
    return ad if ad is not None and ad.published_at is not None else None


def candidates_of(session: Session, ad_id: UUID, *, reader: UUID) -> list[Candidate]:
    """Every candidate that counts, in the order they arrived, as the person ``reader`` may see them."""
    rows = session.execute(
        select(Application, Outcome, InterviewCall.id)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .outerjoin(InterviewCall, InterviewCall.application_id == Application.id)
        .where(Application.ad_id == ad_id, Application.state.in_(COUNTING))
        .order_by(Application.submitted_at, Application.id)
    ).all()
    shut = conflicts_of(session, ad_id, person_id=reader)
    return [_candidate(session, row, outcome, call is not None, row.id in shut) for row, outcome, call in rows]


def _candidate(
    session: Session, application: Application, outcome: Outcome | None, called: bool, conflicted: bool
) -> Candidate:
    name = reason = ""
    if not conflicted:
        key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
        name = key.open_text("application.name", application.name_sealed or b"")
        if outcome is not None:
            reason = key.open_text(f"outcome.{outcome.id}", outcome.reason_sealed)
    late = application.state == "late"
    return Candidate(application.id, name, late, called, conflicted, outcome, reason)


def conflicts_of(session: Session, ad_id: UUID, *, person_id: UUID) -> set[UUID]:
    """The applications to this ad for which the person has declared jäv (KL 6:28, or the party's own rule)."""
    return set(
        session.scalars(
            select(ConflictAnswer.application_id)
            .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
            .where(PanelMember.ad_id == ad_id, PanelMember.person_id == person_id, ConflictAnswer.has_conflict)
        )
    )


def unanswered(session: Session, ad_id: UUID) -> int:
    """How many candidates that count have no outcome."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Application)
            .outerjoin(Outcome, Outcome.application_id == Application.id)
            .where(Application.ad_id == ad_id, Application.state.in_(COUNTING), Outcome.id.is_(None))
        )
        or 0
    )


def hired(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes *anställs* of a recruitment whose candidates still count, in the order they were recorded."""
    return list(
        session.scalars(
            select(Outcome)
            .join(Application, Application.id == Outcome.application_id)
            .where(Outcome.ad_id == ad_id, Outcome.result == "anstalls", Application.state.in_(COUNTING))
            .order_by(Outcome.recorded_at, Outcome.id)
        )
    )
