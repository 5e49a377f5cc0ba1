"""The candidates of a recruitment with what has been recorded of each, read for the party's office."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.review.access import may_see_listed
from portal.review.models import InterviewCall
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import names_of
from portal.vault.services import open_application_key


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate on the page of outcomes. ``name`` and ``reason`` are empty where the reader may not see them."""

    application_id: UUID
    name: str
    late: bool
    called: bool
    shown: bool
    conflicted: bool
    outcome: Outcome | None
    reason: str


def candidates_of(session: Session, case: Case) -> list[Candidate]:
    """Every candidate that counts as the case's person may see them: by name, those they may not see last."""
    outcomes = {row.application_id: row for row in outcomes_of(session, case.ad.id)}
    called = set(session.scalars(select(InterviewCall.application_id).where(InterviewCall.ad_id == case.ad.id)))
    names = names_of(session, case.listed)
    place = {id: n for n, id in enumerate(names)}
    rows = sorted(case.applications, key=lambda row: place.get(row.id, len(place)))
    return [_candidate(session, case, row, names, row.id in called, outcomes.get(row.id)) for row in rows]


def _candidate(
    session: Session, case: Case, row: Listed, names: dict[UUID, str], called: bool, outcome: Outcome | None
) -> Candidate:
    shown = row.id in names and may_see_listed(case.standing, row.id)
    return Candidate(
        application_id=row.id,
        name=names[row.id] if shown else "",
        late=row.state == "late",
        called=called and shown,
        shown=shown,
        conflicted=row.id in case.standing.conflicts,
        outcome=outcome,
        reason=_reason(session, row, outcome) if shown and outcome else "",
    )


def _reason(session: Session, row: Listed, outcome: Outcome) -> str:
    key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
    return key.open_text(f"outcome.{outcome.id}", outcome.reason_sealed)


def outcomes_of(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes of the candidates that still count, in the order they were recorded."""
    counting = select(Outcome).join(Application, Application.id == Outcome.application_id)
    rows = counting.where(Outcome.ad_id == ad_id, Application.state.in_(COUNTS))
    return list(session.scalars(rows.order_by(Outcome.recorded_at, Outcome.id)))


def hired(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes *anställs* of a recruitment."""
    return [row for row in outcomes_of(session, ad_id) if row.result == Result.HIRED]


def outcome_word(session: Session, application_id: UUID) -> str | None:
    """What the candidate has been told, once it is released; None before."""
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    return outcome.result if outcome is not None and outcome.released_at is not None else None
