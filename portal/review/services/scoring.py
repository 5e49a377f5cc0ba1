"""One assessor's scores: a step of the scale, or whether something is there. Only their author changes them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.audit.services import person_actor, record
from portal.review.access import may_assess, may_score
from portal.review.models import PanelMember, Score, ScoreChange
from portal.review.phases import RIGHTS, Scoring
from portal.review.queries.case import Case, Listed
from portal.review.refusals import (
    CaseOver,
    NotOpenToYou,
    NotOpenYet,
    ReasonNeeded,
    ReasonNeededDeciding,
    ReasonNeededLate,
)
from portal.review.steps import PresenceUnknown, StepUnknown
from portal.review.visibility import change_needs_reason
from portal.scope import walls_of
from portal.vault.services import open_application_key

LONGEST_REASON = 500


def save_step(
    session: Session,
    *,
    case: Case,
    application_id: UUID,
    criterion_id: UUID,
    step: int | None,
    reason: str = "",
    material: int | None = None,
    at: datetime,
) -> Score:
    """Save a step 0–3 of a criterion that is judged by the scale; None is *kan inte bedöma*.

    ``material`` is how much the material says of it: None leaves it as it is, 0 takes it back. It stands fast where a
    change needs a reason and there is none.

    The same step again changes nothing. After handing in, and after the last minute, a change needs ``reason``; a score
    that was missing is kept without. Of two tabs the last click holds, and the history has both. Raises a Refusal.
    """
    member, application = scorable(case, application_id, at)
    if criterion_judged(session, case, criterion_id) != "skala":
        raise StepUnknown
    return _save(session, case, member, application, criterion_id, (step, None), material, reason, at)


def save_presence(
    session: Session,
    *,
    case: Case,
    application_id: UUID,
    criterion_id: UUID,
    present: str,
    reason: str = "",
    material: int | None = None,
    at: datetime,
) -> Score:
    """Save ja, nej or framgar_inte of a criterion that is or is not there. Otherwise as `save_step`."""
    member, application = scorable(case, application_id, at)
    if criterion_judged(session, case, criterion_id) != "finns":
        raise PresenceUnknown
    return _save(session, case, member, application, criterion_id, (None, present), material, reason, at)


def require_assessor(case: Case, at: datetime) -> PanelMember:
    """The panel row of a person who may assess now. Raises a Refusal."""
    if not may_assess(case.standing) or case.member is None:
        raise NotOpenToYou
    if not case.may_be_assessed(at):
        raise NotOpenYet
    if case.over:
        raise CaseOver
    return case.member


def scorable(case: Case, application_id: UUID, at: datetime) -> tuple[PanelMember, Listed]:
    """The assessor's panel row and the application, where they may score it now. Raises a Refusal."""
    member, application = require_assessor(case, at), case.application(application_id)
    if application is None or not may_score(case.standing, application_id):
        raise NotOpenToYou
    return member, application


def criterion_judged(session: Session, case: Case, criterion_id: UUID) -> str:
    """How this ad's criterion is judged: skala or finns. Raises NotOpenToYou where it is none of this ad's."""
    criterion = session.get(AdCriterion, criterion_id)
    if criterion is None or criterion.ad_id != case.ad.id:
        raise NotOpenToYou
    return criterion.judged


def _save(
    session: Session,
    case: Case,
    member: PanelMember,
    application: Listed,
    criterion_id: UUID,
    value: tuple[int | None, str | None],
    material: int | None,
    reason: str,
    at: datetime,
) -> Score:
    score = session.scalars(
        select(Score).where(
            Score.panel_member_id == member.id,
            Score.application_id == application.id,
            Score.criterion_id == criterion_id,
        )
    ).one_or_none()
    if score is None:
        score = Score(
            id=uuid4(), **walls_of(application, with_authority=False), panel_member_id=member.id,
            application_id=application.id, criterion_id=criterion_id,
        )  # fmt: skip
        session.add(score)
    elif (score.step, score.present) == value:
        said = score.material if material is None else material or None
        fast = reason_is_needed(case, handed_in=case.is_handed_in(application), at=at)
        if said == score.material or fast:
            return score
    else:
        _keep_former(session, case, member, application, score, reason, at)
    score.step, score.present = value
    if material is not None:
        score.material = material or None
    score.saved_at = at
    session.flush()
    return score


def _keep_former(
    session: Session,
    case: Case,
    member: PanelMember,
    application: Listed,
    score: Score,
    reason: str,
    at: datetime,
) -> None:
    """The history: what the score was, and why it changes where that has to be said."""
    handed_in, words = case.is_handed_in(application), " ".join(reason.split())
    explained = reason_is_needed(case, handed_in=handed_in, at=at)
    if explained and not 0 < len(words) <= LONGEST_REASON:
        passed = change_needs_reason(handed_in=False, last_minute=case.hand_in_by, at=at)
        raise ReasonNeeded if handed_in else ReasonNeededLate if passed else ReasonNeededDeciding
    change = ScoreChange(
        id=uuid4(), **walls_of(application, with_authority=False), score_id=score.id, former_step=score.step,
        former_present=score.present, changed_at=at,
    )  # fmt: skip
    if explained:
        key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
        change.reason_sealed = key.seal_text(f"score_change.{change.id}", words)
        actor = person_actor(member.person_id)
        record(session, chain=case.ad.party_id, at=at, actor=actor, verb="score.changed", object_id=score.id)
    session.add(change)


def reason_is_needed(case: Case, *, handed_in: bool, at: datetime) -> bool:
    """Whether a change of a score says why: others may have seen it, or the recruitment has come to its decision."""
    decided = RIGHTS[case.phase].scoring is Scoring.WITH_REASON
    return decided or change_needs_reason(handed_in=handed_in, last_minute=case.hand_in_by, at=at)
