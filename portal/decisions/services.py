"""Outcomes recorded one by one, and released all at once with their mails when nobody is left without one."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.ads.queries import ad_of
from portal.ads.services.publishing import end_ad
from portal.ads.states import AdState
from portal.ads.window import closes_at, is_open
from portal.applications.models import Application
from portal.applications.services.deciding import mark_decided
from portal.applications.states import COUNTS, State
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
from portal.decisions.queries import hired
from portal.organisations.access import Actor
from portal.review.access import may_name_panel, may_see_listed
from portal.review.queries.case import Listed, load_case
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
    actor: Actor,
    at: datetime,
) -> Outcome | None:
    """Record, or record anew, what becomes of one candidate. None where the person may not: the candidate is not this
    ad's, no longer counts, or is one whom the person may not see (jäv).

    The ad's row is the lock: two of the office cannot both hire on its last post. Raises a Refusal.
    """
    ad = ad_of(session, ad_id, lock=True)
    case = load_case(session, ad_id, actor)
    application = case.application(application_id) if case else None
    if ad is None or case is None or application is None or not may_see_listed(case.standing, application_id):
        return None
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    _require_changeable(outcome, result)
    _require_reason(session, ad_id, criterion_id, reason)
    _require_free_post(session, ad, application_id, result)
    outcome = outcome or _new_outcome(application)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    outcome.result, outcome.criterion_id = result.value, criterion_id
    outcome.reason_sealed = key.seal_text(f"outcome.{outcome.id}", reason.strip())
    outcome.recorded_by, outcome.recorded_at = actor.person_id, at
    session.add(outcome)
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=ad.party_id, at=at, actor=who, verb=f"outcome.{result.value}", object_id=application_id)
    return outcome


def _new_outcome(application: Listed) -> Outcome:
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
        raise TooManyHired(posts="en tjänst" if ad.posts == 1 else f"{in_words(ad.posts)} tjänster")


def settle_outcome(session: Session, *, outcome: Outcome, at: datetime) -> None:
    """An employment rests on this outcome from now on; its result no longer changes."""
    outcome.settled_at = outcome.settled_at or at
    session.flush()


def end_recruitment(session: Session, *, ad_id: UUID, actor: Actor, at: datetime) -> int | None:
    """Release every outcome, tell each candidate that there is word, and end the ad. Done twice it changes nothing.

    Returns how many candidates were told; None where the person may not. Raises StillOpen and CandidatesUnanswered.
    """
    ad = ad_of(session, ad_id, lock=True)
    case = load_case(session, ad_id, actor)
    if ad is None or case is None or not may_name_panel(case.standing):
        return None
    if ad.state == AdState.PUBLISHED and ad.deadline is not None and is_open(closes_at(ad.deadline), at):
        raise StillOpen(day=swedish_weekday_day(ad.deadline))
    pairs = _with_outcomes(session, ad_id)
    if left := sum(outcome is None for _, outcome in pairs):
        raise CandidatesUnanswered(count=in_words(left).capitalize())
    told = _release(session, ad_id, [(row, outcome) for row, outcome in pairs if outcome], at)
    if ad.state == AdState.PUBLISHED:
        end_ad(session, ad_id=ad_id, person_id=actor.person_id, at=at)
    return told


def _with_outcomes(session: Session, ad_id: UUID) -> list[tuple[Application, Outcome | None]]:
    """Every candidate that counts, each held until the end, so that nobody withdraws between count and mail."""
    rows = (
        select(Application, Outcome)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .where(Application.ad_id == ad_id, Application.state.in_(COUNTS))
        .order_by(Application.id)
        .with_for_update(of=Application)
    )
    return [(row.Application, row.Outcome) for row in session.execute(rows)]


def _release(session: Session, ad_id: UUID, pairs: list[tuple[Application, Outcome]], at: datetime) -> int:
    waiting = [(application, outcome) for application, outcome in pairs if outcome.released_at is None]
    for application, outcome in waiting:
        outcome.released_at = at
        mark_decided(session, application=application, result=outcome.result, at=at)
        post_word(session, application, at=at)
    _let_proposals_read_the_same(session, ad_id, at)
    session.flush()
    return len(waiting)


def _let_proposals_read_the_same(session: Session, ad_id: UUID, at: datetime) -> None:
    """A second sending that still waits for its address reads as one that does not go further, and nobody is mailed:
    who opens its page must not learn from it that the address had applied before."""
    waiting = select(Application).where(Application.ad_id == ad_id, Application.state == State.PROPOSAL)
    for application in session.scalars(waiting):
        mark_decided(session, application=application, result=Result.NOT_FURTHER, at=at)
