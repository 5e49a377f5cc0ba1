"""What the panel and the office have made of one candidate, in the party's scope: the authority never sees the rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
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
from portal.review.queries.meeting import TEXT
from portal.review.queries.papers import opened_column
from portal.review.queries.requirements import reason_place
from portal.review.requirements import DONE, Ruling
from portal.review.steps import words_of
from portal.vault.services import ApplicationKey


def assessment_lines(session: Session, application: Application, key: ApplicationKey) -> list[SetLine]:
    """The formal assessment of one candidate: what was handed in, said together and decided, and nobody's own notes."""
    criteria = list(criteria_of(session, application.ad_id))
    words = {row.id: row for row in criteria}
    name = opened_column(key, "name", application.name_sealed)
    outcome = _outcome(session, application, key, words)
    joint = _joint(session, application.id, key)
    scores = _scores(session, application.id, criteria)
    rulings = _rulings(session, application.id, key, words)
    if not name or not (scores or rulings or joint or outcome):
        return []
    return lines_of_assessment(name, scores, rulings, joint, outcome)


def _scores(session: Session, application_id: UUID, criteria: Sequence[AdCriterion]) -> list[Judged]:
    """But of whoever has said since that they have jäv: it counts no more, and is no part of the assessment."""
    jav = select(ConflictAnswer.id).where(
        ConflictAnswer.panel_member_id == Score.panel_member_id,
        ConflictAnswer.application_id == Score.application_id,
        ConflictAnswer.has_conflict,
    )
    rows = (
        select(Score, Person.name)
        .join(PanelMember, PanelMember.id == Score.panel_member_id)
        .join(Person, Person.id == PanelMember.person_id)
        .where(Score.application_id == application_id, PanelMember.handed_in_at.is_not(None), ~jav.exists())
        .order_by(Person.name, PanelMember.id)
    )
    found = session.execute(rows).all()
    return [
        Judged(name, criterion.text, words_of(criterion.judged, score.step, score.present))
        for criterion in criteria
        for score, name in found
        if score.criterion_id == criterion.id
    ]


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
