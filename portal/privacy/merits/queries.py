"""Whose merits a candidate is owed (diskrimineringslagen 2:4): whoever was hired, and where they were not called to
interview themself, whoever was."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.ads.queries import criteria_of
from portal.applications.models import Application, CandidateRequest
from portal.applications.own_requests import Kind
from portal.applications.services.drafting import read_written
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.documents.masking import Known
from portal.privacy.merits.draft import Answered, Described
from portal.review.models import InterviewCall
from portal.review.queries.person import with_conflict
from portal.vault.services import open_application_keys

_HIDDEN_TOO = {"hidden_too": True}  # whoever is kept sealed is told of as that
_HIRED = (Outcome.result == Result.HIRED, Outcome.declined_at.is_(None), Outcome.called_off_at.is_(None))


def shows_one_with_conflict(person_id: UUID) -> ColumnElement[bool]:
    """Whether what `described` shows of others to the asker, an `Application`, is of somebody for whom the person has jäv. Of
    whoever is erased or lies sealed nothing is shown, but by a text that was kept before."""
    shown, asked = aliased(Application), aliased(CandidateRequest)
    of_asker = asked.application_id == Application.id, asked.kind == Kind.MERITS
    kept = select(asked.id).where(*of_asker, asked.answer_sealed.is_not(None)).correlate(Application).exists()
    hired = shown.id.in_(select(Outcome.application_id).where(*_HIRED))
    called = and_(Application.called_at.is_(None), shown.id.in_(select(InterviewCall.application_id)))
    there = or_(kept, and_(shown.name_sealed.is_not(None), shown.restricted_at.is_(None)))
    found = select(shown.id).where(
        shown.ad_id == Application.ad_id, there, or_(hired, called), with_conflict(person_id, shown.id)
    )
    return found.correlate(Application).exists()


def described(session: Session, asker: Application) -> list[Described]:
    """Those who were hired, then those who were called, in no order that tells anything. In the party's scope."""
    wanted = (Outcome.ad_id == asker.ad_id, *_HIRED)
    hired = list(session.scalars(select(Outcome.application_id).where(*wanted).order_by(Outcome.id)))
    calls = select(InterviewCall.application_id).where(InterviewCall.ad_id == asker.ad_id).order_by(InterviewCall.id)
    called = [] if asker.called_at is not None else [id for id in session.scalars(calls) if id not in hired]
    criteria = {row.id: row.text for row in criteria_of(session, asker.ad_id)}
    return [*_read(session, hired, criteria, hired=True), *_read(session, called, criteria, hired=False)]


def _read(session: Session, ids: list[UUID], criteria: dict[UUID, str], *, hired: bool) -> Iterable[Described]:
    found = session.scalars(select(Application).where(Application.id.in_(ids)), execution_options=_HIDDEN_TOO)
    there = {row.id: row for row in found if row.name_sealed is not None}
    rows = {id: row for id, row in there.items() if row.restricted_at is None}
    keys = open_application_keys(session, {row.id: row.controller_id for row in rows.values()})
    for id in ids:
        if id not in keys:
            yield Described(hired, None, sealed=id in there and id not in rows)
            continue
        written = read_written(session, rows[id], keys[id])
        answers = [
            Answered(text, reply.choice, reply.text)
            for criterion, text in criteria.items()
            if (reply := written.replies.get(criterion))
        ]
        yield Described(hired, Known(written.name, written.email, written.phone), tuple(answers))
