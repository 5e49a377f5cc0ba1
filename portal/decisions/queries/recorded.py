"""The candidates of a recruitment with what has been recorded of each, read for the party's office."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.audit.models import CANDIDATE
from portal.audit.queries import lines_about
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result, Status, status_of
from portal.review.access import may_see_listed, may_see_name
from portal.review.models import InterviewCall
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.vault.services import open_application_key

ACCEPTED, DECLINED, TAKEN_BACK = "offer.accepted", "offer.declined", "offer.answer_taken_back"  # in the log
VERB_OF: Final = {Status.ACCEPTED: ACCEPTED, Status.DECLINED: DECLINED}


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
    answer: str  # why they declined, where they said so
    by_staff: bool = False  # whether somebody of the staff noted their answer, and may have been mistaken

    @property
    def lacks_another(self) -> bool:
        """Whether the employment was called off before the candidate was told: another outcome is to be written."""
        return self.outcome is not None and bool(self.outcome.called_off_at) and self.outcome.released_at is None

    @property
    def status(self) -> Status | None:
        """How far the news of it has come; None where nothing is recorded."""
        return status_of(self.outcome) if self.outcome is not None else None


def candidates_of(session: Session, case: Case) -> list[Candidate]:
    """Every candidate that counts as the case's person may see them: by name, those they may not see last."""
    outcomes = {row.application_id: row for row in outcomes_of(session, case.ad.id)}
    called = set(session.scalars(select(InterviewCall.application_id).where(InterviewCall.ad_id == case.ad.id)))
    names = labels_of(session, case, case.listed)
    place = {id: n for n, id in enumerate(names)}
    rows = sorted(case.applications, key=lambda row: place.get(row.id, len(place)))
    found = [_candidate(session, case, row, names, row.id in called, outcomes.get(row.id)) for row in rows]
    answers = {
        one.application_id: one.status for one in found if one.outcome is not None and _may_be_mistaken(one.outcome)
    }
    noted = noted_by_staff(session, case.ad.party_id, answers)
    return [replace(one, by_staff=one.shown and one.application_id in noted) for one in found]


def _may_be_mistaken(outcome: Outcome) -> bool:
    return outcome.settled_at is None and outcome.called_off_at is None and status_of(outcome) in VERB_OF


def noted_by_staff(session: Session, chain: UUID, answers: Mapping[UUID, Status | None]) -> set[UUID]:
    """Whose answer was noted by somebody of the staff, as the log says: the last that it tells of and that was not taken back
    is the one that stands."""
    if not answers:
        return set()
    verbs = {id: VERB_OF[status] for id, status in answers.items() if status in VERB_OF}
    found = set()
    for id, lines in lines_about(session, chain, [*VERB_OF.values(), TAKEN_BACK], list(answers)).items():
        standing: list[tuple[str, str]] = []
        for verb, actor in lines:
            if verb != TAKEN_BACK:
                standing.append((verb, actor))
            elif standing:
                standing.pop()
        if standing and standing[-1][0] == verbs.get(id) and standing[-1][1] != CANDIDATE:
            found.add(id)
    return found


def _candidate(
    session: Session, case: Case, row: Listed, names: dict[UUID, str], called: bool, outcome: Outcome | None
) -> Candidate:
    shown = row.id in names and may_see_listed(case.standing, row.id)
    reason, answer = _said(session, row, outcome) if shown and outcome else ("", "")
    return Candidate(
        application_id=row.id,
        name=names[row.id] if shown else "",
        late=row.state == "late" and (not case.blind or may_see_name(case.standing, row.id)),  # tells of a code name
        called=called and shown,
        shown=shown,
        conflicted=row.id in case.standing.conflicts,
        outcome=outcome,
        reason=reason,
        answer=answer,
    )


def _said(session: Session, row: Listed, outcome: Outcome) -> tuple[str, str]:
    """The reason, and the candidate's own for declining."""
    key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
    answer = key.open_text(answer_place(outcome.id), outcome.answer_sealed) if outcome.answer_sealed else ""
    return key.open_text(f"outcome.{outcome.id}", outcome.reason_sealed), answer


def answer_place(outcome_id: UUID) -> str:
    """What the sealed reason of a no is bound to."""
    return f"outcome.answer.{outcome_id}"


def outcomes_of(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes of the candidates that still count, in the order they were recorded."""
    counting = select(Outcome).join(Application, Application.id == Outcome.application_id)
    rows = counting.where(Outcome.ad_id == ad_id, Application.state.in_(COUNTS))
    return list(session.scalars(rows.order_by(Outcome.recorded_at, Outcome.id)))


def hired(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes *anställs* of a recruitment, but for those who have declined and those whose employment was called off:
    each takes one of its posts."""
    return [row for row in outcomes_of(session, ad_id) if takes_a_post(row)]


TAKES_A_POST: Final = and_(
    Outcome.result == Result.HIRED, Outcome.declined_at.is_(None), Outcome.called_off_at.is_(None)
)


def takes_a_post(outcome: Outcome) -> bool:
    """Whether somebody is to be hired by it."""
    return outcome.result == Result.HIRED and outcome.declined_at is None and outcome.called_off_at is None


def outcome_word(session: Session, application_id: UUID) -> str | None:
    """What the candidate has been told, once it is released; None before."""
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    return outcome.result if outcome is not None and outcome.released_at is not None else None
