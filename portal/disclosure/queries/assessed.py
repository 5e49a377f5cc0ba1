"""What the panel and the office have made of one candidate, in the party's scope: the authority never sees the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.decisions.models import Outcome
from portal.decisions.outcomes import WORDS as OUTCOMES
from portal.decisions.outcomes import Result
from portal.disclosure.form_lines import Judged, lines_of_assessment
from portal.register.lines import SetLine
from portal.review.deciding.models import RequirementDecision
from portal.review.meeting.models import JointText
from portal.review.models import ConflictAnswer, PanelMember, Score
from portal.review.phases import Phase
from portal.review.queries.case import Case, case_of
from portal.review.queries.meeting import TEXT
from portal.review.queries.panel import members_of
from portal.review.queries.papers import opened_column
from portal.review.queries.requirements import reason_place
from portal.review.queries.seats import Seats, seats_of
from portal.review.requirements import DONE, Ruling
from portal.review.steps import words_of
from portal.vault.services import ApplicationKey


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A score that its author's handing in covers."""

    by: str
    criterion_id: UUID
    step: int | None
    present: str | None


def handed_in_scores(session: Session, ad_id: UUID, *, at: datetime) -> dict[UUID, list[HandedIn]]:
    """What the panel has handed in of a recruitment, by application. None where the joint view (C6) had not opened by ``at``,
    nor of whoever has left, has said since that they have jäv, or had not handed in of that candidate."""
    case, members = case_of(session, ad_id), members_of(session, ad_id)
    seats = seats_of(session, ad_id, members)
    if case is None or _is_sealed(case, seats, at):
        return {}
    answered = and_(
        ConflictAnswer.panel_member_id == Score.panel_member_id, ConflictAnswer.application_id == Score.application_id
    )
    said = (Score.application_id, Score.criterion_id, Score.step, Score.present)
    rows = (
        select(Score.panel_member_id, Person.name, *said)
        .join(PanelMember, PanelMember.id == Score.panel_member_id)
        .join(Person, Person.id == PanelMember.person_id)
        .join(ConflictAnswer, answered)
        .where(Score.panel_member_id.in_(seats.members), ConflictAnswer.has_conflict.is_(False))
        .where(ConflictAnswer.answered_at <= PanelMember.handed_in_at)  # of who counts no more `seats` says nothing
        .order_by(Person.name, PanelMember.id)
    )
    found: dict[UUID, list[HandedIn]] = {}
    for member, name, application, criterion, step, present in session.execute(rows):
        if seats.covers(seats.members[member], application):
            found.setdefault(application, []).append(HandedIn(name, criterion, step, present))
    return found


def _is_sealed(case: Case, seats: Seats, at: datetime) -> bool:
    """As for the decision file that is kept."""
    passed = case.hand_in_by is not None and at >= case.hand_in_by
    return case.phase is Phase.BLIND or not (passed or not seats.waiting_for(case.applications))


def assessment_lines(
    session: Session, application: Application, key: ApplicationKey, scores: Sequence[HandedIn]
) -> list[SetLine]:
    """The formal assessment of one candidate: the ``scores`` that were handed in of them, what was said together and decided,
    and nobody's own notes."""
    criteria = list(criteria_of(session, application.ad_id))
    words = {row.id: row for row in criteria}
    name = opened_column(key, "name", application.name_sealed)
    outcome = _outcome(session, application, key, words)
    joint = _joint(session, application.id, key)
    given = [
        Judged(one.by, criterion.text, words_of(criterion.judged, one.step, one.present))
        for criterion in criteria
        for one in scores
        if one.criterion_id == criterion.id
    ]
    rulings = _rulings(session, application.id, key, words)
    if not name or not (given or rulings or joint or outcome):
        return []
    return lines_of_assessment(name, given, rulings, joint, outcome)


def _rulings(
    session: Session, application_id: UUID, key: ApplicationKey, criteria: dict[UUID, AdCriterion]
) -> list[Judged]:
    rows = (
        select(RequirementDecision, Person.name)
        .join(Person, Person.id == RequirementDecision.decided_by)
        .where(RequirementDecision.application_id == application_id, RequirementDecision.taken_back_at.is_(None))
        .order_by(RequirementDecision.decided_at, RequirementDecision.id)
    )
    return [
        Judged(
            name,
            criteria[row.criterion_id].text,
            DONE[Ruling(row.result)],
            key.open_text(reason_place(row.id), row.reason_sealed),
        )
        for row, name in session.execute(rows)
    ]


def _outcome(
    session: Session, application: Application, key: ApplicationKey, criteria: dict[UUID, AdCriterion]
) -> Judged | None:
    found = session.execute(
        select(Outcome, Person.name)
        .join(Person, Person.id == Outcome.recorded_by)
        .where(Outcome.application_id == application.id)
    ).one_or_none()
    if found is None:
        return None
    row, name = found
    reason = key.open_text(f"outcome.{row.id}", row.reason_sealed)
    return Judged(name, criteria[row.criterion_id].text, OUTCOMES[Result(row.result)], reason)


def _joint(session: Session, application_id: UUID, key: ApplicationKey) -> str:
    row = session.scalars(select(JointText).where(JointText.application_id == application_id)).one_or_none()
    return "" if row is None else key.open_text(TEXT, row.text_sealed)
