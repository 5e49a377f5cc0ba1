"""Outcomes recorded one by one, and released all at once with their mails when nobody is left without one."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.ads.services import end_ad
from portal.ads.states import AdState
from portal.ads.window import closes_at, is_open
from portal.applications.models import Application
from portal.applications.services import mark_decided
from portal.audit.services import person_actor, record
from portal.decisions.emails import post_word
from portal.decisions.models import Outcome
from portal.decisions.outcomes import (
    LONGEST_REASON,
    CandidatesUnanswered,
    OutcomeReleased,
    OutcomeSettled,
    ReasonMissing,
    Result,
    StillOpen,
    TooManyHired,
    UnknownCriterion,
)
from portal.decisions.queries import COUNTING, conflicts_of, hired, unanswered
from portal.jobs.services import announce
from portal.swedish_dates import in_words, swedish_weekday_day
from portal.vault.services import open_application_key


def record_outcome(
    session: Session,
    *,
    ad_id: UUID,
    application_id: UUID,
    result: Result,
    criterion_id: UUID,
    reason: str,
    person_id: UUID,
    at: datetime,
) -> Outcome | None:
    """Record, or record anew, what becomes of one candidate. None where the person may not: the candidate is not this
    ad's, no longer counts, or the person has declared jäv.

    The ad's row is the lock: two of the office cannot both hire on its last post. Raises a Refusal.
    """
    ad = session.get(Ad, ad_id, with_for_update=True)
    application = session.get(Application, application_id)
    if ad is None or application is None or application.ad_id != ad.id or application.state not in COUNTING:
        return None
    if application_id in conflicts_of(session, ad_id, person_id=person_id):
        return None
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    _require_changeable(outcome, result)
    _require_reason(session, ad_id, criterion_id, reason)
    _require_free_post(session, ad, application_id, result)
    outcome = outcome or _new_outcome(application)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    outcome.result, outcome.criterion_id = result.value, criterion_id
    outcome.reason_sealed = key.seal_text(f"outcome.{outcome.id}", reason.strip())
    outcome.recorded_by, outcome.recorded_at = person_id, at
    session.add(outcome)
    session.flush()
    verb = f"outcome.{result.value}"
    record(session, chain=ad.party_id, at=at, actor=person_actor(person_id), verb=verb, object_id=application_id)
    return outcome


def _new_outcome(application: Application) -> Outcome:
    return Outcome(
        id=uuid4(),
        party_id=application.party_id,
        authority_id=application.authority_id,
        controller_id=application.controller_id,
        ad_id=application.ad_id,
        application_id=application.id,
    )


def _require_changeable(outcome: Outcome | None, result: Result) -> None:
    if outcome is None:
        return
    if outcome.released_at is not None:
        raise OutcomeReleased
    if outcome.settled_at is not None and result is not Result.HIRED:
        raise OutcomeSettled


def _require_reason(session: Session, ad_id: UUID, criterion_id: UUID, reason: str) -> None:
    criterion = session.get(AdCriterion, criterion_id)
    if criterion is None or criterion.ad_id != ad_id:
        raise UnknownCriterion
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise ReasonMissing


def _require_free_post(session: Session, ad: Ad, application_id: UUID, result: Result) -> None:
    others = [one for one in hired(session, ad.id) if one.application_id != application_id]
    if result is Result.HIRED and len(others) >= ad.posts:
        posts = "en tjänst" if ad.posts == 1 else f"{in_words(ad.posts)} tjänster"
        raise TooManyHired(posts=posts)


def settle_outcome(session: Session, *, outcome: Outcome, at: datetime) -> None:
    """An employment rests on this outcome from now on; its result no longer changes."""
    outcome.settled_at = outcome.settled_at or at


def end_recruitment(session: Session, *, ad_id: UUID, person_id: UUID, at: datetime) -> int | None:
    """Release every outcome, tell each candidate that there is word, and end the ad. Done twice it changes nothing.

    Returns how many candidates were told; None where there is no such ad. Raises StillOpen and CandidatesUnanswered.
    """
    ad = session.get(Ad, ad_id, with_for_update=True)
    if ad is None or ad.published_at is None:
        return None
    _require_closed(ad, at)
    if left := unanswered(session, ad_id):
        raise CandidatesUnanswered(count=in_words(left).capitalize())
    told = _release(session, ad_id, at)
    if ad.state == AdState.PUBLISHED:
        end_ad(session, ad=ad, person_id=person_id, at=at)
        announce(session, "recruitment.ended", subject_id=ad_id, at=at)
        actor = person_actor(person_id)
        record(session, chain=ad.party_id, at=at, actor=actor, verb="recruitment.ended", object_id=ad_id)
    return told


def _require_closed(ad: Ad, at: datetime) -> None:
    if ad.state == AdState.PUBLISHED and ad.deadline is not None and is_open(closes_at(ad.deadline), at):
        raise StillOpen(day=swedish_weekday_day(ad.deadline))


def _release(session: Session, ad_id: UUID, at: datetime) -> int:
    waiting = session.execute(
        select(Outcome, Application)
        .join(Application, Application.id == Outcome.application_id)
        .where(Outcome.ad_id == ad_id, Outcome.released_at.is_(None), Application.state.in_(COUNTING))
    ).all()
    for outcome, application in waiting:
        outcome.released_at = at
        mark_decided(session, application=application, result=outcome.result, at=at)
        post_word(session, application, at=at)
    session.flush()
    return len(waiting)
