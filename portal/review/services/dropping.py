"""A person decides that a candidate falls on a krav, or goes on; and takes that back. Both with a reason, both kept."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.review.access import may_drop
from portal.review.deciding.models import RequirementDecision
from portal.review.queries.case import Case, Listed
from portal.review.queries.requirements import reason_place, taken_back_place
from portal.review.refusals import CaseOver, NotOpenToYou, NotOpenYet
from portal.review.requirements import (
    DecidedAlready,
    NoSuchRequirement,
    NothingToTakeBack,
    OutcomeKnown,
    Ruling,
    read_reason,
)
from portal.review.services.moving import open_when_all_are_in
from portal.review.services.naming import walls
from portal.vault.services import open_application_key

JUDGED_AGAIN = "review.judged_again"  # the event that a fall on a krav was taken back


def decide_requirement(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    application_id: UUID,
    criterion_id: UUID,
    ruling: Ruling,
    reason: str,
    at: datetime,
) -> RequirementDecision:
    """Record the decision, its reason sealed. Raises a Refusal: not a krav, decided already, no reason, too early or late."""
    application = _decidable(session, case, application_id, criterion_id, at)
    words = read_reason(reason)
    if _standing(session, application_id, criterion_id) is not None:
        raise DecidedAlready
    id, key = (
        uuid4(),
        open_application_key(session, application_id=application.id, controller_id=application.controller_id),
    )
    made = RequirementDecision(
        id=id, **walls(case), ad_id=case.ad.id, application_id=application_id, criterion_id=criterion_id,
        result=ruling.value, reason_sealed=key.seal_text(reason_place(id), words), decided_by=actor.person_id,
        decided_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _record(session, case, actor, f"requirement.{ruling.value}", application_id, at)
    open_when_all_are_in(session, case=case, by=actor.person_id, at=at)
    return made


def take_back_decision(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    application_id: UUID,
    criterion_id: UUID,
    reason: str,
    at: datetime,
) -> RequirementDecision:
    """Take the standing decision back until the outcome; it stays as history with both reasons. Raises a Refusal."""
    application = _decidable(session, case, application_id, criterion_id, at)
    standing = _standing(session, application_id, criterion_id)
    if standing is None:
        raise NothingToTakeBack
    words = read_reason(reason)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    standing.taken_back_reason_sealed = key.seal_text(taken_back_place(standing.id), words)
    standing.taken_back_by, standing.taken_back_at = actor.person_id, at
    session.flush()
    announce(session, JUDGED_AGAIN, subject_id=application_id, at=at)
    _record(session, case, actor, "requirement.taken_back", application_id, at)
    return standing


def _decidable(session: Session, case: Case, application_id: UUID, criterion_id: UUID, at: datetime) -> Listed:
    """The application, its row locked: of two who decide at once the second finds what the first has decided."""
    application = case.application(application_id)
    if application is None or not may_drop(case.standing, application_id):
        raise NotOpenToYou
    if not case.may_be_assessed(at):
        raise NotOpenYet
    if case.over:
        raise CaseOver
    row = session.get_one(Application, application_id, with_for_update=True)
    if row.state not in COUNTS:  # taken back since the case was read
        raise NotOpenToYou
    if row.decided_as:
        raise OutcomeKnown
    criterion = session.get(AdCriterion, criterion_id)
    if criterion is None or criterion.ad_id != case.ad.id or criterion.kind != "krav":
        raise NoSuchRequirement
    return application


def _standing(session: Session, application_id: UUID, criterion_id: UUID) -> RequirementDecision | None:
    return session.scalars(
        select(RequirementDecision).where(
            RequirementDecision.application_id == application_id,
            RequirementDecision.criterion_id == criterion_id,
            RequirementDecision.taken_back_at.is_(None),
        )
    ).one_or_none()


def _record(session: Session, case: Case, actor: Actor, verb: str, application_id: UUID, at: datetime) -> None:
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb=verb, object_id=application_id)
