"""What the staff have written and judged of one candidate, for the candidate's own copy once they have had their word."""

from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.applications.models import Application
from portal.decisions.models import Outcome
from portal.decisions.outcomes import WORDS, Result
from portal.decisions.queries.recorded import answer_place
from portal.interviews.models import InterviewMark
from portal.interviews.queries.references import references_of, words_of
from portal.privacy.rights.copied import RULED
from portal.privacy.rights.queries.written import When
from portal.review.deciding.models import RequirementDecision
from portal.review.meeting.models import JointText
from portal.review.models import Score
from portal.review.queries.meeting import TEXT
from portal.review.queries.requirements import reason_place
from portal.vault.services import ApplicationKey


def assessed_in(own: Session, application: Application, key: ApplicationKey, when: When) -> dict[str, Any]:
    """Joint text, outcome with its reason, decisions of krav, what references have said, and the scores without whose they
    are. ``own`` acts for the party; an assessor's notes are not in it."""
    mine = application.id
    joint = own.scalars(select(JointText).where(JointText.application_id == mine)).one_or_none()
    outcome = own.scalars(select(Outcome).where(Outcome.application_id == mine)).one_or_none()
    criteria = {
        row.id: row.text for row in own.scalars(select(AdCriterion).where(AdCriterion.ad_id == application.ad_id))
    }
    standing = RequirementDecision.application_id == mine, RequirementDecision.taken_back_at.is_(None)
    rulings = own.scalars(select(RequirementDecision).where(*standing).order_by(RequirementDecision.decided_at))
    scores = select(Score.criterion_id, Score.step, Score.present)
    marks = select(InterviewMark.criterion_id, InterviewMark.step, InterviewMark.present).where(InterviewMark.judged)
    return {
        "assessment": {"joint": key.open_text(TEXT, joint.text_sealed) if joint else ""}
        | (_outcome(outcome, criteria, key, when) if outcome else {}),
        "krav": [
            {
                "criterion": criteria.get(row.criterion_id, ""),
                "decided": when(row.decided_at),
                "result": gettext(RULED[row.result]),
                "reason": key.open_text(reason_place(row.id), row.reason_sealed),
            }
            for row in rulings
        ],
        "scores": _scores(own, scores.where(Score.application_id == mine), criteria),
        "interview_scores": _scores(own, marks.where(InterviewMark.application_id == mine), criteria),
        "told": _told(own, application, criteria, when),
    }


def _outcome(row: Outcome, criteria: dict[UUID, str], key: ApplicationKey, when: When) -> dict[str, Any]:
    return {
        "result": gettext(WORDS[Result(row.result)]),
        "criterion": criteria.get(row.criterion_id, ""),
        "reason": key.open_text(f"outcome.{row.id}", row.reason_sealed),
        "offered": when(row.offered_at),
        "accepted": when(row.accepted_at),
        "declined": when(row.declined_at),
        "answer": key.open_text(answer_place(row.id), row.answer_sealed) if row.answer_sealed else "",
    }


def _told(own: Session, application: Application, criteria: dict[UUID, str], when: When) -> list[dict[str, Any]]:
    """By reference, and the oldest word first."""
    named = {one.id: one.name for one in references_of(own, application)}
    return [
        {
            "name": named.get(reference_id, ""),
            "criterion": criteria.get(one.criterion_id, "") if one.criterion_id else "",
            "written": when(one.at),
            "text": one.text,
        }
        for reference_id, words in words_of(own, application).items()
        for one in words
    ]


def _scores(
    own: Session, rows: Select[UUID, int | None, str | None], criteria: dict[UUID, str]
) -> list[dict[str, Any]]:
    """In an order that does not tell whose they are."""
    found = own.execute(rows).all()
    found = sorted(found, key=lambda row: (str(row[0]), -1 if row[1] is None else row[1], row[2] or ""))
    return [
        {"criterion": criteria.get(criterion, ""), "step": step, "present": present or ""}
        for criterion, step, present in found
    ]
