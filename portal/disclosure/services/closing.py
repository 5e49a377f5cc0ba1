"""When a matter closes, what was made in it becomes records (TF 2:10): each formal assessment, and the minutes.

What they say is frozen then and there. The rows that it is made from are the panel's, and never the authority's to see.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.decisions.models import Outcome
from portal.disclosure.models import CoveredRecord
from portal.disclosure.queries.assessed import HandedIn, assessment_lines, handed_in_scores
from portal.disclosure.queries.minutes import minutes_lines
from portal.register.kinds import Kind
from portal.register.lines import SetLine, as_text, case_place
from portal.register.models import CaseRecord, MadeRecord, RegisterEntry
from portal.register.services import enter_in_register, freeze, take_arrival_number
from portal.review.deciding.models import RequirementDecision
from portal.review.models import Score
from portal.review.queries.papers import key_of
from portal.scope import acting_for, authority, walls_of
from portal.swedish_dates import swedish_day
from portal.vault.services import seal_for_controller


def enter_what_was_made(session: Session, *, ad_id: UUID, at: datetime) -> int:
    """A line for the assessment of each candidate of the authority's case that has one, and for the minutes. How many
    were entered. Doing it twice enters nothing twice."""
    ad = ad_of(session, ad_id, lock=True)
    if ad is None or ad.controller_id != ad.authority_id:
        return 0
    scores = handed_in_scores(session, ad_id, at=ad.ended_at or at)
    assessments = sum(_enter_assessment(session, one, scores.get(one.id, []), at) for one in _assessed(session, ad_id))
    return assessments + _enter_minutes(session, ad, at)


def complete_what_was_numbered(session: Session, *, at: datetime) -> int:
    """Freeze the assessments of this party's that had their number before what they say was kept (until migration 0029),
    of what there is of them now; the paper says so. Whoever is disposed of has nothing left. How many. Safe to repeat."""
    kept = select(MadeRecord.entry_id)
    rows = (
        select(RegisterEntry, Application)
        .join(Application, Application.id == RegisterEntry.application_id)
        .where(
            RegisterEntry.kind == Kind.ASSESSMENT, RegisterEntry.id.not_in(kept), Application.name_sealed.is_not(None)
        )
        .order_by(RegisterEntry.register_number)
    )
    said = ("plain", f"Nedtecknad i efterhand den {swedish_day(at.astimezone(STOCKHOLM).date())}.")
    found = session.execute(rows).all()
    ads = {id: ad_of(session, id) for id in {application.ad_id for _, application in found}}
    scores = {id: handed_in_scores(session, id, at=ad.ended_at or at) for id, ad in ads.items() if ad is not None}
    return sum(
        _freeze(session, entry, application, scores.get(application.ad_id, {}).get(application.id, []), said)
        for entry, application in found
    )


def forget_what_was_made(session: Session, *, application_id: UUID) -> None:
    """What an assessment said of one who is disposed of; its number stays. Twice changes nothing."""
    for row in session.scalars(select(MadeRecord).where(MadeRecord.application_id == application_id)):
        session.delete(row)
    session.flush()


def forget_what_was_marked(authority_id: UUID, application_id: UUID) -> None:
    """What was masked in its papers, and what the machine found there, when they were handed out; that they were, and by
    whom, stays. The authority's own rows, in a unit of work of its own. Twice changes nothing."""
    with acting_for(authority(authority_id)) as own, unit_of_work(own) as session:
        for row in session.scalars(select(CoveredRecord).where(CoveredRecord.application_id == application_id)):
            row.marks_sealed = row.looked_sealed = None


def _assessed(session: Session, ad_id: UUID) -> list[Application]:
    assessed = (Application.id.in_(select(row.application_id)) for row in (Outcome, RequirementDecision, Score))
    entered = select(RegisterEntry.application_id).where(RegisterEntry.kind == Kind.ASSESSMENT)
    rows = (
        select(Application)
        .where(Application.ad_id == ad_id, Application.arrival_number.is_not(None))
        .where(or_(*assessed), Application.id.not_in(entered))
        .order_by(Application.arrival_number)
    )
    return list(session.scalars(rows))


def _enter_assessment(session: Session, application: Application, scores: Sequence[HandedIn], at: datetime) -> int:
    key = key_of(session, application)
    lines = assessment_lines(session, application, key, scores) if key is not None else []
    if key is None or not lines:
        return 0  # erased meanwhile, or only looked at: nothing was made
    (entry,) = enter_in_register(session, owner=application, records=[(Kind.ASSESSMENT, None)], at=at)
    freeze(session, entry, key, lines)
    return 1


def _freeze(
    session: Session, entry: RegisterEntry, application: Application, scores: Sequence[HandedIn], said: SetLine
) -> int:
    key = key_of(session, application)
    lines = assessment_lines(session, application, key, scores) if key is not None else []
    if key is None or not lines:
        return 0
    freeze(session, entry, key, [*lines, said])
    return 1


def _enter_minutes(session: Session, ad: Ad, at: datetime) -> int:
    entered = select(CaseRecord.id).where(CaseRecord.ad_id == ad.id, CaseRecord.kind == Kind.MINUTES)
    lines = minutes_lines(session, ad)
    if not lines or session.scalar(entered) is not None:
        return 0
    id, number = uuid4(), take_arrival_number(session, ad.authority_id)
    sealed = seal_for_controller(session, ad.controller_id, as_text(lines), place=case_place(id))
    made = CaseRecord(
        id=id,
        **walls_of(ad, with_authority=True),
        ad_id=ad.id,
        register_number=number,
        kind=Kind.MINUTES,
        entered_at=at,
        lines_sealed=sealed,
    )
    session.add(made)
    session.flush()
    return 1
